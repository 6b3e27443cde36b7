package wavenet4j.backend;

import wavenet4j.Model;
import wavenet4j.Take;
import wavenet4j.distribution.Philox;
import wavenet4j.distribution.Picker;
import wavenet4j.distribution.Sampling;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How a running stream draws: its seed, sampling, labels, and how far it has come. It is what
/// backends that pick in Java have in common for each stream; none of its methods allocates as long
/// as all is well.
public final class StreamState {
    private final Model model;
    private final Picker picker;
    private final float[] labelEmbedding;
    private long seed;
    private Sampling sampling = Sampling.DEFAULT;
    private long position;

    /// @param picker for the model's outputs
    public StreamState(Model model, Picker picker) {
        this.model = model;
        this.picker = picker;
        labelEmbedding = new float[model.spec().labels().embedding()];
    }

    /// Begins a take.
    ///
    /// @throws IllegalArgumentException when a label of the take is none of the model's, or its
    ///   sampling not for such a model; all stays as it was
    public void begin(Take take) {
        model.spec().distribution().requireSampling(take.sampling());
        label(take.labels());
        seed = take.seed();
        sampling = take.sampling();
        position = 0;
    }

    /// Draws otherwise from here on.
    ///
    /// @throws IllegalArgumentException when that is not for such a model; all stays as it was
    public void steer(Sampling sampling) {
        model.spec().distribution().requireSampling(sampling);
        this.sampling = Objects.requireNonNull(sampling);
    }

    /// Replaces the labels.
    ///
    /// @throws IllegalArgumentException when one is none of the model's or a share is not a finite
    ///   number; all stays as it was
    public void label(Map<String, Float> labels) {
        model.spec().labels().requireShares(labels);
        Arrays.fill(labelEmbedding, 0);
        List<String> names = model.spec().labels().names();
        // In the model's order, so that the sum is always the same.
        for (int row = 0; row < names.size(); row++) {
            Float share = labels.get(names.get(row));
            if (share == null) continue;
            float[] table = model.weights().tensor("labels.embedding"); // [labels, E]
            int at = row * labelEmbedding.length;
            for (int e = 0; e < labelEmbedding.length; e++) {
                labelEmbedding[e] = Math.fma(share, table[at + e], labelEmbedding[e]);
            }
        }
    }

    /// `[E]`, the sum over the labels, each times its share; not to be changed.
    public float[] labelEmbedding() {
        return labelEmbedding;
    }

    /// What its uniform numbers come from.
    public long seed() {
        return seed;
    }

    public Sampling sampling() {
        return sampling;
    }

    /// How many samples of the take were drawn or fed.
    public long position() {
        return position;
    }

    /// The level that comes next.
    ///
    /// @param outputs of the network
    public int draw(float[] outputs) {
        return picker.pick(outputs, sampling, Philox.uniform(seed, position, 0));
    }

    /// A sample was drawn or fed.
    public void advance() {
        advance(1);
    }

    /// So many samples were drawn or fed.
    public void advance(int samples) {
        position += samples;
    }

    /// Checks what is to be fed.
    ///
    /// @throws IllegalArgumentException when one of `levels[from, to)` is not a level of the model
    public void requireLevels(int[] levels, int from, int to) {
        Objects.checkFromToIndex(from, to, levels.length);
        int most = model.spec().levels() - 1;
        for (int i = from; i < to; i++) {
            if (levels[i] < 0 || levels[i] > most) {
                throw new IllegalArgumentException(
                        "the level at " + i + " is " + levels[i] + "; the model has 0 to " + most);
            }
        }
    }
}
