package wavenet4j.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;

import wavenet4j.ModelSpec;
import wavenet4j.train.data.Batch;

import java.util.List;

/// The loss and its gradient on a processor: the input embedding and the head by autograd, as in
/// [AutogradNetwork], and the gated layers between them by [FusedLayers].
public final class FusedNetwork implements Loss {
    private final ModelSpec spec;
    private final AutogradNetwork autograd;
    private final boolean parallel;

    /// The network of that specification.
    ///
    /// @param parallel whether its kernels run on several threads
    public FusedNetwork(ModelSpec spec, boolean parallel) {
        this.spec = spec;
        autograd = new AutogradNetwork(spec);
        this.parallel = parallel;
    }

    @Override
    public NDArray of(NDArray weights, Batch batch) {
        var w = new WeightViews(spec, weights);
        var layers = new FusedLayers(spec, w, batch, parallel);
        NDArray z = layers.forward(autograd.embedInput(w, batch), autograd.biases(w, batch));
        return autograd.loss(batch, autograd.head(w, z));
    }

    @Override
    public float backpropagate(
            NDArray leaf, Batch batch, float share, GradientCollector gradients) {
        var w = new WeightViews(spec, leaf);
        NDArray input = autograd.embedInput(w, batch);
        List<NDArray> biases = autograd.biases(w, batch);
        var fixed = new WeightViews(spec, leaf.stopGradient());
        var layers = new FusedLayers(spec, fixed, batch, parallel);
        NDArray z = layers.forward(input.stopGradient(), biases);
        z.setRequiresGradient(true);
        NDArray loss = autograd.loss(batch, autograd.head(w, z)).mul(share);
        gradients.backward(loss);
        FusedLayers.Gradients gradient = layers.backward(z.getGradient());
        // The gradient of sum(x * c) with respect to x is c: so the gradients go on to the weights.
        NDArray rest = input.mul(gradient.input()).sum();
        for (int i = 0; i < spec.layers(); i++) {
            rest = rest.add(biases.get(i).mul(gradient.biases().get(i)).sum());
        }
        gradients.backward(rest);
        add(gradient, leaf.getGradient());
        return loss.getFloat();
    }

    /// Adds the gradients of the layers' tensors to the gradient of all weights.
    private void add(FusedLayers.Gradients layers, NDArray sum) {
        for (TensorSpan span : TensorSpan.all(spec)) {
            NDArray ofTensor = layers.weights().get(span.tensor().name());
            if (ofTensor != null) sum.get(span.slice()).addi(ofTensor.flatten());
        }
    }
}
