package wavenet4j.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;

import wavenet4j.ModelSpec;
import wavenet4j.train.data.Batch;
import wavenet4j.train.vector.VectorWaveNet;

import java.util.HashMap;
import java.util.List;
import java.util.function.Supplier;

/// The loss and its gradient on a processor by our own kernels: of PyTorch only the small products
/// of labels remain.
public final class VectorNetwork implements Loss {
    private final ModelSpec spec;
    private final AutogradNetwork autograd;
    private final Supplier<VectorWaveNet> newNetwork;
    private VectorWaveNet network;

    /// The network of that specification.
    public VectorNetwork(ModelSpec spec, int threads) {
        this.spec = spec;
        autograd = new AutogradNetwork(spec);
        var places = new HashMap<String, Long>();
        for (TensorSpan span : TensorSpan.all(spec)) {
            places.put(span.tensor().name(), span.from());
        }
        newNetwork = () -> new VectorWaveNet(spec, places::get, threads);
        network = newNetwork.get();
    }

    @Override
    public NDArray of(NDArray weights, Batch batch) {
        List<NDArray> biases = autograd.biases(new WeightViews(spec, weights), batch);
        double nats = network.loss(weights.toFloatArray(), values(biases), batch);
        return weights.getManager().create((float) (nats / batch.targetCount()));
    }

    @Override
    public float backpropagate(
            NDArray leaf, Batch batch, float share, GradientCollector gradients) {
        List<NDArray> biases = autograd.biases(new WeightViews(spec, leaf), batch);
        float scale = share / batch.targetCount();
        VectorWaveNet.Gradient gradient = gradient(leaf, biases, batch, scale);
        // The gradient of sum(x * c) with respect to x is c: so the gradients go on to the weights.
        NDArray sum = leaf.mul(leaf.getManager().create(gradient.weights())).sum();
        for (int i = 0; i < spec.layers(); i++) {
            NDArray bias = biases.get(i);
            NDArray ofBias = bias.getManager().create(gradient.biases().get(i), bias.getShape());
            sum = sum.add(bias.mul(ofBias).sum());
        }
        gradients.backward(sum);
        return (float) (gradient.nats() * scale);
    }

    private VectorWaveNet.Gradient gradient(
            NDArray weights, List<NDArray> biases, Batch batch, float scale) {
        try {
            return network.gradient(weights.toFloatArray(), values(biases), batch, scale);
        } catch (OutOfMemoryError e) {
            network = newNetwork.get(); // the sums of the old one are left half done
            throw e;
        }
    }

    private static List<float[]> values(List<NDArray> arrays) {
        return arrays.stream().map(NDArray::toFloatArray).toList();
    }
}
