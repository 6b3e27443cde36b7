package wavenet4j.backend;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.spec.Labels;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What conditioning adds to a network: one bias of 2G values a layer, `b_i + Wg_i * e`, where `e`
/// is the sum of the labels' embeddings, each times its share. The order of the sums never varies,
/// so that every backend runs with the same bits. It allocates nothing after its construction.
public final class Conditioner {
    private final Model model;
    private final Weights.Layer[] layers;
    private final float[] embedding; // [E]
    private final float[][] biases; // [L][2G]
    private final SilentState silence;

    /// @param model with its weights rounded as the backend runs them
    public Conditioner(Model model) {
        this.model = model;
        ModelSpec spec = model.spec();
        layers = new Weights.Layer[spec.layers()];
        Arrays.setAll(layers, i -> model.weights().layer(spec, i));
        embedding = new float[spec.labels().embedding()];
        biases = new float[layers.length][spec.trunk().biases()];
        silence = new SilentState(model);
    }

    /// The bytes of the Java heap that one takes for such a network.
    public static long bytes(ModelSpec spec) {
        long perLayer = 3L * spec.trunk().biases() + spec.trunk().input();
        return Float.BYTES * perLayer * spec.layers();
    }

    /// The model that is conditioned.
    public Model model() {
        return model;
    }

    /// Each layer's bias under these labels.
    ///
    /// @param labels with their shares, by names or words as [Labels#find] takes them
    /// @return [L, 2G], valid until the next call
    /// @throws IllegalArgumentException when a label is none of the model's or a share is not a
    ///   finite number
    public float[][] biases(Map<String, Float> labels) {
        embed(model.spec().labels().resolve(labels));
        for (int i = 0; i < layers.length; i++) {
            float[] learned = layers[i].dilatedBias();
            float[] weight = layers[i].labelWeight(); // [2G, E]
            for (int o = 0; o < learned.length; o++) {
                float sum = learned[o];
                for (int e = 0; weight != null && e < embedding.length; e++) {
                    sum = Math.fma(weight[o * embedding.length + e], embedding[e], sum);
                }
                biases[i][o] = sum;
            }
        }
        return biases;
    }

    /// The state after a receptive field of silence under the biases computed last.
    ///
    /// @return valid until the biases are computed anew
    public SilentState silence() {
        silence.compute(biases);
        return silence;
    }

    private void embed(Map<String, Float> labels) {
        Arrays.fill(embedding, 0);
        if (labels.isEmpty()) return;
        List<String> names = model.spec().labels().names();
        float[] table = model.weights().tensor("labels.embedding"); // [labels, E]
        for (int row = 0; row < names.size(); row++) { // in the model's order, whatever the map's
            Float share = labels.get(names.get(row));
            if (share == null) continue;
            int at = row * embedding.length;
            for (int e = 0; e < embedding.length; e++) {
                embedding[e] = Math.fma(share, table[at + e], embedding[e]);
            }
        }
    }
}
