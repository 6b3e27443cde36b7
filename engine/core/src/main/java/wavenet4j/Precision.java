package wavenet4j;

/// How weights are kept: in the model file, and by a backend while it runs. Activations and sums
/// are float32 in either.
public enum Precision {
    FLOAT32("F32", 4),
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

    /// The nearest bfloat16 to a finite value, ties to even, as the upper half of its float32 bits.
    public static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    /// The float32 of exactly that bfloat16.
    public static float fromBfloat16(short bfloat16) {
        return Float.intBitsToFloat(bfloat16 << 16);
    }
}
