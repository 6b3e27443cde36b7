package wavenet4j.cpu.internal.kernels;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;

import static wavenet4j.cpu.internal.kernels.Lanes.COUNT;
import static wavenet4j.cpu.internal.kernels.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

import wavenet4j.distribution.CategoricalPicker;
import wavenet4j.distribution.Exp;

/// A picker whose exponentials are taken a vector at a time: [Exp]'s, to the same bits.
public final class VectorPicker extends CategoricalPicker {
    private static final int EXPONENT_BITS = 127 - Float.floatToRawIntBits(Exp.ROUNDER);

    public VectorPicker(int levels) {
        super(levels);
    }

    /// Written out at this length for the reason given at [VectorGate#apply].
    @Override
    protected void weigh(float[] logits, float temperature, float[] weights) {
        int whole = FLOATS.loopBound(weights.length);
        var most = broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int q = 0; q < whole; q += COUNT) {
            var logit = FloatVector.fromArray(FLOATS, logits, q);
            most = most.blend(logit, logit.compare(GT, most));
        }
        float greatest = most.reduceLanes(MAX);
        for (int q = whole; q < weights.length; q++) {
            if (logits[q] > greatest) greatest = logits[q];
        }
        var rounder = broadcast(FLOATS, Exp.ROUNDER);
        for (int q = 0; q < whole; q += COUNT) {
            var x = FloatVector.fromArray(FLOATS, logits, q).sub(greatest).div(temperature);
            x = x.blend(88, x.compare(GT, 88));
            x = x.blend(-87, x.compare(LT, -87));
            var n = x.fma(broadcast(FLOATS, Exp.LOG2_E), rounder);
            var power = n.reinterpretAsInts().add(EXPONENT_BITS).lanewise(LSHL, 23);
            n = n.sub(rounder);
            x = n.fma(broadcast(FLOATS, -Exp.LN2_HIGH), x);
            x = n.fma(broadcast(FLOATS, -Exp.LN2_LOW), x);
            var p = x.fma(broadcast(FLOATS, Exp.C7), broadcast(FLOATS, Exp.C6));
            p = p.fma(x, broadcast(FLOATS, Exp.C5));
            p = p.fma(x, broadcast(FLOATS, Exp.C4));
            p = p.fma(x, broadcast(FLOATS, Exp.C3));
            p = p.fma(x, broadcast(FLOATS, Exp.C2));
            p = p.mul(x).fma(x, x).add(1);
            p.mul(power.reinterpretAsFloats()).intoArray(weights, q);
        }
        for (int q = whole; q < weights.length; q++) {
            weights[q] = Exp.exp((logits[q] - greatest) / temperature);
        }
    }
}
