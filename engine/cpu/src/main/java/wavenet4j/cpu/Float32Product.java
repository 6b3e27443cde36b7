package wavenet4j.cpu;

import static wavenet4j.cpu.Lanes.COUNT;
import static wavenet4j.cpu.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// float32 weights, one in each lane.
final class Float32Product extends Product {
    private static final long VECTOR = 4L * COUNT; // bytes

    private final MemorySegment weights;

    Float32Product(float[] weight, int outputs, int inputs) {
        super(outputs, inputs);
        float[] ordered = inKernelOrder(weight, outputs, inputs);
        weights = allocate(4L * ordered.length);
        MemorySegment.copy(ordered, 0, weights, ValueLayout.JAVA_FLOAT, 0, ordered.length);
    }

    @Override
    void apply(float[] from, float[] x, int at, float[] sum, Rows rows) {
        switch (parts) {
            case 1 -> eightVectors(from, x, at, sum, rows);
            case 2 -> fourVectorsInTwoParts(from, x, at, sum, rows);
            default -> twoVectorsInFourParts(from, x, at, sum, rows);
        }
    }

    @Override
    void applyToFour(float[] from, int step, float[] x, int[] at, float[] sum) {
        int at0 = at[0];
        int at1 = at[1];
        int at2 = at[2];
        int at3 = at[3];
        int abreast = vectorsAbreast();
        for (int o = 0; o < outputs; o += 2 * COUNT) {
            int vector = o / COUNT;
            long first = (long) vector / abreast * abreast * inputs + vector % abreast;
            var a0 = FloatVector.fromArray(FLOATS, from, o);
            var b0 = FloatVector.fromArray(FLOATS, from, o + COUNT);
            var a1 = FloatVector.fromArray(FLOATS, from, step + o);
            var b1 = FloatVector.fromArray(FLOATS, from, step + o + COUNT);
            var a2 = FloatVector.fromArray(FLOATS, from, 2 * step + o);
            var b2 = FloatVector.fromArray(FLOATS, from, 2 * step + o + COUNT);
            var a3 = FloatVector.fromArray(FLOATS, from, 3 * step + o);
            var b3 = FloatVector.fromArray(FLOATS, from, 3 * step + o + COUNT);
            for (int i = 0; i < inputs; i++) {
                long w = (first + (long) i * abreast) * VECTOR;
                var w0 = load(w);
                var w1 = load(w + VECTOR);
                var x0 = FloatVector.broadcast(FLOATS, x[at0 + i]);
                a0 = w0.fma(x0, a0);
                b0 = w1.fma(x0, b0);
                var x1 = FloatVector.broadcast(FLOATS, x[at1 + i]);
                a1 = w0.fma(x1, a1);
                b1 = w1.fma(x1, b1);
                var x2 = FloatVector.broadcast(FLOATS, x[at2 + i]);
                a2 = w0.fma(x2, a2);
                b2 = w1.fma(x2, b2);
                var x3 = FloatVector.broadcast(FLOATS, x[at3 + i]);
                a3 = w0.fma(x3, a3);
                b3 = w1.fma(x3, b3);
            }
            a0.intoArray(sum, o);
            b0.intoArray(sum, o + COUNT);
            a1.intoArray(sum, outputs + o);
            b1.intoArray(sum, outputs + o + COUNT);
            a2.intoArray(sum, 2 * outputs + o);
            b2.intoArray(sum, 2 * outputs + o + COUNT);
            a3.intoArray(sum, 3 * outputs + o);
            b3.intoArray(sum, 3 * outputs + o + COUNT);
        }
    }

    private void eightVectors(float[] from, float[] x, int at, float[] sum, Rows rows) {
        for (int o = rows.from(); o < rows.to(); o += 8 * COUNT) {
            long block = 4L * o * inputs;
            var a0 = FloatVector.fromArray(FLOATS, from, o);
            var a1 = FloatVector.fromArray(FLOATS, from, o + COUNT);
            var a2 = FloatVector.fromArray(FLOATS, from, o + 2 * COUNT);
            var a3 = FloatVector.fromArray(FLOATS, from, o + 3 * COUNT);
            var a4 = FloatVector.fromArray(FLOATS, from, o + 4 * COUNT);
            var a5 = FloatVector.fromArray(FLOATS, from, o + 5 * COUNT);
            var a6 = FloatVector.fromArray(FLOATS, from, o + 6 * COUNT);
            var a7 = FloatVector.fromArray(FLOATS, from, o + 7 * COUNT);
            for (int i = 0; i < inputs; i++) {
                long w = block + i * (8 * VECTOR);
                var x0 = FloatVector.broadcast(FLOATS, x[at + i]);
                a0 = load(w).fma(x0, a0);
                a1 = load(w + VECTOR).fma(x0, a1);
                a2 = load(w + 2 * VECTOR).fma(x0, a2);
                a3 = load(w + 3 * VECTOR).fma(x0, a3);
                a4 = load(w + 4 * VECTOR).fma(x0, a4);
                a5 = load(w + 5 * VECTOR).fma(x0, a5);
                a6 = load(w + 6 * VECTOR).fma(x0, a6);
                a7 = load(w + 7 * VECTOR).fma(x0, a7);
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

    private void fourVectorsInTwoParts(float[] from, float[] x, int at, float[] sum, Rows rows) {
        for (int o = rows.from(); o < rows.to(); o += 4 * COUNT) {
            long block = 4L * o * inputs;
            var a0 = FloatVector.fromArray(FLOATS, from, o);
            var a1 = FloatVector.fromArray(FLOATS, from, o + COUNT);
            var a2 = FloatVector.fromArray(FLOATS, from, o + 2 * COUNT);
            var a3 = FloatVector.fromArray(FLOATS, from, o + 3 * COUNT);
            var b0 = FloatVector.zero(FLOATS);
            var b1 = FloatVector.zero(FLOATS);
            var b2 = FloatVector.zero(FLOATS);
            var b3 = FloatVector.zero(FLOATS);
            for (int i = 0; i < inputs; i += 2) {
                long w = block + i * (4 * VECTOR);
                var x0 = FloatVector.broadcast(FLOATS, x[at + i]);
                a0 = load(w).fma(x0, a0);
                a1 = load(w + VECTOR).fma(x0, a1);
                a2 = load(w + 2 * VECTOR).fma(x0, a2);
                a3 = load(w + 3 * VECTOR).fma(x0, a3);
                var x1 = FloatVector.broadcast(FLOATS, x[at + i + 1]);
                b0 = load(w + 4 * VECTOR).fma(x1, b0);
                b1 = load(w + 5 * VECTOR).fma(x1, b1);
                b2 = load(w + 6 * VECTOR).fma(x1, b2);
                b3 = load(w + 7 * VECTOR).fma(x1, b3);
            }
            a0.add(b0).intoArray(sum, o);
            a1.add(b1).intoArray(sum, o + COUNT);
            a2.add(b2).intoArray(sum, o + 2 * COUNT);
            a3.add(b3).intoArray(sum, o + 3 * COUNT);
        }
    }

    private void twoVectorsInFourParts(float[] from, float[] x, int at, float[] sum, Rows rows) {
        for (int o = rows.from(); o < rows.to(); o += 2 * COUNT) {
            long block = 4L * o * inputs;
            var a0 = FloatVector.fromArray(FLOATS, from, o);
            var a1 = FloatVector.fromArray(FLOATS, from, o + COUNT);
            var b0 = FloatVector.zero(FLOATS);
            var b1 = FloatVector.zero(FLOATS);
            var c0 = FloatVector.zero(FLOATS);
            var c1 = FloatVector.zero(FLOATS);
            var d0 = FloatVector.zero(FLOATS);
            var d1 = FloatVector.zero(FLOATS);
            for (int i = 0; i < inputs; i += 4) {
                long w = block + i * (2 * VECTOR);
                var x0 = FloatVector.broadcast(FLOATS, x[at + i]);
                a0 = load(w).fma(x0, a0);
                a1 = load(w + VECTOR).fma(x0, a1);
                var x1 = FloatVector.broadcast(FLOATS, x[at + i + 1]);
                b0 = load(w + 2 * VECTOR).fma(x1, b0);
                b1 = load(w + 3 * VECTOR).fma(x1, b1);
                var x2 = FloatVector.broadcast(FLOATS, x[at + i + 2]);
                c0 = load(w + 4 * VECTOR).fma(x2, c0);
                c1 = load(w + 5 * VECTOR).fma(x2, c1);
                var x3 = FloatVector.broadcast(FLOATS, x[at + i + 3]);
                d0 = load(w + 6 * VECTOR).fma(x3, d0);
                d1 = load(w + 7 * VECTOR).fma(x3, d1);
            }
            a0.add(b0).add(c0.add(d0)).intoArray(sum, o);
            a1.add(b1).add(c1.add(d1)).intoArray(sum, o + COUNT);
        }
    }

    private FloatVector load(long at) {
        return FloatVector.fromMemorySegment(FLOATS, weights, at, ByteOrder.nativeOrder());
    }
}
