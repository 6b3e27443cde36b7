package wavenet4j.cpu;

import wavenet4j.ModelSpec;
import wavenet4j.Precision;
import wavenet4j.WaveNet;
import wavenet4j.Weights;

import java.util.Arrays;

/// From all z of a tick to the logits: the sum of the skips, then two dense layers, each behind a
/// rectifier.
final class Head {
    private final Product skip; // [S, L * G]
    private final Product hidden; // [A, S]
    private final Product output; // [Q, A]
    private final float[] skipBias; // [padded S], the sum over the layers
    private final float[] hiddenBias; // [padded A]
    private final float[] outputBias; // [padded Q]
    private final float[] skipSum;
    private final float[] hiddenSum;
    private final float[] outputSum;

    Head(WaveNet model, Precision precision) {
        ModelSpec spec = model.spec();
        Weights weights = model.weights();
        int skips = spec.channels().skip();
        int hiddens = spec.channels().head();
        int gates = spec.channels().gate();
        int layers = spec.layers();

        var bias = new float[skips];
        var weight = new float[skips * layers * gates]; // [S, L * G]
        for (int i = 0; i < layers; i++) {
            Weights.Layer layer = weights.layer(spec, i);
            for (int s = 0; s < skips; s++) {
                bias[s] += layer.skipBias()[s];
                System.arraycopy(
                        layer.skipWeight(), s * gates, weight, (s * layers + i) * gates, gates);
            }
        }
        skip = Product.of(precision, weight, skips, layers * gates);
        hidden = Product.of(precision, weights.tensor("head.hidden.weight"), hiddens, skips);
        output =
                Product.of(precision, weights.tensor("head.output.weight"), spec.levels(), hiddens);
        skipBias = Arrays.copyOf(bias, skip.outputs);
        hiddenBias = Arrays.copyOf(weights.tensor("head.hidden.bias"), hidden.outputs);
        outputBias = Arrays.copyOf(weights.tensor("head.output.bias"), output.outputs);
        skipSum = new float[skip.outputs];
        hiddenSum = new float[hidden.outputs];
        outputSum = new float[output.outputs];
    }

    /// @param z [L, G], then zeros
    /// @param logits [Q]
    void apply(float[] z, float[] logits) {
        skip.apply(skipBias, z, 0, skipSum);
        rectify(skipSum);
        hidden.apply(hiddenBias, skipSum, 0, hiddenSum);
        rectify(hiddenSum);
        output.apply(outputBias, hiddenSum, 0, outputSum);
        System.arraycopy(outputSum, 0, logits, 0, logits.length);
    }

    private static void rectify(float[] x) {
        for (int i = 0; i < x.length; i++) x[i] = Math.max(x[i], 0);
    }
}
