package wavenet4j.train.kernels;

import static jdk.incubator.vector.FloatVector.fromArray;

import static wavenet4j.train.kernels.Products.FLOATS;
import static wavenet4j.train.kernels.Products.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The cross entropy of levels under the softmax of logits.
///
/// @param levels Q
public record SoftmaxLoss(int levels) implements OutputLoss {
    private static final float LEAST = -87; // of e^x as a normal number

    /// The gradient is the softmax, less 1 at the level.
    @Override
    public double natsAndGradient(float[] outputs, int at, int level, float scale) {
        float most = most(outputs, at);
        float logit = outputs[at + level];
        double sum = exps(outputs, at, most);
        float factor = (float) (scale / sum);
        for (int c = 0; c < levels; c += LANES) {
            fromArray(FLOATS, outputs, at + c).mul(factor).intoArray(outputs, at + c);
        }
        outputs[at + level] -= scale;
        return most + Math.log(sum) - logit;
    }

    private float most(float[] outputs, int at) {
        var most = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int c = 0; c < levels; c += LANES) {
            var mask = FLOATS.indexInRange(c, levels);
            most = most.lanewise(VectorOperators.MAX, fromArray(FLOATS, outputs, at + c), mask);
        }
        return most.reduceLanes(VectorOperators.MAX);
    }

    /// Replaces the logits by `e^(logit - most)`, and padding by 0.
    ///
    /// @return their sum
    private double exps(float[] outputs, int at, float most) {
        var zero = FloatVector.zero(FLOATS);
        var sum = zero;
        for (int c = 0; c < levels; c += LANES) {
            var mask = FLOATS.indexInRange(c, levels);
            var e = Elementwise.exp(fromArray(FLOATS, outputs, at + c).sub(most).max(LEAST));
            e = zero.blend(e, mask);
            e.intoArray(outputs, at + c);
            sum = sum.add(e);
        }
        // Not by reduceLanes, whose order changes once Java has compiled it: so would the rounding.
        var lanes = new float[LANES];
        sum.intoArray(lanes, 0);
        double total = 0;
        for (float lane : lanes) total += lane;
        return total;
    }
}
