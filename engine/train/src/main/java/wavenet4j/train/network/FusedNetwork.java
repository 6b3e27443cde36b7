package wavenet4j.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;

import wavenet4j.ModelSpec;
import wavenet4j.train.data.Batch;

import java.util.ArrayList;
import java.util.List;

/// A network's loss and gradient on a processor: [AutogradNetwork]'s two ends by autograd, and
/// between them [FusedLayers].
public final class FusedNetwork implements Loss {
    private final ModelSpec spec;
    private final AutogradNetwork ends;
    private final boolean parallel;

    public FusedNetwork(ModelSpec spec, boolean parallel) {
        this.spec = spec;
        ends = new AutogradNetwork(spec);
        this.parallel = parallel;
    }

    @Override
    public NDArray of(NDArray weights, Batch batch) {
        var w = new WeightViews(spec, weights);
        var layers = new FusedLayers(spec, w, batch, parallel);
        NDArray z = layers.forward(ends.hear(w, batch), biases(w, batch));
        return ends.loss(batch, ends.head(w, z));
    }

    @Override
    public float backpropagate(
            NDArray leaf, Batch batch, float share, GradientCollector gradients) {
        var w = new WeightViews(spec, leaf);
        NDArray input = ends.hear(w, batch);
        List<NDArray> biases = biases(w, batch);
        var fixed = new WeightViews(spec, leaf.stopGradient());
        var layers = new FusedLayers(spec, fixed, batch, parallel);
        NDArray z = layers.forward(input.stopGradient(), biases);
        z.setRequiresGradient(true);
        NDArray loss = ends.loss(batch, ends.head(w, z)).mul(share);
        gradients.backward(loss);
        FusedLayers.Gradients back = layers.backward(z.getGradient());
        // The gradient of sum(x * c) is c: so what reached the layers' ends goes on to the weights.
        NDArray rest = input.mul(back.input()).sum();
        for (int i = 0; i < spec.layers(); i++) {
            rest = rest.add(biases.get(i).mul(back.biases().get(i)).sum());
        }
        gradients.backward(rest);
        add(back, leaf.getGradient());
        return loss.getFloat();
    }

    /// What is added to h of each layer whatever was heard, [B, 2G], or [1, 2G] without labels.
    private List<NDArray> biases(WeightViews w, Batch batch) {
        NDArray labels = ends.labelEmbedding(w, batch);
        var biases = new ArrayList<NDArray>();
        for (int i = 0; i < spec.layers(); i++) {
            NDArray bias = w.get(i, "dilated.bias").reshape(1, -1);
            biases.add(labels == null ? bias : AutogradNetwork.labelTerm(w, i, labels).add(bias));
        }
        return biases;
    }

    private void add(FusedLayers.Gradients back, NDArray gradient) {
        for (TensorSpan span : TensorSpan.all(spec)) {
            NDArray ofTensor = back.weights().get(span.tensor().name());
            if (ofTensor != null) gradient.get(span.slice()).addi(ofTensor.flatten());
        }
    }
}
