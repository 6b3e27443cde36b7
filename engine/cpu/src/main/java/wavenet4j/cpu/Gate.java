package wavenet4j.cpu;

import static wavenet4j.cpu.Lanes.COUNT;
import static wavenet4j.cpu.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// `z = tanh(filter) * sigmoid(gate)` with one division: `(e^2f - 1) / ((e^2f + 1) (1 + e^-g))`,
/// the exponential being [wavenet4j.Exp]'s, multiply-add by multiply-add, so that every machine and
/// vector size gives the same bits.
final class Gate {
    // Past these neither factor changes in float32, and the denominator stays finite.
    private static final float MOST_TWICE_FILTER = 20;
    private static final float MOST_GATE = 60;

    private static final float LOG2_E = 1.442695f;
    private static final float LN2_HIGH = 0x1.63p-1f;
    private static final float LN2_LOW = -2.1219444e-4f;
    private static final float ROUNDER = 0x1.8p23f;
    private static final float C2 = 1f / 2;
    private static final float C3 = 1f / 6;
    private static final float C4 = 1f / 24;
    private static final float C5 = 1f / 120;
    private static final float C6 = 1f / 720;

    private Gate() {}

    /// Reads the filter at h[0, channels) and the gate at h[channels, 2 channels), and writes z to
    /// z[at, at + channels).
    ///
    /// @param channels a multiple of [Lanes#MOST]
    static void apply(float[] h, int channels, float[] z, int at) {
        for (int j = 0; j < channels; j += COUNT) {
            var filter = FloatVector.fromArray(FLOATS, h, j);
            var gate = FloatVector.fromArray(FLOATS, h, channels + j);
            var e = expm1(clamp(filter.add(filter), MOST_TWICE_FILTER));
            var denominator = expm1(clamp(gate.neg(), MOST_GATE)).add(2).mul(e.add(2));
            e.div(denominator).intoArray(z, at + j);
        }
    }

    private static FloatVector clamp(FloatVector x, float most) {
        x = x.blend(most, x.compare(VectorOperators.GT, most));
        return x.blend(-most, x.compare(VectorOperators.LT, -most));
    }

    /// e^x - 1 for |x| up to 87.
    private static FloatVector expm1(FloatVector x) {
        var rounder = FloatVector.broadcast(FLOATS, ROUNDER);
        // x = n ln 2 + r, e^x - 1 = 2^n (e^r - 1) + (2^n - 1)
        var rounded = x.fma(FloatVector.broadcast(FLOATS, LOG2_E), rounder);
        var whole = rounded.sub(rounder);
        var power =
                rounded.reinterpretAsInts()
                        .add(127 - Float.floatToRawIntBits(ROUNDER))
                        .lanewise(VectorOperators.LSHL, 23)
                        .reinterpretAsFloats();
        var r = whole.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), x);
        r = whole.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
        var p = r.fma(FloatVector.broadcast(FLOATS, C6), FloatVector.broadcast(FLOATS, C5));
        p = p.fma(r, FloatVector.broadcast(FLOATS, C4));
        p = p.fma(r, FloatVector.broadcast(FLOATS, C3));
        p = p.fma(r, FloatVector.broadcast(FLOATS, C2));
        p = p.mul(r).fma(r, r);
        return p.fma(power, power.sub(1));
    }
}
