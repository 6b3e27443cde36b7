package wavenet4j.file;

import wavenet4j.spec.Precision;

/// How a safetensors file keeps the values of a tensor, by the format's own names.
public enum Dtype {
    F32(Precision.FLOAT32, 4),
    BF16(Precision.BFLOAT16, 2);

    private final Precision precision;
    private final int bytes;

    Dtype(Precision precision, int bytes) {
        this.precision = precision;
        this.bytes = bytes;
    }

    /// @throws IllegalArgumentException when files are not written in that precision
    static Dtype of(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> F32;
            case BFLOAT16 -> BF16;
            case FLOAT16, INT8 ->
                    throw new IllegalArgumentException(
                            "a file holds float32 or bfloat16 weights, not %s; backends round to it as they open a model"
                                    .formatted(precision));
        };
    }

    public Precision precision() {
        return precision;
    }

    /// Of a value.
    int bytes() {
        return bytes;
    }

    /// The nearest value that the file can keep; infinite where there is none that is finite.
    float round(float value) {
        return switch (this) {
            case F32 -> value;
            case BF16 -> Precision.fromBfloat16(Precision.toBfloat16(value));
        };
    }
}
