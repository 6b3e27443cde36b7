package wavenet4j.cpu.internal.kernels;

import static wavenet4j.cpu.internal.kernels.Lanes.BYTES;
import static wavenet4j.cpu.internal.kernels.Lanes.COUNT;
import static wavenet4j.cpu.internal.kernels.Lanes.FLOATS;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Int8 weights, a byte for each lane: widened to float32 they are exact. The sums are over whole
/// numbers, and each is scaled once, at its end.
final class Int8Product extends Product {
    private static final long VECTOR = COUNT; // bytes

    private final MemorySegment bytes;
    private final float[] scales; // [outputs]

    Int8Product(float[] weight, int outputs, int inputs) {
        super(outputs, inputs);
        var int8 = Int8Weights.of(weight, outputs, inputs);
        scales = int8.scales();
        float[] ordered = inKernelOrder(int8.whole(), outputs, inputs);
        bytes = allocate(ordered.length + BYTES.length()); // the last vector may be read past
        for (int i = 0; i < ordered.length; i++) {
            bytes.set(ValueLayout.JAVA_BYTE, i, (byte) ordered[i]);
        }
    }

    @Override
    public void apply(float[] bias, float[] x, int at, float[] sum, Rows rows) {
        switch (parts) {
            case 1 -> fourVectors(bias, x, at, sum, rows);
            case 2 -> twoVectorsInTwoParts(bias, x, at, sum, rows);
            default -> twoVectorsInFourParts(bias, x, at, sum, rows);
        }
    }

    /// One vector of outputs at a time: with its scaling, a method for two is too long for the
    /// compiler to take in whole.
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
        for (int o = 0; o < outputs; o += COUNT) {
            int vector = o / COUNT;
            long place = (long) vector / abreast * abreast * inputs + vector % abreast;
            var a0 = FloatVector.zero(FLOATS);
            var a1 = a0;
            var a2 = a0;
            var a3 = a0;
            var a4 = a0;
            var a5 = a0;
            var a6 = a0;
            var a7 = a0;
            for (int i = first; i < end; i++) {
                var w = load((place + (long) i * abreast) * VECTOR);
                a0 = w.fma(FloatVector.broadcast(FLOATS, x0[at0 + i]), a0);
                a1 = w.fma(FloatVector.broadcast(FLOATS, x1[at1 + i]), a1);
                a2 = w.fma(FloatVector.broadcast(FLOATS, x2[at2 + i]), a2);
                a3 = w.fma(FloatVector.broadcast(FLOATS, x3[at3 + i]), a3);
                a4 = w.fma(FloatVector.broadcast(FLOATS, x4[at4 + i]), a4);
                a5 = w.fma(FloatVector.broadcast(FLOATS, x5[at5 + i]), a5);
                a6 = w.fma(FloatVector.broadcast(FLOATS, x6[at6 + i]), a6);
                a7 = w.fma(FloatVector.broadcast(FLOATS, x7[at7 + i]), a7);
            }
            var scale = scale(o);
            a0.fma(scale, FloatVector.fromArray(FLOATS, bias[0], o)).intoArray(sum[0], o);
            a1.fma(scale, FloatVector.fromArray(FLOATS, bias[1], o)).intoArray(sum[1], o);
            a2.fma(scale, FloatVector.fromArray(FLOATS, bias[2], o)).intoArray(sum[2], o);
            a3.fma(scale, FloatVector.fromArray(FLOATS, bias[3], o)).intoArray(sum[3], o);
            a4.fma(scale, FloatVector.fromArray(FLOATS, bias[4], o)).intoArray(sum[4], o);
            a5.fma(scale, FloatVector.fromArray(FLOATS, bias[5], o)).intoArray(sum[5], o);
            a6.fma(scale, FloatVector.fromArray(FLOATS, bias[6], o)).intoArray(sum[6], o);
            a7.fma(scale, FloatVector.fromArray(FLOATS, bias[7], o)).intoArray(sum[7], o);
        }
    }

    private void fourVectors(float[] bias, float[] x, int at, float[] sum, Rows rows) {
        for (int o = rows.first(); o < rows.end(); o += 4 * COUNT) {
            int vector = o % (8 * COUNT); // of a block
            long block = (long) (o - vector) * inputs + vector;
            var a0 = FloatVector.zero(FLOATS);
            var a1 = a0;
            var a2 = a0;
            var a3 = a0;
            for (int i = 0; i < inputs; i++) {
                long w = block + i * (8 * VECTOR);
                var x0 = FloatVector.broadcast(FLOATS, x[at + i]);
                a0 = load(w).fma(x0, a0);
                a1 = load(w + VECTOR).fma(x0, a1);
                a2 = load(w + 2 * VECTOR).fma(x0, a2);
                a3 = load(w + 3 * VECTOR).fma(x0, a3);
            }
            scaled(a0, scale(o), bias, o).intoArray(sum, o);
            scaled(a1, scale(o + COUNT), bias, o + COUNT).intoArray(sum, o + COUNT);
            scaled(a2, scale(o + 2 * COUNT), bias, o + 2 * COUNT).intoArray(sum, o + 2 * COUNT);
            scaled(a3, scale(o + 3 * COUNT), bias, o + 3 * COUNT).intoArray(sum, o + 3 * COUNT);
        }
    }

    private void twoVectorsInTwoParts(float[] bias, float[] x, int at, float[] sum, Rows rows) {
        int half = inputs / 2;
        long later = half * (4 * VECTOR);
        var zero = FloatVector.zero(FLOATS);
        for (int o = rows.first(); o < rows.end(); o += 2 * COUNT) {
            int vector = o % (4 * COUNT); // of a block
            long block = (long) (o - vector) * inputs + vector;
            var a0 = zero;
            var a1 = zero;
            var b0 = zero;
            var b1 = zero;
            for (int i = 0; i < half; i++) {
                long w = block + i * (4 * VECTOR);
                var x0 = FloatVector.broadcast(FLOATS, x[at + i]);
                a0 = load(w).fma(x0, a0);
                a1 = load(w + VECTOR).fma(x0, a1);
                var x1 = FloatVector.broadcast(FLOATS, x[at + half + i]);
                b0 = load(w + later).fma(x1, b0);
                b1 = load(w + later + VECTOR).fma(x1, b1);
            }
            var s0 = scale(o);
            scaled(a0, s0, bias, o).add(b0.fma(s0, zero)).intoArray(sum, o);
            var s1 = scale(o + COUNT);
            scaled(a1, s1, bias, o + COUNT).add(b1.fma(s1, zero)).intoArray(sum, o + COUNT);
        }
    }

    private void twoVectorsInFourParts(float[] bias, float[] x, int at, float[] sum, Rows rows) {
        int quarter = inputs / 4;
        long later = quarter * (2 * VECTOR);
        var zero = FloatVector.zero(FLOATS);
        for (int o = rows.first(); o < rows.end(); o += 2 * COUNT) {
            long block = (long) o * inputs;
            var a0 = zero;
            var a1 = zero;
            var b0 = zero;
            var b1 = zero;
            var c0 = zero;
            var c1 = zero;
            var d0 = zero;
            var d1 = zero;
            for (int i = 0; i < quarter; i++) {
                long w = block + i * (2 * VECTOR);
                var x0 = FloatVector.broadcast(FLOATS, x[at + i]);
                a0 = load(w).fma(x0, a0);
                a1 = load(w + VECTOR).fma(x0, a1);
                var x1 = FloatVector.broadcast(FLOATS, x[at + quarter + i]);
                b0 = load(w + later).fma(x1, b0);
                b1 = load(w + later + VECTOR).fma(x1, b1);
                var x2 = FloatVector.broadcast(FLOATS, x[at + 2 * quarter + i]);
                c0 = load(w + 2 * later).fma(x2, c0);
                c1 = load(w + 2 * later + VECTOR).fma(x2, c1);
                var x3 = FloatVector.broadcast(FLOATS, x[at + 3 * quarter + i]);
                d0 = load(w + 3 * later).fma(x3, d0);
                d1 = load(w + 3 * later + VECTOR).fma(x3, d1);
            }
            var s0 = scale(o);
            scaled(a0, s0, bias, o)
                    .add(b0.fma(s0, zero))
                    .add(c0.fma(s0, zero))
                    .add(d0.fma(s0, zero))
                    .intoArray(sum, o);
            var s1 = scale(o + COUNT);
            scaled(a1, s1, bias, o + COUNT)
                    .add(b1.fma(s1, zero))
                    .add(c1.fma(s1, zero))
                    .add(d1.fma(s1, zero))
                    .intoArray(sum, o + COUNT);
        }
    }

    private FloatVector load(long at) {
        return (FloatVector)
                ByteVector.fromMemorySegment(BYTES, bytes, at, ByteOrder.nativeOrder())
                        .castShape(FLOATS, 0);
    }

    private FloatVector scale(int o) {
        return FloatVector.fromArray(FLOATS, scales, o);
    }

    /// `bias + scale * whole` at the outputs from `o` on
    private static FloatVector scaled(FloatVector whole, FloatVector scale, float[] bias, int o) {
        return whole.fma(scale, FloatVector.fromArray(FLOATS, bias, o));
    }
}
