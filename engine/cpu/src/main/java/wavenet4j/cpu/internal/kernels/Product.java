package wavenet4j.cpu.internal.kernels;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// A product `sum = bias + weight * x`, packed for the lanes: each lane holds one output, every
/// input is broadcast, and eight vectors of sums stay in registers, as many as hide the latency of
/// a multiply-add.
///
/// Where there are few outputs, the eight are of two or four partial sums, each over a half or a
/// quarter of the inputs. How a sum is parted depends on the product's shape alone, never on the
/// number of lanes: any machine gives the same bits.
public abstract sealed class Product
        permits Float32Product, Bfloat16Product, Int8Product, ScalarProduct, ScalarInt8Product {
    /// The vectors of sums that one pass over the inputs holds in registers.
    static final int SUMS = 8;

    /// Channels are padded to a multiple of this, the lanes of the widest vector, on every machine.
    static final int LANES = 16;

    /// The number of inputs that a batch holds.
    public static final int BATCH = 8;

    private static final int CACHE_LINE = 64;

    /// The partial sums of each output: 1, 2 or 4.
    final int parts;

    /// The length of `bias` and `sum`, padded; what is past the outputs stays as it is in `bias`.
    public final int outputs;

    /// The length of x, padded to a multiple of the parts; the weights past the inputs are zero.
    public final int inputs;

    /// All outputs.
    public final Rows all;

    Product(int outputs, int inputs) {
        parts = parts(outputs);
        this.outputs = paddedOutputs(outputs);
        this.inputs = Math.ceilDiv(inputs, parts) * parts;
        all = new Rows(0, this.outputs);
    }

    /// `sum = bias + weight * x[at, at + inputs)` of those outputs; `sum` may be `bias`.
    public abstract void apply(float[] bias, float[] x, int at, float[] sum, Rows rows);

    /// The part of the inputs [first, end) in the product of a batch of eight: `sum[n] = bias[n] +
    /// weight * x[n][at[n], at[n] + inputs)`. Each weight is loaded, and decoded, once for all of
    /// them.
    ///
    /// @param bias [8, outputs]; may be `sum`
    /// @param x [8, ...]
    /// @param at [8]
    /// @param sum [8, outputs]
    public abstract void addBatch(
            int first, int end, float[][] bias, float[][] x, int[] at, float[][] sum);

    /// The same of all inputs, to the bits of [#apply].
    public final void applyBatch(
            float[][] bias, float[][] x, int[] at, float[][] sum, Scratch scratch) {
        int length = inputs / parts;
        addBatch(0, length, bias, x, at, sum);
        for (int part = 1; part < parts; part++) {
            int first = part * length;
            addBatch(first, first + length, scratch.zeros, x, at, scratch.part);
            for (int n = 0; n < BATCH; n++) add(sum[n], scratch.part[n], outputs);
        }
    }

    /// `sum[0, length) += term[0, length)`
    public static void add(float[] sum, float[] term, int length) {
        for (int i = 0; i < length; i++) sum[i] += term[i];
    }

    /// Where the partial sums of a product of eight inputs are formed.
    public static final class Scratch {
        private final float[][] zeros; // [8, outputs]
        private final float[][] part; // [8, outputs]

        /// @param outputs of the longest product
        public Scratch(int outputs) {
            zeros = repeat(new float[outputs]);
            part = new float[BATCH][outputs];
        }
    }

    /// The same row for each input of a batch.
    public static float[][] repeat(float[] row) {
        var rows = new float[BATCH][];
        Arrays.fill(rows, row);
        return rows;
    }

    /// Outputs [first, end): whole blocks of a product.
    public record Rows(int first, int end) {}

    /// `sum = bias + weight * x[at, at + inputs)`
    public final void apply(float[] bias, float[] x, int at, float[] sum) {
        apply(bias, x, at, sum, all);
    }

    /// The blocks in which the outputs can be shared out.
    public final int blocks() {
        return outputs / block(parts);
    }

    /// The outputs of blocks [from, to).
    public final Rows rows(int from, int to) {
        return new Rows(from * block(parts), to * block(parts));
    }

    /// The channels, padded to whole vectors.
    public static int padded(int channels) {
        return Math.ceilDiv(channels, LANES) * LANES;
    }

    /// The length that `outputs` are padded to.
    public static int paddedOutputs(int outputs) {
        int block = block(parts(outputs));
        return Math.ceilDiv(outputs, block) * block;
    }

    /// The number of weights of such a product with those that pad it.
    public static long weights(int outputs, int inputs) {
        int parts = parts(outputs);
        return (long) paddedOutputs(outputs) * Math.ceilDiv(inputs, parts) * parts;
    }

    private static int block(int parts) {
        return SUMS / parts * LANES;
    }

    /// The fewest parts that pad the outputs least.
    private static int parts(int outputs) {
        int best = 1;
        for (int parts = 2; parts <= 4; parts *= 2) {
            if (padding(outputs, parts) < padding(outputs, best)) best = parts;
        }
        return best;
    }

    private static int padding(int outputs, int parts) {
        return Math.floorMod(-outputs, block(parts));
    }

    /// Memory outside the heap, because there a vector never straddles two cache lines.
    static MemorySegment allocate(long bytes) {
        return Arena.ofAuto().allocate(bytes, CACHE_LINE);
    }

    /// How many vectors of outputs are side by side in the order of the kernels, for each input.
    final int vectorsAbreast() {
        return SUMS / parts;
    }

    /// Visits every weight in the order in which the kernels read them: block by block of the
    /// outputs whose sums fit the registers, input by input, output by output.
    final float[] inKernelOrder(float[] weight, int actualOutputs, int actualInputs) {
        var packed = new float[Math.multiplyExact(outputs, inputs)];
        int block = SUMS / parts * Lanes.COUNT;
        int next = 0;
        for (int from = 0; from < outputs; from += block) {
            for (int i = 0; i < inputs; i++) {
                for (int o = from; o < from + block; o++, next++) {
                    if (o < actualOutputs && i < actualInputs) {
                        packed[next] = weight[o * actualInputs + i];
                    }
                }
            }
        }
        return packed;
    }
}
