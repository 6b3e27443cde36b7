package wavenet4j.spec;

import java.util.Locale;

/// How weights are kept: in the model file, which is float32 or bfloat16, and by a backend while it
/// runs. Activations and sums are float32 in any.
public enum Precision {
    /// IEEE 754 binary32.
    FLOAT32,
    /// The upper half of a float32: its range, with 8 bits of precision.
    BFLOAT16,
    /// IEEE 754 binary16: 11 bits of precision, up to 65,504.
    FLOAT16,
    /// The weights of each product as whole numbers from -127 to 127 and a scale for each output,
    /// but those of the logits in bfloat16, as rounding them to int8 would lose more accuracy than
    /// all others together; embeddings, biases and the labels' weights stay float32.
    INT8;

    private static final int MOST_INT8 = 127;

    /// As commands have it, such as `bfloat16`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
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

    /// The scale of an output whose weights are at most `greatest` from 0: the nearest bfloat16 to
    /// its 127th part, so that `q * scale` is exact and weights that are rounded give their scale
    /// again.
    public static float int8Scale(float greatest) {
        return fromBfloat16(toBfloat16(greatest / MOST_INT8));
    }

    /// The whole number q, from -127 to 127, of which `q * scale` is the nearest to the weight.
    public static byte toInt8(float weight, float scale) {
        if (scale == 0) return 0;
        return (byte) Math.clamp((long) Math.rint(weight / scale), -MOST_INT8, MOST_INT8);
    }
}
