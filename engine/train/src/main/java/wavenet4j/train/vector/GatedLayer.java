package wavenet4j.train.vector;

import static wavenet4j.train.kernels.Products.padded;

import org.jspecify.annotations.Nullable;

import wavenet4j.train.kernels.Elementwise;
import wavenet4j.train.kernels.Rows;
import wavenet4j.train.kernels.Taps;

import java.util.ArrayList;
import java.util.List;

/// A dilated convolution and its gate, with the residual connection to the next layer. Rows are
/// time-major, a row for each time and window.
final class GatedLayer {
    private final Workers workers;
    private final int kernelSize;
    private final int dilation;
    private final int gates;
    private final int g; // gates with padding
    private final int r; // residual channels with padding
    private final Linear dilated;
    private final @Nullable Linear residual;
    private final Buffer gated;
    private final Scratch scratch;
    private float[] bias = new float[0];
    private int period;

    /// The rows of a batch as a layer sees them.
    ///
    /// @param windows in the batch: rows from one time to the next
    /// @param outputs rows of the layer's outputs
    /// @param targets the last of them, which reach the head
    record Size(int windows, int outputs, int targets) {
        /// The first of the targets.
        int border() {
            return outputs - targets;
        }
    }

    /// A block of each part for h, `[BLOCK, 2G]`, and one for z, `[BLOCK, G]`.
    record Scratch(List<Rows> h, List<Rows> z) {
        /// @param gates with padding
        static Scratch of(int gates, int parts) {
            var h = new ArrayList<Rows>();
            var z = new ArrayList<Rows>();
            for (int part = 0; part < parts; part++) {
                h.add(Buffer.of(Workers.BLOCK, 2 * gates));
                z.add(Buffer.of(Workers.BLOCK, gates));
            }
            return new Scratch(h, z);
        }
    }

    /// @param dilatedFrom where the convolution's weights [2G, R, K] begin among all weights
    /// @param residual null in the last layer
    GatedLayer(
            Workers workers,
            int channels,
            int gates,
            int kernelSize,
            int dilation,
            long dilatedFrom,
            @Nullable Linear residual,
            Scratch scratch) {
        this.workers = workers;
        this.kernelSize = kernelSize;
        this.dilation = dilation;
        this.gates = gates;
        this.residual = residual;
        this.scratch = scratch;
        g = padded(gates);
        r = padded(channels);
        gated = new Buffer(2 * g);
        var matrix =
                new WeightMatrix(
                        2 * g,
                        kernelSize,
                        r,
                        (output, tap, input) -> {
                            if (output % g >= gates || input >= channels) return -1;
                            long channel = (long) output / g * gates + output % g;
                            return dilatedFrom + (channel * channels + input) * kernelSize + tap;
                        });
        dilated = new Linear(workers, matrix, 2 * gates);
    }

    /// Takes its values from all weights of the network.
    ///
    /// @param biases of filter and gate, for each window [B, 2G], or [1, 2G] for all
    void load(float[] weights, float[] biases) {
        dilated.load(weights);
        if (residual != null) residual.load(weights);
        period = biases.length / (2 * gates);
        // One more block, so that a block can begin with any window.
        int copies = period == 1 ? 1 : period + Workers.BLOCK;
        bias = new float[copies * 2 * g];
        for (int row = 0; row < copies; row++) {
            int from = row % period * 2 * gates;
            System.arraycopy(biases, from, bias, row * 2 * g, gates);
            System.arraycopy(biases, from + gates, bias, row * 2 * g + g, gates);
        }
    }

    /// @param x the layer's inputs
    /// @param z where the products of filter and gate go for the targets
    /// @param next the next layer's inputs; null in the last layer
    void forward(Rows x, Rows z, @Nullable Rows next, Size size) {
        gated.resize(size.outputs());
        int step = dilation * size.windows();
        workers.eachBlock(
                size.outputs(),
                size.border(),
                (part, _, from, to) -> {
                    int rows = to - from;
                    Rows h = scratch.h().get(part);
                    var taps = new Taps(x.from(from), step * x.stride(), 0, kernelSize);
                    dilated.forward(taps, bias(from), h, rows);
                    boolean target = from >= size.border();
                    Rows product = target ? z.from(from - size.border()) : scratch.z().get(part);
                    Elementwise.gate(h, g, gated.rows().from(from), product, rows);
                    if (next == null || residual == null) return;
                    Rows present = x.from(from + (kernelSize - 1) * step);
                    residual.forward(Taps.one(product), present, next.from(from), rows);
                });
    }

    /// The backward pass.
    ///
    /// @param zGradient of the targets
    /// @param next the gradient of the next layer's inputs; null in the last layer
    /// @param biasSums [B, 2G] or [1, 2G]
    /// @param xGradient where the gradient of the layer's inputs goes: the sum over the taps that
    ///   have read a row and, of the residual connection, what came to the next layer's inputs
    void backward(
            Rows x,
            Rows zGradient,
            @Nullable Rows next,
            PartialSums biasSums,
            Rows xGradient,
            Size size) {
        int step = dilation * size.windows();
        int present = (kernelSize - 1) * step;
        Rows none = new Rows(new float[Math.max(g, r)], 0, 0);
        xGradient.clear(r, present);
        workers.eachBlock(
                size.outputs(),
                size.border(),
                (part, start, from, to) -> {
                    int rows = to - from;
                    boolean target = from >= size.border();
                    Rows z = scratch.z().get(part);
                    Rows dh = scratch.h().get(part);
                    Rows kept = gated.rows().from(from);
                    Rows output = next == null ? none : next.from(from);
                    z.copy(target ? zGradient.from(from - size.border()) : none, g, rows);
                    if (residual != null) residual.inputGradient(0, output, z, z, rows);
                    Elementwise.gateGradient(kept, g, z, dh, rows);
                    if (residual != null) {
                        residual.addGradient(part, 0, z, output, rows);
                        residual.addBiasGradient(part, output, rows);
                    }
                    Elementwise.addRows(dh, 2 * g, from, rows, biasSums.of(part), period);
                    for (int tap = 0; tap < kernelSize; tap++) {
                        dilated.addGradient(part, tap, x.from(from + tap * step), dh, rows);
                    }
                    // The present tap writes the gradients of inputs first. The others add to
                    // those that this part has written; what they add elsewhere is left for later.
                    Rows inputs = xGradient.from(from + present);
                    dilated.inputGradient(kernelSize - 1, dh, output, inputs, rows);
                    for (int tap = 0; tap < kernelSize - 1; tap++) {
                        int first = Math.max(from, start + present - tap * step);
                        if (first >= to) continue;
                        Rows sum = xGradient.from(first + tap * step);
                        dilated.inputGradient(tap, dh.from(first - from), sum, sum, to - first);
                    }
                    if (from < start + present) kept.copy(dh, 2 * g, rows);
                });
        for (int tap = 0; tap < kernelSize - 1; tap++) {
            int before = tap * step;
            workers.eachBlock(
                    size.outputs(),
                    0,
                    (_, start, from, to) -> {
                        int end = Math.min(to, start + present - before);
                        if (from >= end) return;
                        Rows sum = xGradient.from(from + before);
                        dilated.inputGradient(
                                before / step, gated.rows().from(from), sum, sum, end - from);
                    });
        }
    }

    /// Adds the gradients of its weights to that of all weights.
    void drain(float[] gradient) {
        dilated.drain(gradient);
        if (residual != null) residual.drain(gradient);
    }

    private Rows bias(int row) {
        return period == 1 ? new Rows(bias, 0, 0) : new Rows(bias, 2 * g).from(row % period);
    }
}
