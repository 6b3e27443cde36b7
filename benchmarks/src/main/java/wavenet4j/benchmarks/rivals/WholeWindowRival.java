package wavenet4j.benchmarks.rivals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv1d;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.backend.SilentState;
import wavenet4j.backend.SingleStreamNetwork;

import java.util.Arrays;

/// The network as in training code: convolutions over the whole receptive field for each sample, of
/// which only the last output is used.
final class WholeWindowRival implements SingleStreamNetwork {
    private final ModelSpec spec;
    private final int threads;
    private final TorchTensors tensors;
    private final long[] window; // the last receptive field of levels
    private float[] logits = {};

    WholeWindowRival(Model model, int threads) {
        this.threads = threads;
        spec = model.spec();
        tensors = new TorchTensors(model, threads);
        window = new long[spec.receptiveField()];
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public void setLayerBias(int stream, float[][] biases) {} // without labels they are the learned

    @Override
    public void silence(int stream, SilentState state) {
        Arrays.fill(window, spec.levels() / 2);
    }

    @Override
    public void tick(int level) {
        System.arraycopy(window, 1, window, 0, window.length - 1);
        window[window.length - 1] = level;
    }

    @Override
    public void head() {
        try (var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray levels = tensors.manager().create(window);
            NDArray embedded = tensors.get("input.embedding").get(new NDIndex("{}", levels));
            NDArray x = embedded.transpose().expandDims(0); // [1, R, time]
            NDArray skip = null;
            for (int i = 0; i < spec.layers(); i++) {
                NDArray h =
                        convolution(
                                x,
                                "layers." + i + ".dilated",
                                spec.convolutions().dilations().get(i));
                NDList halves = h.split(2, 1);
                NDArray z = halves.get(0).tanh().mul(Activation.sigmoid(halves.get(1)));
                NDArray share = dense(z, "layers." + i + ".skip");
                skip = skip == null ? share : latest(skip, share).add(share);
                if (i < spec.layers() - 1) {
                    NDArray update = dense(z, "layers." + i + ".residual");
                    x = latest(x, update).add(update);
                }
            }
            NDArray hidden = dense(Activation.relu(skip), "head.hidden");
            NDArray output = dense(Activation.relu(hidden), "head.output"); // [1, Q, 1]
            logits = output.toFloatArray();
        }
    }

    @Override
    public float[] outputs(int stream) {
        return logits;
    }

    @Override
    public void close() {
        tensors.close();
    }

    /// A convolution of kernel size 1.
    private NDArray dense(NDArray x, String name) {
        NDArray weight = tensors.get(name + ".weight").expandDims(2);
        return Conv1d.conv1d(x, weight, tensors.get(name + ".bias")).head();
    }

    private NDArray convolution(NDArray x, String name, int dilation) {
        return Conv1d.conv1d(
                        x,
                        tensors.get(name + ".weight"),
                        tensors.get(name + ".bias"),
                        new Shape(1),
                        new Shape(0),
                        new Shape(dilation))
                .head();
    }

    /// The latest time steps of `x`, as many as `like` has.
    private static NDArray latest(NDArray x, NDArray like) {
        long from = x.size(2) - like.size(2);
        return x.get(new NDIndex(":, :, {}:", from));
    }
}
