package wavenet4j.cpu.internal.kernels;

import static wavenet4j.cpu.internal.kernels.Lanes.COUNT;
import static wavenet4j.cpu.internal.kernels.Lanes.FLOATS;
import static wavenet4j.cpu.internal.kernels.Lanes.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

import wavenet4j.spec.Precision;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Two bfloat16 weights in each int lane: the lower half belongs to one vector of outputs, the
/// upper half to the next. A half moved to the upper bits is the weight in float32.
final class Bfloat16Product extends Product {
    private static final int UPPER = 0xFFFF0000;
    private static final long VECTOR = 4L * COUNT; // bytes

    private final MemorySegment pairs;

    Bfloat16Product(float[] weight, int outputs, int inputs) {
        super(outputs, inputs);
        float[] ordered = inKernelOrder(weight, outputs, inputs);
        pairs = allocate(2L * ordered.length);
        for (int i = 0; i < ordered.length / 2; i++) {
            int lower = i / COUNT * 2 * COUNT + i % COUNT;
            int pair =
                    Short.toUnsignedInt(Precision.toBfloat16(ordered[lower]))
                            | Precision.toBfloat16(ordered[lower + COUNT]) << 16;
            pairs.setAtIndex(ValueLayout.JAVA_INT, i, pair);
        }
    }

    @Override
    public void apply(float[] bias, float[] x, int at, float[] sum, Rows rows) {
        switch (parts) {
            case 1 -> eightVectors(bias, x, at, sum, rows);
            case 2 -> fourVectorsInTwoParts(bias, x, at, sum, rows);
            default -> twoVectorsInFourParts(bias, x, at, sum, rows);
        }
    }

    @Override
    public void addBatch(int first, int end, float[][] bias, float[][] x, int[] at, float[][] sum) {
        float[] x0 = x[0];
        float[] x1 = x[1];
        float[] x2 = x[2];
        float[] x3 = x[3];
        float[] x4 = x[4];
        float[] x5 = x[5];
        float[] x6 = x[6];
        float[] x7 = x[7];
        int at0 = at[0];
        int at1 = at[1];
        int at2 = at[2];
        int at3 = at[3];
        int at4 = at[4];
        int at5 = at[5];
        int at6 = at[6];
        int at7 = at[7];
        int abreast = vectorsAbreast();
        for (int o = 0; o < outputs; o += 2 * COUNT) {
            int vector = o / COUNT;
            long place = (long) vector / abreast * abreast * inputs + vector % abreast;
            var a0 = FloatVector.fromArray(FLOATS, bias[0], o);
            var b0 = FloatVector.fromArray(FLOATS, bias[0], o + COUNT);
            var a1 = FloatVector.fromArray(FLOATS, bias[1], o);
            var b1 = FloatVector.fromArray(FLOATS, bias[1], o + COUNT);
            var a2 = FloatVector.fromArray(FLOATS, bias[2], o);
            var b2 = FloatVector.fromArray(FLOATS, bias[2], o + COUNT);
            var a3 = FloatVector.fromArray(FLOATS, bias[3], o);
            var b3 = FloatVector.fromArray(FLOATS, bias[3], o + COUNT);
            var a4 = FloatVector.fromArray(FLOATS, bias[4], o);
            var b4 = FloatVector.fromArray(FLOATS, bias[4], o + COUNT);
            var a5 = FloatVector.fromArray(FLOATS, bias[5], o);
            var b5 = FloatVector.fromArray(FLOATS, bias[5], o + COUNT);
            var a6 = FloatVector.fromArray(FLOATS, bias[6], o);
            var b6 = FloatVector.fromArray(FLOATS, bias[6], o + COUNT);
            var a7 = FloatVector.fromArray(FLOATS, bias[7], o);
            var b7 = FloatVector.fromArray(FLOATS, bias[7], o + COUNT);
            for (int i = first; i < end; i++) {
                var pair = load((place + (long) i * abreast) * (VECTOR / 2));
                var v = lower(pair);
                var w = upper(pair);
                var y0 = FloatVector.broadcast(FLOATS, x0[at0 + i]);
                a0 = v.fma(y0, a0);
                b0 = w.fma(y0, b0);
                var y1 = FloatVector.broadcast(FLOATS, x1[at1 + i]);
                a1 = v.fma(y1, a1);
                b1 = w.fma(y1, b1);
                var y2 = FloatVector.broadcast(FLOATS, x2[at2 + i]);
                a2 = v.fma(y2, a2);
                b2 = w.fma(y2, b2);
                var y3 = FloatVector.broadcast(FLOATS, x3[at3 + i]);
                a3 = v.fma(y3, a3);
                b3 = w.fma(y3, b3);
                var y4 = FloatVector.broadcast(FLOATS, x4[at4 + i]);
                a4 = v.fma(y4, a4);
                b4 = w.fma(y4, b4);
                var y5 = FloatVector.broadcast(FLOATS, x5[at5 + i]);
                a5 = v.fma(y5, a5);
                b5 = w.fma(y5, b5);
                var y6 = FloatVector.broadcast(FLOATS, x6[at6 + i]);
                a6 = v.fma(y6, a6);
                b6 = w.fma(y6, b6);
                var y7 = FloatVector.broadcast(FLOATS, x7[at7 + i]);
                a7 = v.fma(y7, a7);
                b7 = w.fma(y7, b7);
            }
            a0.intoArray(sum[0], o);
            b0.intoArray(sum[0], o + COUNT);
            a1.intoArray(sum[1], o);
            b1.intoArray(sum[1], o + COUNT);
            a2.intoArray(sum[2], o);
            b2.intoArray(sum[2], o + COUNT);
            a3.intoArray(sum[3], o);
            b3.intoArray(sum[3], o + COUNT);
            a4.intoArray(sum[4], o);
            b4.intoArray(sum[4], o + COUNT);
            a5.intoArray(sum[5], o);
            b5.intoArray(sum[5], o + COUNT);
            a6.intoArray(sum[6], o);
            b6.intoArray(sum[6], o + COUNT);
            a7.intoArray(sum[7], o);
            b7.intoArray(sum[7], o + COUNT);
        }
    }

    private void eightVectors(float[] bias, float[] x, int at, float[] sum, Rows rows) {
        for (int o = rows.first(); o < rows.end(); o += 8 * COUNT) {
            long block = 2L * o * inputs;
            var a0 = FloatVector.fromArray(FLOATS, bias, o);
            var a1 = FloatVector.fromArray(FLOATS, bias, o + COUNT);
            var a2 = FloatVector.fromArray(FLOATS, bias, o + 2 * COUNT);
            var a3 = FloatVector.fromArray(FLOATS, bias, o + 3 * COUNT);
            var a4 = FloatVector.fromArray(FLOATS, bias, o + 4 * COUNT);
            var a5 = FloatVector.fromArray(FLOATS, bias, o + 5 * COUNT);
            var a6 = FloatVector.fromArray(FLOATS, bias, o + 6 * COUNT);
            var a7 = FloatVector.fromArray(FLOATS, bias, o + 7 * COUNT);
            for (int i = 0; i < inputs; i++) {
                long w = block + i * (4 * VECTOR);
                var x0 = FloatVector.broadcast(FLOATS, x[at + i]);
                var w0 = load(w);
                a0 = lower(w0).fma(x0, a0);
                a1 = upper(w0).fma(x0, a1);
                var w1 = load(w + VECTOR);
                a2 = lower(w1).fma(x0, a2);
                a3 = upper(w1).fma(x0, a3);
                var w2 = load(w + 2 * VECTOR);
                a4 = lower(w2).fma(x0, a4);
                a5 = upper(w2).fma(x0, a5);
                var w3 = load(w + 3 * VECTOR);
                a6 = lower(w3).fma(x0, a6);
                a7 = upper(w3).fma(x0, a7);
            }
            a0.intoArray(sum, o);
            a1.intoArray(sum, o + COUNT);
            a2.intoArray(sum, o + 2 * COUNT);
            a3.intoArray(sum, o + 3 * COUNT);
            a4.intoArray(sum, o + 4 * COUNT);
            a5.intoArray(sum, o + 5 * COUNT);
            a6.intoArray(sum, o + 6 * COUNT);
            a7.intoArray(sum, o + 7 * COUNT);
        }
    }

    private void fourVectorsInTwoParts(float[] bias, float[] x, int at, float[] sum, Rows rows) {
        int half = inputs / 2;
        long later = half * (2 * VECTOR);
        for (int o = rows.first(); o < rows.end(); o += 4 * COUNT) {
            long block = 2L * o * inputs;
            var a0 = FloatVector.fromArray(FLOATS, bias, o);
            var a1 = FloatVector.fromArray(FLOATS, bias, o + COUNT);
            var a2 = FloatVector.fromArray(FLOATS, bias, o + 2 * COUNT);
            var a3 = FloatVector.fromArray(FLOATS, bias, o + 3 * COUNT);
            var b0 = FloatVector.zero(FLOATS);
            var b1 = FloatVector.zero(FLOATS);
            var b2 = FloatVector.zero(FLOATS);
            var b3 = FloatVector.zero(FLOATS);
            for (int i = 0; i < half; i++) {
                long w = block + i * (2 * VECTOR);
                var x0 = FloatVector.broadcast(FLOATS, x[at + i]);
                var w0 = load(w);
                a0 = lower(w0).fma(x0, a0);
                a1 = upper(w0).fma(x0, a1);
                var w1 = load(w + VECTOR);
                a2 = lower(w1).fma(x0, a2);
                a3 = upper(w1).fma(x0, a3);
                var x1 = FloatVector.broadcast(FLOATS, x[at + half + i]);
                var w2 = load(w + later);
                b0 = lower(w2).fma(x1, b0);
                b1 = upper(w2).fma(x1, b1);
                var w3 = load(w + later + VECTOR);
                b2 = lower(w3).fma(x1, b2);
                b3 = upper(w3).fma(x1, b3);
            }
            a0.add(b0).intoArray(sum, o);
            a1.add(b1).intoArray(sum, o + COUNT);
            a2.add(b2).intoArray(sum, o + 2 * COUNT);
            a3.add(b3).intoArray(sum, o + 3 * COUNT);
        }
    }

    private void twoVectorsInFourParts(float[] bias, float[] x, int at, float[] sum, Rows rows) {
        int quarter = inputs / 4;
        long later = quarter * VECTOR;
        for (int o = rows.first(); o < rows.end(); o += 2 * COUNT) {
            long block = 2L * o * inputs;
            var a0 = FloatVector.fromArray(FLOATS, bias, o);
            var a1 = FloatVector.fromArray(FLOATS, bias, o + COUNT);
            var b0 = FloatVector.zero(FLOATS);
            var b1 = FloatVector.zero(FLOATS);
            var c0 = FloatVector.zero(FLOATS);
            var c1 = FloatVector.zero(FLOATS);
            var d0 = FloatVector.zero(FLOATS);
            var d1 = FloatVector.zero(FLOATS);
            for (int i = 0; i < quarter; i++) {
                long w = block + i * VECTOR;
                var x0 = FloatVector.broadcast(FLOATS, x[at + i]);
                var w0 = load(w);
                a0 = lower(w0).fma(x0, a0);
                a1 = upper(w0).fma(x0, a1);
                var x1 = FloatVector.broadcast(FLOATS, x[at + quarter + i]);
                var w1 = load(w + later);
                b0 = lower(w1).fma(x1, b0);
                b1 = upper(w1).fma(x1, b1);
                var x2 = FloatVector.broadcast(FLOATS, x[at + 2 * quarter + i]);
                var w2 = load(w + 2 * later);
                c0 = lower(w2).fma(x2, c0);
                c1 = upper(w2).fma(x2, c1);
                var x3 = FloatVector.broadcast(FLOATS, x[at + 3 * quarter + i]);
                var w3 = load(w + 3 * later);
                d0 = lower(w3).fma(x3, d0);
                d1 = upper(w3).fma(x3, d1);
            }
            a0.add(b0).add(c0).add(d0).intoArray(sum, o);
            a1.add(b1).add(c1).add(d1).intoArray(sum, o + COUNT);
        }
    }

    private IntVector load(long at) {
        return IntVector.fromMemorySegment(INTS, pairs, at, ByteOrder.nativeOrder());
    }

    private static FloatVector lower(IntVector pair) {
        return pair.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }

    private static FloatVector upper(IntVector pair) {
        return pair.and(UPPER).reinterpretAsFloats();
    }
}
