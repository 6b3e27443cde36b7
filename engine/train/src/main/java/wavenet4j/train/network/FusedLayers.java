package wavenet4j.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import org.jspecify.annotations.Nullable;

import wavenet4j.ModelSpec;
import wavenet4j.train.data.Batch;
import wavenet4j.train.kernels.GatedLayerKernels;
import wavenet4j.train.kernels.GatedLayerKernels.Rows;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// The gated layers of one batch on a processor, forward and backward: matrix products by PyTorch,
/// everything else by [GatedLayerKernels], with far fewer passes over memory than the same layers
/// in [AutogradNetwork].
final class FusedLayers {
    /// Rows of a block, for which a core's cache is large enough.
    private static final int ROWS_PER_BLOCK = 256;

    private final ModelSpec spec;
    private final WeightViews w;
    private final int residual;
    private final int gates;
    private final int rows;
    private final int targetRows;
    private final boolean parallel;
    private final List<Layer> layers = new ArrayList<>();

    /// The arrays of a layer's forward pass that its backward pass needs.
    ///
    /// @param taps its inputs, tap beside tap, [n, K * R]
    /// @param gated tanh and sigmoid, [n, 2G]
    /// @param z their product, [n, G]
    private record Layer(NDArray taps, NDArray gated, NDArray z) {}

    /// The gradients of the backward pass.
    ///
    /// @param input of the first layer's input
    /// @param biases of each layer's biases, [B, 2G]
    /// @param weights of the layers' other tensors, by name
    record Gradients(NDArray input, List<NDArray> biases, Map<String, NDArray> weights) {}

    /// @param w the weights, outside of the autograd graph
    /// @param parallel whether blocks of rows are computed on several threads
    FusedLayers(ModelSpec spec, WeightViews w, Batch batch, boolean parallel) {
        this.spec = spec;
        this.w = w;
        this.parallel = parallel;
        residual = spec.convolutions().residual();
        gates = spec.convolutions().gate();
        rows = batch.rows();
        targetRows = batch.targets() * rows;
    }

    /// The z of all layers for every target, side by side, [T * B, L * G].
    ///
    /// @param input of the first layer, [(receptive field + T - 1) * B, R]
    /// @param biases of each layer and row of the batch, the labels' terms among them, [B, 2G], or
    ///   [1, 2G] where they are the same for all
    NDArray forward(NDArray input, List<NDArray> biases) {
        NDManager manager = input.getManager();
        NDArray targetZ = manager.create(new Shape(targetRows, (long) spec.layers() * gates));
        NDArray x = input;
        for (int i = 0; i < spec.layers(); i++) {
            NDArray taps = gather(i, x);
            NDArray h = taps.matMul(flatWeight(i).transpose());
            NDArray z = manager.create(new Shape(h.size(0), gates));
            gate(h, biases.get(i).toFloatArray(), z, targetZ, i);
            layers.add(new Layer(taps, h, z));
            if (i < spec.layers() - 1) x = residual(i, taps, z);
        }
        return targetZ;
    }

    /// The backward pass.
    ///
    /// @param targetGradient the gradient of the result of [#forward]
    Gradients backward(NDArray targetGradient) {
        var biases = new ArrayList<NDArray>();
        var weights = new HashMap<String, NDArray>();
        int labelled = spec.labels().names().isEmpty() ? 1 : rows;
        NDArray xGradient = null;
        for (int i = spec.layers() - 1; i >= 0; i--) {
            Layer layer = layers.get(i);
            String prefix = "layers." + i + ".";
            NDArray zGradient = null;
            if (xGradient != null) {
                zGradient = xGradient.matMul(w.get(i, "residual.weight"));
                weights.put(prefix + "residual.weight", xGradient.transpose().matMul(layer.z()));
                weights.put(prefix + "residual.bias", xGradient.sum(new int[] {0}));
            }
            NDArray hGradient = gateGradient(layer.gated(), zGradient, targetGradient, i);
            biases.addFirst(hGradient.reshape(-1, labelled, 2L * gates).sum(new int[] {0}));
            NDArray flatGradient = hGradient.transpose().matMul(layer.taps()); // [2G, K * R]
            weights.put(
                    prefix + "dilated.weight",
                    flatGradient
                            .reshape(2L * gates, spec.convolutions().kernelSize(), -1)
                            .transpose(0, 2, 1));
            xGradient = inputGradient(i, hGradient.matMul(flatWeight(i)), xGradient);
        }
        return new Gradients(Objects.requireNonNull(xGradient), biases, weights);
    }

    /// The inputs of a layer's taps, tap beside tap, [n, K * R].
    private NDArray gather(int i, NDArray x) {
        int[] starts = starts(i);
        long n = x.size(0) - starts[starts.length - 1];
        NDArray taps = x.getManager().create(new Shape(n, (long) starts.length * residual));
        Rows source = rows(x);
        Rows target = rows(taps);
        eachBlock(
                n,
                (from, to) -> GatedLayerKernels.gather(source, residual, starts, target, from, to));
        return taps;
    }

    /// Replaces h by tanh and sigmoid, and writes z, for the targets into the layer's columns of
    /// `targetZ` too.
    private void gate(NDArray h, float[] bias, NDArray z, NDArray targetZ, int i) {
        Rows gated = rows(h);
        Rows product = rows(z);
        Rows column = rows(targetZ).fromChannel(i * gates);
        int first = Math.toIntExact(h.size(0)) - targetRows;
        eachBlock(
                h.size(0),
                (a, b) -> GatedLayerKernels.gate(gated, bias, gates, product, column, first, a, b));
    }

    /// The next layer's input, [n, R].
    private NDArray residual(int i, NDArray taps, NDArray z) {
        NDArray update = z.matMul(w.get(i, "residual.weight").transpose());
        float[] bias = w.get(i, "residual.bias").toFloatArray();
        Rows sum = rows(update);
        Rows present = rows(taps).fromChannel((spec.convolutions().kernelSize() - 1) * residual);
        eachBlock(
                update.size(0),
                (a, b) -> GatedLayerKernels.residual(sum, bias, residual, present, a, b));
        return update;
    }

    /// Replaces tanh and sigmoid by the gradient of h.
    private NDArray gateGradient(
            NDArray gated, @Nullable NDArray zGradient, NDArray targetGradient, int i) {
        Rows h = rows(gated);
        Rows byNext = zGradient == null ? null : rows(zGradient);
        Rows bySkips = rows(targetGradient).fromChannel(i * gates);
        int first = Math.toIntExact(gated.size(0)) - targetRows;
        eachBlock(
                gated.size(0),
                (a, b) -> GatedLayerKernels.gateGradient(h, gates, byNext, bySkips, first, a, b));
        return gated;
    }

    /// The gradient of a layer's input: the sum of those of its taps and, as the residual
    /// connection passes it on, that of the next layer's input.
    private NDArray inputGradient(int i, NDArray tapsGradient, @Nullable NDArray nextGradient) {
        int[] starts = starts(i);
        int present = starts[starts.length - 1];
        int n = Math.toIntExact(tapsGradient.size(0));
        NDArray xGradient =
                tapsGradient.getManager().create(new Shape(n + (long) present, residual));
        Rows sums = rows(xGradient);
        Rows byTaps = rows(tapsGradient);
        Rows byNext = nextGradient == null ? null : rows(nextGradient);
        eachBlock(
                xGradient.size(0),
                (a, b) -> {
                    GatedLayerKernels.clear(sums, a, b);
                    for (int k = 0; k < starts.length; k++) {
                        GatedLayerKernels.add(
                                byTaps.fromChannel(k * residual),
                                n,
                                residual,
                                starts[k],
                                sums,
                                a,
                                b);
                    }
                    if (byNext != null) {
                        GatedLayerKernels.add(byNext, n, residual, present, sums, a, b);
                    }
                });
        return xGradient;
    }

    /// For each tap of a layer the row of the input that it begins at.
    private int[] starts(int i) {
        int step = spec.convolutions().dilations().get(i) * rows;
        return IntStream.range(0, spec.convolutions().kernelSize()).map(k -> k * step).toArray();
    }

    /// The weights of a layer's taps side by side, [2G, K * R].
    private NDArray flatWeight(int i) {
        NDArray weight = w.get(i, "dilated.weight"); // [2G, R, K]
        return weight.transpose(0, 2, 1).reshape(weight.size(0), -1);
    }

    /// A kernel on rows [from, to).
    private interface Kernel {
        void run(int from, int to);
    }

    private void eachBlock(long rows, Kernel kernel) {
        int all = Math.toIntExact(rows);
        IntStream blocks = IntStream.range(0, Math.ceilDiv(all, ROWS_PER_BLOCK));
        if (parallel) blocks = blocks.parallel();
        blocks.forEach(block -> {
            int from = block * ROWS_PER_BLOCK;
            kernel.run(from, Math.min(from + ROWS_PER_BLOCK, all));
        });
    }

    /// The memory of an array, not a copy.
    private static Rows rows(NDArray array) {
        var memory = MemorySegment.ofBuffer(array.toByteBuffer(true));
        return new Rows(memory, Math.toIntExact(array.size(1)), 0);
    }
}
