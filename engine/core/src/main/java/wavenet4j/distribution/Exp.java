package wavenet4j.distribution;

/// The exponential function in float32, the same to the last bit on every machine: only
/// multiply-adds, which Java defines exactly, where `Math.exp` may differ in its last place from
/// one processor to the next.
public final class Exp {
    // The constants are public for twins of this on vectors.

    /// 1 / ln 2
    public static final float LOG2_E = 1.442695f;

    /// The first part of ln 2, with few enough bits that its multiples are exact.
    public static final float LN2_HIGH = 0x1.63p-1f;

    /// The rest of ln 2.
    public static final float LN2_LOW = -2.1219444e-4f;

    /// Adding this to a float of moderate size rounds it to an integer, left in the low mantissa
    /// bits.
    public static final float ROUNDER = 0x1.8p23f;

    // Taylor coefficients 1/k!: on |r| <= ln(2)/2 the first one left out, r^8/8!, is below a tenth
    // of a unit in the last place.
    public static final float C2 = 1f / 2;
    public static final float C3 = 1f / 6;
    public static final float C4 = 1f / 24;
    public static final float C5 = 1f / 120;
    public static final float C6 = 1f / 720;
    public static final float C7 = 1f / 5040;

    private Exp() {}

    /// e^x within 1.1 units in the last place. Below -87 it is e^-87 (1.6e-38) and above 88 it is
    /// e^88, so that the result is always a normal number. NaN stays NaN.
    public static float exp(float x) {
        x = Math.min(Math.max(x, -87), 88);
        // x = n ln 2 + r, e^x = 2^n e^r
        float rounded = Math.fma(x, LOG2_E, ROUNDER);
        int n = Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(ROUNDER);
        float whole = rounded - ROUNDER;
        float r = Math.fma(whole, -LN2_HIGH, x);
        r = Math.fma(whole, -LN2_LOW, r);
        float p = Math.fma(C7, r, C6);
        p = Math.fma(p, r, C5);
        p = Math.fma(p, r, C4);
        p = Math.fma(p, r, C3);
        p = Math.fma(p, r, C2);
        p = Math.fma(p * r, r, r) + 1;
        return p * Float.intBitsToFloat((n + 127) << 23);
    }
}
