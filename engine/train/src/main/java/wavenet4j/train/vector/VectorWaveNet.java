package wavenet4j.train.vector;

import static wavenet4j.train.kernels.Products.padded;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.train.data.Batch;
import wavenet4j.train.kernels.Products;
import wavenet4j.train.kernels.Rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/// A WaveNet's loss and gradient, forward and backward layer by layer. Its arrays stay from step to
/// step; one thread at a time may call it.
public final class VectorWaveNet {
    private final DilatedConvolutions trunk;
    private final int parameters;
    private final Workers workers;
    private final InputLayer input;
    private final List<GatedLayer> layers = new ArrayList<>();
    private final Head head;
    private final List<Buffer> x = new ArrayList<>();
    private final Buffer z;
    private final Buffer[] xGradients;

    /// The gradient of a loss.
    ///
    /// @param nats the sum of the targets' losses
    /// @param weights of all weights, end to end, without the layers' biases
    /// @param biases of the layers' biases, as they were given
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Gradient(double nats, float[] weights, List<float[]> biases) {}

    /// @param from where the tensor of that name begins among all weights
    public VectorWaveNet(ModelSpec spec, ToLongFunction<String> from, int threads) {
        trunk = spec.convolutions();
        parameters = Math.toIntExact(spec.parameters());
        workers = new Workers(threads);
        int r = padded(trunk.residual());
        int g = padded(trunk.gate());
        input = input(spec, from);
        var scratch = GatedLayer.Scratch.of(g, workers.parts());
        for (int i = 0; i < spec.layers(); i++) {
            String layer = "layers." + i + ".";
            boolean last = i == spec.layers() - 1;
            layers.add(
                    new GatedLayer(
                            workers,
                            trunk.residual(),
                            trunk.gate(),
                            trunk.kernelSize(),
                            trunk.dilations().get(i),
                            from.applyAsLong(layer + "dilated.weight"),
                            last
                                    ? null
                                    : Linear.dense(
                                            workers,
                                            from.applyAsLong(layer + "residual.weight"),
                                            from.applyAsLong(layer + "residual.bias"),
                                            trunk.residual(),
                                            trunk.gate()),
                            scratch));
            x.add(new Buffer(r));
        }
        z = new Buffer(g);
        xGradients = new Buffer[] {new Buffer(r), new Buffer(r)};
        head = new Head(spec, from, workers);
    }

    /// The bytes of the arrays that stay for that many windows of targets; [Long#MAX_VALUE] where
    /// one would be longer than Java's arrays can be.
    public static long bytes(ModelSpec spec, int windows, int targets) {
        DilatedConvolutions c = spec.convolutions();
        long r = Products.stride(padded(c.residual()));
        long gated = Products.stride(2 * padded(c.gate()));
        long times = targets + spec.receptiveField() - 1L;
        long z = (long) targets * spec.layers() * Products.stride(padded(c.gate()));
        long longest = Math.max(z, times * Math.max(r, gated));
        if (longest > Integer.MAX_VALUE / windows) return Long.MAX_VALUE;
        long floats = 2 * times * r + z;
        for (int dilation : c.dilations()) {
            floats += times * r;
            times -= (c.kernelSize() - 1L) * dilation;
            floats += times * gated;
        }
        return Float.BYTES * floats * windows;
    }

    private InputLayer input(ModelSpec spec, ToLongFunction<String> from) {
        return switch (spec.distribution()) {
            case Distribution.Categorical(int levels) ->
                    new InputLayer.Embedding(
                            workers,
                            (int) from.applyAsLong("input.embedding"),
                            levels,
                            trunk.residual());
            case Distribution.LogisticMixture _ ->
                    new InputLayer.Amplitude(
                            workers,
                            (int) from.applyAsLong("input.weight"),
                            (int) from.applyAsLong("input.bias"),
                            trunk.residual());
        };
    }

    /// The sum of the targets' losses, in nats.
    ///
    /// @param weights all weights, end to end
    /// @param biases of each layer's filter and gate, for each window [B, 2G], or [1, 2G] for all
    public double loss(float[] weights, List<float[]> biases, Batch batch) {
        forward(weights, biases, batch);
        return head.loss(z.rows(), batch);
    }

    /// The gradient of `scale` times that sum.
    public Gradient gradient(float[] weights, List<float[]> biases, Batch batch, float scale) {
        forward(weights, biases, batch);
        double nats = head.backward(z.rows(), batch, scale);
        var gradient = new float[parameters];
        var biasGradients = new ArrayList<float[]>();
        head.drain(gradient);
        for (Buffer buffer : xGradients) buffer.resize(rows(batch, 0));
        Rows next = null;
        for (int i = layers.size() - 1; i >= 0; i--) {
            GatedLayer layer = layers.get(i);
            var size = size(batch, i);
            int windows = biases.get(i).length / (2 * trunk.gate());
            var biasSums = new PartialSums(workers, windows, 2 * padded(trunk.gate()));
            Rows xGradient = xGradients[i % 2].rows();
            layer.backward(x.get(i).rows(), zOf(i, batch), next, biasSums, xGradient, size);
            layer.drain(gradient);
            biasGradients.addFirst(drain(biasSums, windows));
            next = xGradient;
        }
        input.backward(batch.inputs(), Objects.requireNonNull(next), gradient);
        return new Gradient(nats, gradient, biasGradients);
    }

    private void forward(float[] weights, List<float[]> biases, Batch batch) {
        z.resize(layers.size() * batch.targets() * batch.rows());
        for (int i = 0; i < layers.size(); i++) x.get(i).resize(rows(batch, i));
        input.forward(weights, batch.inputs(), x.getFirst().rows());
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).load(weights, biases.get(i));
            Rows next = i + 1 < layers.size() ? x.get(i + 1).rows() : null;
            layers.get(i).forward(x.get(i).rows(), zOf(i, batch), next, size(batch, i));
        }
        head.load(weights);
    }

    /// The gradient of a layer's biases without padding.
    private float[] drain(PartialSums sums, int windows) {
        int gates = trunk.gate();
        int g = padded(gates);
        var gradient = new float[windows * 2 * gates];
        sums.drain((from, count, sum) -> {
            for (int i = 0; i < count; i++) {
                int half = (from + i) / g;
                int gate = (from + i) % g;
                if (gate < gates) gradient[half * gates + gate] = sum[i];
            }
        });
        return gradient;
    }

    private Rows zOf(int layer, Batch batch) {
        return z.rows().from(layer * batch.targets() * batch.rows());
    }

    private GatedLayer.Size size(Batch batch, int layer) {
        return new GatedLayer.Size(
                batch.rows(), rows(batch, layer + 1), batch.targets() * batch.rows());
    }

    /// Rows of a layer's inputs: those of the targets, and what later layers read before them.
    private int rows(Batch batch, int layer) {
        int times = batch.targets();
        for (int i = layer; i < trunk.dilations().size(); i++) {
            times += (trunk.kernelSize() - 1) * trunk.dilations().get(i);
        }
        return times * batch.rows();
    }
}
