package wavenet4j;

/// How weights are kept: in the model file, and by a backend while it runs. Activations and sums
/// are float32 in either.
public enum Precision {
    /// IEEE 754 binary32.
    FLOAT32("F32", 4),
    /// The upper half of a float32: its range, with 8 bits of precision.
    BFLOAT16("BF16", 2);

    private final String safetensorsName;
    private final int bytes;

    Precision(String safetensorsName, int bytes) {
        this.safetensorsName = safetensorsName;
        this.bytes = bytes;
    }

    String safetensorsName() {
        return safetensorsName;
    }

    int bytes() {
        return bytes;
    }

    /// The nearest value of this precision, ties to even; infinite where the nearest is beyond the
    /// greatest finite one, NaN for NaN.
    public float round(float value) {
        return switch (this) {
            case FLOAT32 -> value;
            case BFLOAT16 -> fromBfloat16(toBfloat16(value));
        };
    }

    /// The nearest bfloat16, ties to even, as the upper half of its float32 bits; infinite above
    /// 3.39e38, NaN for NaN.
    public static short toBfloat16(float value) {
        int bits = Float.floatToIntBits(value); // one NaN only, whose lower half is 0: it stays NaN
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    /// The float32 of exactly that bfloat16.
    public static float fromBfloat16(short bfloat16) {
        return Float.intBitsToFloat(bfloat16 << 16);
    }
}
