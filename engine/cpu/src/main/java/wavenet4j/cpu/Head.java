package wavenet4j.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

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
    private final int[] positive; // which inputs of the product at hand are not zero

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
        positive = new int[Math.max(skip.outputs, hidden.outputs)];
    }

    /// @param z [L, G], then zeros
    /// @param logits `[Q]`
    void apply(float[] z, float[] logits) {
        skip.apply(skipBias, z, 0, skipSum);
        int open = rectify(skipSum);
        hidden.applySparse(hiddenBias, skipSum, positive, open, hiddenSum);
        open = rectify(hiddenSum);
        output.applySparse(outputBias, hiddenSum, positive, open, outputSum);
        System.arraycopy(outputSum, 0, logits, 0, logits.length);
    }

    /// Zeroes what is negative, about half; lists in `positive` the rest, all that the next product
    /// need look at, and tells how many those are.
    private int rectify(float[] x) {
        int count = 0;
        for (int i = 0; i < x.length; i += Lanes.COUNT) {
            var sum = FloatVector.fromArray(Lanes.FLOATS, x, i);
            sum = sum.blend(0, sum.compare(VectorOperators.LE, 0));
            sum.intoArray(x, i);
            long lanes = sum.compare(VectorOperators.NE, 0).toLong();
            for (; lanes != 0; lanes &= lanes - 1) {
                positive[count++] = i + Long.numberOfTrailingZeros(lanes);
            }
        }
        return count;
    }
}
