package wavenet4j.cpu.internal.kernels;

import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Picker;
import wavenet4j.spec.Precision;

/// The arithmetic that takes the time, in the two ways a JVM may run it. Both give the same bits.
public sealed interface Kernels permits VectorKernels, ScalarKernels {
    /// Packs a product for that precision of its weights.
    ///
    /// @param weight [outputs, inputs], rounded to that precision
    Product product(Precision precision, float[] weight, int outputs, int inputs);

    /// `z = tanh(filter) * sigmoid(gate)`. Reads the filter at h[0, channels) and the gate at
    /// h[channels, 2 channels), and writes z to z[at, at + channels).
    ///
    /// @param channels a multiple of [Product#LANES]
    void gate(float[] h, int channels, float[] z, int at);

    /// A picker for such outputs.
    Picker picker(Distribution output);
}
