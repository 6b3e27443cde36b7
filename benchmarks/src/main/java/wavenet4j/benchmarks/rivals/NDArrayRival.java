package wavenet4j.benchmarks.rivals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.backend.SilentState;
import wavenet4j.backend.SingleStreamNetwork;

/// A tick as NDArray operations, following the definition of the network, with a ring buffer of
/// past inputs for each layer.
final class NDArrayRival implements SingleStreamNetwork {
    private final ModelSpec spec;
    private final int threads;
    private final TorchTensors tensors;
    private final NDArray[] older; // of each layer, [2G, R]: the tap in the past
    private final NDArray[] present; // of each layer, [2G, R]
    private final NDArray[] lines; // of each layer, [dilation, R]
    private float[] logits = {};
    private long ticks;

    NDArrayRival(Model model, int threads) {
        this.threads = threads;
        spec = model.spec();
        tensors = new TorchTensors(model, threads);
        older = new NDArray[spec.layers()];
        present = new NDArray[spec.layers()];
        lines = new NDArray[spec.layers()];
        for (int i = 0; i < lines.length; i++) {
            older[i] = tensors.get(i, "dilated.weight").get(":, :, 0");
            present[i] = tensors.get(i, "dilated.weight").get(":, :, 1");
            var line =
                    new Shape(
                            spec.convolutions().dilations().get(i), spec.convolutions().residual());
            lines[i] = tensors.manager().zeros(line);
        }
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public void setLayerBias(int stream, float[][] biases) {} // without labels they are the learned

    @Override
    public void silence(int stream, SilentState state) {
        for (int t = 0; t < spec.receptiveField(); t++) tick(spec.levels() / 2);
    }

    @Override
    public void tick(int level) {
        try (var scope = new NDScope()) { // frees what the operations below make
            scope.suppressNotUsedWarning();
            NDArray x = tensors.get("input.embedding").get(level).expandDims(0);
            NDArray skip = null;
            for (int i = 0; i < lines.length; i++) {
                var row = new NDIndex(ticks % spec.convolutions().dilations().get(i));
                NDArray past = lines[i].get(row).expandDims(0);
                NDArray h =
                        affine(past, older[i], tensors.get(i, "dilated.bias"))
                                .add(Linear.linear(x, present[i]).head());
                lines[i].set(row, x.squeeze(0)); // not before: the past is a view of that row
                NDList halves = h.split(2, 1);
                NDArray z = halves.get(0).tanh().mul(Activation.sigmoid(halves.get(1)));
                NDArray share = affine(i, "skip", z);
                skip = skip == null ? share : skip.add(share);
                if (i < lines.length - 1) x = x.add(affine(i, "residual", z));
            }
            NDArray hidden =
                    affine(
                            Activation.relu(skip),
                            tensors.get("head.hidden.weight"),
                            tensors.get("head.hidden.bias"));
            NDArray output =
                    affine(
                            Activation.relu(hidden),
                            tensors.get("head.output.weight"),
                            tensors.get("head.output.bias"));
            logits = output.toFloatArray();
        }
        ticks++;
    }

    /// The tick has computed it.
    @Override
    public void head() {}

    @Override
    public float[] outputs(int stream) {
        return logits;
    }

    @Override
    public void close() {
        tensors.close();
    }

    private NDArray affine(int layer, String name, NDArray x) {
        return affine(x, tensors.get(layer, name + ".weight"), tensors.get(layer, name + ".bias"));
    }

    private static NDArray affine(NDArray x, NDArray weight, NDArray bias) {
        return Linear.linear(x, weight, bias).head();
    }
}
