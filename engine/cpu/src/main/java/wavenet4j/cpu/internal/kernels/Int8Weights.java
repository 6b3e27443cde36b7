package wavenet4j.cpu.internal.kernels;

import wavenet4j.spec.Precision;

/// The weights of a product in int8: `weight[o] = scales[o] * whole[o]`.
///
/// @param whole [outputs, inputs], the whole numbers from -127 to 127
/// @param scales [padded outputs], 0 past the outputs
@SuppressWarnings("ArrayRecordComponent") // never compared
record Int8Weights(float[] whole, float[] scales) {
    /// @param weight [outputs, inputs], rounded or not
    static Int8Weights of(float[] weight, int outputs, int inputs) {
        var whole = new float[weight.length];
        var scales = new float[Product.paddedOutputs(outputs)];
        for (int o = 0; o < outputs; o++) {
            int from = o * inputs;
            int to = from + inputs;
            float greatest = 0;
            for (int i = from; i < to; i++) greatest = Math.max(greatest, Math.abs(weight[i]));
            scales[o] = Precision.int8Scale(greatest);
            for (int i = from; i < to; i++) whole[i] = Precision.toInt8(weight[i], scales[o]);
        }
        return new Int8Weights(whole, scales);
    }
}
