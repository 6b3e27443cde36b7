package wavenet4j.cpu.internal.kernels;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import static wavenet4j.cpu.internal.kernels.Lanes.COUNT;
import static wavenet4j.cpu.internal.kernels.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

import wavenet4j.distribution.Exp;

/// `z = tanh(filter) * sigmoid(gate)` with one division: `(e^2f - 1) / ((e^2f + 1) (1 + e^-g))`.
public final class VectorGate {
    // Past these neither factor changes in float32, and the denominator stays finite.
    private static final float MOST_TWICE_FILTER = 20;
    private static final float MOST_GATE = 60;

    private static final int EXPONENT_BITS = 127 - Float.floatToRawIntBits(Exp.ROUNDER);

    private VectorGate() {}

    /// Reads the filter at h[0, channels) and the gate at h[channels, 2 channels), and writes z to
    /// z[at, at + channels).
    ///
    /// The exponentials are [Exp]'s, side by side, as e^x - 1 so that nothing is lost near 0. They
    /// are written out here because the compiler keeps vectors in registers only within what it
    /// compiles as one, and a method of this length it never splits nor makes part of another.
    ///
    /// @param channels a multiple of [Product#LANES]
    public static void apply(float[] h, int channels, float[] z, int at) {
        var log2e = broadcast(FLOATS, Exp.LOG2_E);
        var rounder = broadcast(FLOATS, Exp.ROUNDER);
        for (int j = 0; j < channels; j += COUNT) {
            var filter = FloatVector.fromArray(FLOATS, h, j);
            var gate = FloatVector.fromArray(FLOATS, h, channels + j);
            var x = clamp(filter.add(filter), MOST_TWICE_FILTER);
            var y = clamp(gate.neg(), MOST_GATE);
            // x = n ln 2 + r: n is rounded into the low bits of a float
            var xn = x.fma(log2e, rounder);
            var yn = y.fma(log2e, rounder);
            var xPower = xn.reinterpretAsInts().add(EXPONENT_BITS).lanewise(LSHL, 23);
            var yPower = yn.reinterpretAsInts().add(EXPONENT_BITS).lanewise(LSHL, 23);
            xn = xn.sub(rounder);
            yn = yn.sub(rounder);
            x = xn.fma(broadcast(FLOATS, -Exp.LN2_HIGH), x);
            y = yn.fma(broadcast(FLOATS, -Exp.LN2_HIGH), y);
            x = xn.fma(broadcast(FLOATS, -Exp.LN2_LOW), x);
            y = yn.fma(broadcast(FLOATS, -Exp.LN2_LOW), y);
            var p = x.fma(broadcast(FLOATS, Exp.C7), broadcast(FLOATS, Exp.C6));
            var q = y.fma(broadcast(FLOATS, Exp.C7), broadcast(FLOATS, Exp.C6));
            p = p.fma(x, broadcast(FLOATS, Exp.C5));
            q = q.fma(y, broadcast(FLOATS, Exp.C5));
            p = p.fma(x, broadcast(FLOATS, Exp.C4));
            q = q.fma(y, broadcast(FLOATS, Exp.C4));
            p = p.fma(x, broadcast(FLOATS, Exp.C3));
            q = q.fma(y, broadcast(FLOATS, Exp.C3));
            p = p.fma(x, broadcast(FLOATS, Exp.C2));
            q = q.fma(y, broadcast(FLOATS, Exp.C2));
            p = p.mul(x).fma(x, x);
            q = q.mul(y).fma(y, y);
            // e^x - 1 = 2^n (e^r - 1) + (2^n - 1)
            var scale = xPower.reinterpretAsFloats();
            p = p.fma(scale, scale.sub(1));
            scale = yPower.reinterpretAsFloats();
            q = q.fma(scale, scale.sub(1));
            p.div(p.add(2).mul(q.add(2))).intoArray(z, at + j);
        }
    }

    /// x between -most and most; NaN stays NaN.
    private static FloatVector clamp(FloatVector x, float most) {
        x = x.blend(most, x.compare(GT, most));
        return x.blend(-most, x.compare(LT, -most));
    }
}
