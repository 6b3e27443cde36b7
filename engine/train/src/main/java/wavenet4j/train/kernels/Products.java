package wavenet4j.train.kernels;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Products of matrices on the Vector API, made for those of training: thousands of rows of some
/// ten to some hundred channels.
///
/// A tile of the result, 8 rows of two vectors, stays in registers while all its terms are added,
/// so that a term costs 16 multiply-adds and 10 loads. Tiles are written out because Java's
/// compiler keeps vectors in registers only where each is a variable of its own; indices are sums
/// of what does not change in the loop and its counter, so that it checks their range once.
public final class Products {
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    static final int LANES = FLOATS.length();

    /// Columns of a tile.
    public static final int PANEL = 2 * LANES;

    /// Rows of a tile.
    public static final int ROWS = 8;

    // Floats that can stay in a core's second cache beside the weights.
    private static final int CACHED = 1 << 16;

    private Products() {}

    /// That many channels and the padding behind them.
    public static int padded(int channels) {
        return Math.ceilDiv(channels, PANEL) * PANEL;
    }

    /// Floats from one row to the next of a matrix of that many columns. Rows a multiple of 512
    /// bytes apart would share few of the places that a core's first cache has for them.
    public static int stride(int columns) {
        return columns % 128 == 0 ? columns + LANES : columns;
    }

    /// `result = start + bias + taps * weights`.
    ///
    /// @param taps of [rows, terms] each
    /// @param start [rows, columns], which may be the result itself
    /// @param bias of each column
    public static void multiply(
            Taps taps, Panels weights, Rows start, float[] bias, Rows result, int rows) {
        int atOnce = Math.max(1, CACHED / (weights.terms() * taps.count() * ROWS)) * ROWS;
        for (int from = 0; from < rows; from += atOnce) {
            int to = Math.min(from + atOnce, rows);
            multiply(taps, weights, start, bias, result, from, to);
        }
    }

    private static void multiply(
            Taps taps, Panels weights, Rows start, float[] bias, Rows result, int from, int to) {
        for (int column = 0; column < weights.columns(); column += PANEL) {
            int at = weights.at(column, taps.first());
            int row = from;
            for (; row + ROWS <= to; row += ROWS) {
                multiplyTile(taps, weights, at, start, bias, result, row, column);
            }
            for (; row < to; row++) {
                multiplyRow(taps, weights, at, start, bias, result, row, column);
            }
        }
    }

    /// A tile of [#multiply].
    private static void multiplyTile(
            Taps taps,
            Panels weights,
            int weightsAt,
            Rows start,
            float[] bias,
            Rows result,
            int row,
            int column) {
        float[] a = taps.rows().values();
        float[] b = weights.values();
        float[] first = start.values();
        float[] c = result.values();
        int stride = taps.rows().stride();
        var y0 = fromArray(FLOATS, bias, column);
        var y1 = fromArray(FLOATS, bias, column + LANES);
        var s00 = y0;
        var s01 = y1;
        var s10 = y0;
        var s11 = y1;
        var s20 = y0;
        var s21 = y1;
        var s30 = y0;
        var s31 = y1;
        var s40 = y0;
        var s41 = y1;
        var s50 = y0;
        var s51 = y1;
        var s60 = y0;
        var s61 = y1;
        var s70 = y0;
        var s71 = y1;
        int terms = weights.terms();
        for (int tap = 0; tap < taps.count(); tap++) {
            int a0 = taps.rows().at() + tap * taps.distance() + row * stride;
            int a1 = a0 + stride;
            int a2 = a1 + stride;
            int a3 = a2 + stride;
            int a4 = a3 + stride;
            int a5 = a4 + stride;
            int a6 = a5 + stride;
            int a7 = a6 + stride;
            int bAt = weightsAt + tap * terms * PANEL;
            for (int i = 0; i < terms; i++) {
                var b0 = fromArray(FLOATS, b, bAt + i * PANEL);
                var b1 = fromArray(FLOATS, b, bAt + i * PANEL + LANES);
                var x = broadcast(FLOATS, a[a0 + i]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = broadcast(FLOATS, a[a1 + i]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = broadcast(FLOATS, a[a2 + i]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = broadcast(FLOATS, a[a3 + i]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
                x = broadcast(FLOATS, a[a4 + i]);
                s40 = x.fma(b0, s40);
                s41 = x.fma(b1, s41);
                x = broadcast(FLOATS, a[a5 + i]);
                s50 = x.fma(b0, s50);
                s51 = x.fma(b1, s51);
                x = broadcast(FLOATS, a[a6 + i]);
                s60 = x.fma(b0, s60);
                s61 = x.fma(b1, s61);
                x = broadcast(FLOATS, a[a7 + i]);
                s70 = x.fma(b0, s70);
                s71 = x.fma(b1, s71);
            }
        }
        // Only here, as they may come from far away.
        int startAt = start.at() + row * start.stride() + column;
        int at = result.at() + row * result.stride() + column;
        s00.add(fromArray(FLOATS, first, startAt)).intoArray(c, at);
        s01.add(fromArray(FLOATS, first, startAt + LANES)).intoArray(c, at + LANES);
        startAt += start.stride();
        at += result.stride();
        s10.add(fromArray(FLOATS, first, startAt)).intoArray(c, at);
        s11.add(fromArray(FLOATS, first, startAt + LANES)).intoArray(c, at + LANES);
        startAt += start.stride();
        at += result.stride();
        s20.add(fromArray(FLOATS, first, startAt)).intoArray(c, at);
        s21.add(fromArray(FLOATS, first, startAt + LANES)).intoArray(c, at + LANES);
        startAt += start.stride();
        at += result.stride();
        s30.add(fromArray(FLOATS, first, startAt)).intoArray(c, at);
        s31.add(fromArray(FLOATS, first, startAt + LANES)).intoArray(c, at + LANES);
        startAt += start.stride();
        at += result.stride();
        s40.add(fromArray(FLOATS, first, startAt)).intoArray(c, at);
        s41.add(fromArray(FLOATS, first, startAt + LANES)).intoArray(c, at + LANES);
        startAt += start.stride();
        at += result.stride();
        s50.add(fromArray(FLOATS, first, startAt)).intoArray(c, at);
        s51.add(fromArray(FLOATS, first, startAt + LANES)).intoArray(c, at + LANES);
        startAt += start.stride();
        at += result.stride();
        s60.add(fromArray(FLOATS, first, startAt)).intoArray(c, at);
        s61.add(fromArray(FLOATS, first, startAt + LANES)).intoArray(c, at + LANES);
        startAt += start.stride();
        at += result.stride();
        s70.add(fromArray(FLOATS, first, startAt)).intoArray(c, at);
        s71.add(fromArray(FLOATS, first, startAt + LANES)).intoArray(c, at + LANES);
    }

    /// One row of a tile of [#multiply].
    private static void multiplyRow(
            Taps taps,
            Panels weights,
            int weightsAt,
            Rows start,
            float[] bias,
            Rows result,
            int row,
            int column) {
        float[] a = taps.rows().values();
        float[] b = weights.values();
        float[] first = start.values();
        float[] c = result.values();
        int stride = taps.rows().stride();
        var y0 = fromArray(FLOATS, bias, column);
        var y1 = fromArray(FLOATS, bias, column + LANES);
        var s00 = y0;
        var s01 = y1;
        int terms = weights.terms();
        for (int tap = 0; tap < taps.count(); tap++) {
            int a0 = taps.rows().at() + tap * taps.distance() + row * stride;
            int bAt = weightsAt + tap * terms * PANEL;
            for (int i = 0; i < terms; i++) {
                var b0 = fromArray(FLOATS, b, bAt + i * PANEL);
                var b1 = fromArray(FLOATS, b, bAt + i * PANEL + LANES);
                var x = broadcast(FLOATS, a[a0 + i]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
            }
        }
        // Only here, as they may come from far away.
        int startAt = start.at() + row * start.stride() + column;
        int at = result.at() + row * result.stride() + column;
        s00.add(fromArray(FLOATS, first, startAt)).intoArray(c, at);
        s01.add(fromArray(FLOATS, first, startAt + LANES)).intoArray(c, at + LANES);
    }

    /// Adds the product of the transposed left rows and the right rows to a sum: the gradient of
    /// weights.
    ///
    /// @param left [rows, m]
    /// @param right [rows, n]
    /// @param sum [m, n]
    public static void addTransposed(Rows left, int m, Rows right, int n, int rows, Rows sum) {
        for (int column = 0; column < n; column += PANEL) {
            for (int row = 0; row < m; row += ROWS) {
                addTile(left, row, right, column, rows, sum);
            }
        }
    }

    /// A tile of [#addTransposed].
    private static void addTile(Rows left, int row, Rows right, int column, int rows, Rows sum) {
        float[] a = left.values();
        float[] b = right.values();
        float[] c = sum.values();

        var zero = FloatVector.zero(FLOATS);
        var s00 = zero;
        var s01 = zero;
        var s10 = zero;
        var s11 = zero;
        var s20 = zero;
        var s21 = zero;
        var s30 = zero;
        var s31 = zero;
        var s40 = zero;
        var s41 = zero;
        var s50 = zero;
        var s51 = zero;
        var s60 = zero;
        var s61 = zero;
        var s70 = zero;
        var s71 = zero;
        int aAt = left.at() + row;
        int bAt = right.at() + column;
        int aStep = left.stride();
        int bStep = right.stride();
        for (int i = 0; i < rows; i++) {
            int a0 = aAt + i * aStep;
            int b0At = bAt + i * bStep;
            var b0 = fromArray(FLOATS, b, b0At);
            var b1 = fromArray(FLOATS, b, b0At + LANES);
            var x = broadcast(FLOATS, a[a0]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = broadcast(FLOATS, a[a0 + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = broadcast(FLOATS, a[a0 + 2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = broadcast(FLOATS, a[a0 + 3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            x = broadcast(FLOATS, a[a0 + 4]);
            s40 = x.fma(b0, s40);
            s41 = x.fma(b1, s41);
            x = broadcast(FLOATS, a[a0 + 5]);
            s50 = x.fma(b0, s50);
            s51 = x.fma(b1, s51);
            x = broadcast(FLOATS, a[a0 + 6]);
            s60 = x.fma(b0, s60);
            s61 = x.fma(b1, s61);
            x = broadcast(FLOATS, a[a0 + 7]);
            s70 = x.fma(b0, s70);
            s71 = x.fma(b1, s71);
        }
        int at = sum.at() + row * sum.stride() + column;
        s00.add(fromArray(FLOATS, c, at)).intoArray(c, at);
        s01.add(fromArray(FLOATS, c, at + LANES)).intoArray(c, at + LANES);
        at += sum.stride();
        s10.add(fromArray(FLOATS, c, at)).intoArray(c, at);
        s11.add(fromArray(FLOATS, c, at + LANES)).intoArray(c, at + LANES);
        at += sum.stride();
        s20.add(fromArray(FLOATS, c, at)).intoArray(c, at);
        s21.add(fromArray(FLOATS, c, at + LANES)).intoArray(c, at + LANES);
        at += sum.stride();
        s30.add(fromArray(FLOATS, c, at)).intoArray(c, at);
        s31.add(fromArray(FLOATS, c, at + LANES)).intoArray(c, at + LANES);
        at += sum.stride();
        s40.add(fromArray(FLOATS, c, at)).intoArray(c, at);
        s41.add(fromArray(FLOATS, c, at + LANES)).intoArray(c, at + LANES);
        at += sum.stride();
        s50.add(fromArray(FLOATS, c, at)).intoArray(c, at);
        s51.add(fromArray(FLOATS, c, at + LANES)).intoArray(c, at + LANES);
        at += sum.stride();
        s60.add(fromArray(FLOATS, c, at)).intoArray(c, at);
        s61.add(fromArray(FLOATS, c, at + LANES)).intoArray(c, at + LANES);
        at += sum.stride();
        s70.add(fromArray(FLOATS, c, at)).intoArray(c, at);
        s71.add(fromArray(FLOATS, c, at + LANES)).intoArray(c, at + LANES);
    }
}
