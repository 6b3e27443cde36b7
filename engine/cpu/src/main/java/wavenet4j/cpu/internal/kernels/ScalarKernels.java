package wavenet4j.cpu.internal.kernels;

import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Exp;
import wavenet4j.distribution.Picker;
import wavenet4j.spec.Precision;

/// In plain loops, for a JVM without the Vector API; the compiler still makes vectors of the
/// simplest ones.
public record ScalarKernels() implements Kernels {
    // As in Gate.
    private static final float MOST_TWICE_FILTER = 20;
    private static final float MOST_GATE = 60;

    @Override
    public Product product(Precision precision, float[] weight, int outputs, int inputs) {
        return precision == Precision.INT8
                ? new ScalarInt8Product(weight, outputs, inputs)
                : new ScalarProduct(weight, outputs, inputs);
    }

    @Override
    public void gate(float[] h, int channels, float[] z, int at) {
        for (int j = 0; j < channels; j++) {
            float filter = h[j];
            float gate = h[channels + j];
            float p = expMinus1(clamp(filter + filter, MOST_TWICE_FILTER));
            float q = expMinus1(clamp(-gate, MOST_GATE));
            z[at + j] = p / ((p + 2) * (q + 2));
        }
    }

    @Override
    public Picker picker(Distribution output) {
        return Picker.of(output);
    }

    private static float clamp(float x, float most) {
        return Math.max(Math.min(x, most), -most);
    }

    /// The steps of [VectorGate], one number at a time.
    private static float expMinus1(float x) {
        float rounded = Math.fma(x, Exp.LOG2_E, Exp.ROUNDER);
        int n = Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(Exp.ROUNDER);
        float whole = rounded - Exp.ROUNDER;
        float r = Math.fma(whole, -Exp.LN2_HIGH, x);
        r = Math.fma(whole, -Exp.LN2_LOW, r);
        float p = Math.fma(r, Exp.C7, Exp.C6);
        p = Math.fma(p, r, Exp.C5);
        p = Math.fma(p, r, Exp.C4);
        p = Math.fma(p, r, Exp.C3);
        p = Math.fma(p, r, Exp.C2);
        p = Math.fma(p * r, r, r);
        float scale = Float.intBitsToFloat((n + 127) << 23);
        return Math.fma(p, scale, scale - 1);
    }
}
