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

/// The gated layers of one batch on a processor, forward and then backward: the products by
/// PyTorch, what lies between them in [GatedLayerKernels]. The same as [AutogradNetwork] by
/// autograd, in a fraction of its passes over memory.
final class FusedLayers {
    /// What one thread passes over at once: a core's cache holds it.
    private static final int ROWS_AT_ONCE = 256;

    private final ModelSpec spec;
    private final WeightViews w;
    private final int residual;
    private final int gates;
    private final int rows;
    private final int wanted;
    private final boolean parallel;
    private final List<Layer> layers = new ArrayList<>();

    /// What the way back needs of a layer.
    ///
    /// @param heard its input as each tap hears it, side by side, [n, K * R]
    /// @param gated tanh and sigmoid, [n, 2G]
    /// @param z their product, [n, G]
    private record Layer(NDArray heard, NDArray gated, NDArray z) {}

    /// What came of the way back.
    ///
    /// @param input the gradient of the first layer's input
    /// @param biases those of the biases, [B, 2G]
    /// @param weights those of the layers' other tensors by name
    record Gradients(NDArray input, List<NDArray> biases, Map<String, NDArray> weights) {}

    /// @param w the weights, of no autograd graph
    /// @param parallel whether the passes are shared by threads
    FusedLayers(ModelSpec spec, WeightViews w, Batch batch, boolean parallel) {
        this.spec = spec;
        this.w = w;
        this.parallel = parallel;
        residual = spec.convolutions().residual();
        gates = spec.convolutions().gate();
        rows = batch.rows();
        wanted = batch.targets() * rows;
    }

    /// Every layer's z for every target side by side, [T * B, L * G].
    ///
    /// @param input of the first layer, [(receptive field + T - 1) * B, R]
    /// @param biases of each layer and row of the batch, the labels' terms among them, [B, 2G], or
    ///   [1, 2G] where they are the same for all
    NDArray forward(NDArray input, List<NDArray> biases) {
        NDManager manager = input.getManager();
        NDArray skips = manager.create(new Shape(wanted, (long) spec.layers() * gates));
        NDArray x = input;
        for (int i = 0; i < spec.layers(); i++) {
            NDArray heard = gather(i, x);
            NDArray h = heard.matMul(flatWeight(i).transpose());
            NDArray z = manager.create(new Shape(h.size(0), gates));
            gate(h, biases.get(i).toFloatArray(), z, skips, i);
            layers.add(new Layer(heard, h, z));
            if (i < spec.layers() - 1) x = next(i, heard, z);
        }
        return skips;
    }

    /// Goes back through the layers.
    ///
    /// @param ofSkips the gradient of what [#forward] gave
    Gradients backward(NDArray ofSkips) {
        var biases = new ArrayList<NDArray>();
        var weights = new HashMap<String, NDArray>();
        int labelled = spec.labels().names().isEmpty() ? 1 : rows;
        NDArray ofX = null;
        for (int i = spec.layers() - 1; i >= 0; i--) {
            Layer layer = layers.get(i);
            String prefix = "layers." + i + ".";
            NDArray ofZ = null;
            if (ofX != null) {
                ofZ = ofX.matMul(w.get(i, "residual.weight"));
                weights.put(prefix + "residual.weight", ofX.transpose().matMul(layer.z()));
                weights.put(prefix + "residual.bias", ofX.sum(new int[] {0}));
            }
            NDArray ofH = gateGradient(layer.gated(), ofZ, ofSkips, i);
            biases.addFirst(ofH.reshape(-1, labelled, 2L * gates).sum(new int[] {0}));
            NDArray ofFlat = ofH.transpose().matMul(layer.heard()); // [2G, K * R]
            weights.put(
                    prefix + "dilated.weight",
                    ofFlat.reshape(2L * gates, spec.convolutions().kernelSize(), -1)
                            .transpose(0, 2, 1));
            ofX = ofInput(i, ofH.matMul(flatWeight(i)), ofX);
        }
        return new Gradients(Objects.requireNonNull(ofX), biases, weights);
    }

    /// A layer's input as each tap hears it, side by side, [n, K * R].
    private NDArray gather(int i, NDArray x) {
        int[] starts = starts(i);
        long n = x.size(0) - starts[starts.length - 1];
        NDArray heard = x.getManager().create(new Shape(n, (long) starts.length * residual));
        Rows from = rows(x);
        Rows to = rows(heard);
        each(n, (a, b) -> GatedLayerKernels.gather(from, residual, starts, to, a, b));
        return heard;
    }

    /// Makes tanh and sigmoid of h in its place, and writes z, for the targets into its column of
    /// `skips` too.
    private void gate(NDArray h, float[] bias, NDArray z, NDArray skips, int i) {
        Rows gated = rows(h);
        Rows product = rows(z);
        Rows column = rows(skips).fromChannel(i * gates);
        int first = Math.toIntExact(h.size(0)) - wanted;
        each(
                h.size(0),
                (a, b) -> GatedLayerKernels.gate(gated, bias, gates, product, column, first, a, b));
    }

    /// The next layer's input, [n, R].
    private NDArray next(int i, NDArray heard, NDArray z) {
        NDArray update = z.matMul(w.get(i, "residual.weight").transpose());
        float[] bias = w.get(i, "residual.bias").toFloatArray();
        Rows sum = rows(update);
        Rows present = rows(heard).fromChannel((spec.convolutions().kernelSize() - 1) * residual);
        each(
                update.size(0),
                (a, b) -> GatedLayerKernels.residual(sum, bias, residual, present, a, b));
        return update;
    }

    /// Makes the gradient of h of tanh and sigmoid, in their place.
    private NDArray gateGradient(NDArray gated, @Nullable NDArray ofZ, NDArray ofSkips, int i) {
        Rows h = rows(gated);
        Rows byNext = ofZ == null ? null : rows(ofZ);
        Rows bySkips = rows(ofSkips).fromChannel(i * gates);
        int first = Math.toIntExact(gated.size(0)) - wanted;
        each(
                gated.size(0),
                (a, b) -> GatedLayerKernels.gateGradient(h, gates, byNext, bySkips, first, a, b));
        return gated;
    }

    /// The gradient of a layer's input: what comes by its taps, and past them by the next layer's
    /// input.
    private NDArray ofInput(int i, NDArray ofHeard, @Nullable NDArray ofNext) {
        int[] starts = starts(i);
        int present = starts[starts.length - 1];
        int n = Math.toIntExact(ofHeard.size(0));
        NDArray ofX = ofHeard.getManager().create(new Shape(n + (long) present, residual));
        Rows sums = rows(ofX);
        Rows byTaps = rows(ofHeard);
        Rows byNext = ofNext == null ? null : rows(ofNext);
        each(
                ofX.size(0),
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
        return ofX;
    }

    /// The row of a layer's input that each of its taps hears first.
    private int[] starts(int i) {
        int step = spec.convolutions().dilations().get(i) * rows;
        return IntStream.range(0, spec.convolutions().kernelSize()).map(k -> k * step).toArray();
    }

    /// The weights of a layer's taps side by side, [2G, K * R].
    private NDArray flatWeight(int i) {
        NDArray weight = w.get(i, "dilated.weight"); // [2G, R, K]
        return weight.transpose(0, 2, 1).reshape(weight.size(0), -1);
    }

    /// A pass over rows [from, to).
    private interface Pass {
        void over(int from, int to);
    }

    private void each(long rows, Pass pass) {
        int all = Math.toIntExact(rows);
        IntStream blocks = IntStream.range(0, Math.ceilDiv(all, ROWS_AT_ONCE));
        if (parallel) blocks = blocks.parallel();
        blocks.forEach(block -> {
            int from = block * ROWS_AT_ONCE;
            pass.over(from, Math.min(from + ROWS_AT_ONCE, all));
        });
    }

    /// The memory of an array itself, no copy of it.
    private static Rows rows(NDArray array) {
        var memory = MemorySegment.ofBuffer(array.toByteBuffer(true));
        return new Rows(memory, Math.toIntExact(array.size(1)), 0);
    }
}
