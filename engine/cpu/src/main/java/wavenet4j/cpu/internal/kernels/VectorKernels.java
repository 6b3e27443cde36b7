package wavenet4j.cpu.internal.kernels;

import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Picker;
import wavenet4j.spec.Precision;

/// On the Vector API.
public record VectorKernels() implements Kernels {
    @Override
    public Product product(Precision precision, float[] weight, int outputs, int inputs) {
        return switch (precision) {
            case FLOAT32 -> new Float32Product(weight, outputs, inputs);
            case BFLOAT16 -> new Bfloat16Product(weight, outputs, inputs);
            case INT8 -> new Int8Product(weight, outputs, inputs);
            case FLOAT16 ->
                    throw new IllegalArgumentException("there is no product of " + precision);
        };
    }

    @Override
    public void gate(float[] h, int channels, float[] z, int at) {
        VectorGate.apply(h, channels, z, at);
    }

    @Override
    public Picker picker(Distribution output) {
        return output instanceof Distribution.Categorical(int levels)
                ? new VectorPicker(levels)
                : Picker.of(output);
    }
}
