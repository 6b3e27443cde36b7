package wavenet4j.cpu;

import wavenet4j.ModelSpec;
import wavenet4j.cpu.internal.kernels.Product;

import java.util.Arrays;

/// The past inputs of every layer, each layer's a ring of (K-1)d rows in one array. The row that
/// the present replaces is the oldest, which the first tap reads.
final class DelayLines {
    private final int width; // floats in a row
    private final int taps; // K-1, those in the past
    private final int[] dilation; // of each layer
    private final int[] start; // of each layer's ring; the last entry is the end
    private final int[] oldest; // of each layer, where its oldest row is
    private final float[] rows;
    private final float[][] rowsOfBatch;
    private final int[] atNextTicks = new int[Product.BATCH];

    DelayLines(ModelSpec spec, int width) {
        this.width = width;
        taps = spec.convolutions().kernelSize() - 1;
        dilation = spec.convolutions().dilations().stream().mapToInt(Integer::intValue).toArray();
        start = new int[dilation.length + 1];
        for (int i = 0; i < dilation.length; i++) {
            start[i + 1] = start[i] + taps * dilation[i] * width;
        }
        oldest = Arrays.copyOf(start, dilation.length);
        rows = new float[start[dilation.length]];
        rowsOfBatch = Product.repeat(rows);
    }

    /// The floats that the delay lines of that network take.
    static long length(ModelSpec spec, int width) {
        return (spec.receptiveField() - 1L) * width;
    }

    float[] rows() {
        return rows;
    }

    /// The rows, eight times, for a product of eight inputs.
    float[][] rowsOfBatch() {
        return rowsOfBatch;
    }

    /// [#at] of this tick and the next ones, until the next call; the dilation is at least eight.
    int[] atNextTicks(int layer, int k) {
        for (int n = 0; n < atNextTicks.length; n++) atNextTicks[n] = at(layer, k, n);
        return atNextTicks;
    }

    /// Where the input of tap `k` is in the rows, 0 being the oldest, or will be after `ahead`
    /// ticks more, fewer than the dilation.
    int at(int layer, int k, int ahead) {
        int at = oldest[layer] + (k * dilation[layer] + ahead) * width;
        int end = start[layer + 1];
        return at < end ? at : at - end + start[layer];
    }

    /// The present becomes the youngest of the past.
    void push(int layer, float[] x) {
        if (taps == 0) return;
        int at = oldest[layer];
        System.arraycopy(x, 0, rows, at, width);
        oldest[layer] = at + width < start[layer + 1] ? at + width : start[layer];
    }

    /// Makes all of a layer's past the same.
    void fill(int layer, float[] x) {
        for (int at = start[layer]; at < start[layer + 1]; at += width) {
            System.arraycopy(x, 0, rows, at, width);
        }
    }
}
