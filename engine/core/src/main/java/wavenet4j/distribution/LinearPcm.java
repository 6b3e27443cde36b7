package wavenet4j.distribution;

/// 16-bit linear PCM, whose 65,536 values are the levels: `level = value + 32768`, and a value
/// stands for a 32768th part of it.
public record LinearPcm() implements Quantizer {
    /// The number of values.
    public static final int LEVELS = 1 << 16;

    /// The amplitude between two neighbouring values.
    public static final float STEP = 0x1p-15f;

    @Override
    public int levels() {
        return LEVELS;
    }

    @Override
    public int encode(float amplitude) {
        int value = Math.round(amplitude / STEP); // 0 for NaN
        return Math.clamp(value, -LEVELS / 2, LEVELS / 2 - 1) + LEVELS / 2;
    }

    @Override
    public float decode(int level) {
        return (level - LEVELS / 2) * STEP;
    }
}
