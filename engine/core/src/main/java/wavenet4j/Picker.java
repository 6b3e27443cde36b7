package wavenet4j;

import java.util.Arrays;

/// Draws levels from logits, allocating nothing. The arithmetic is float32 in a fixed order without
/// any library function whose last bit differs between machines, so one seed gives one take
/// everywhere.
public class Picker {
    /// Levels whose weights are summed before they join the running sum: several short chains of
    /// additions, which a processor runs side by side.
    private static final int GROUP = 16;

    private final float[] weights; // of each level, relative to the likeliest
    private final float[] sums; // of the weights of each group
    private final float[] sorted;

    /// A picker for `levels` logits.
    public Picker(int levels) {
        weights = new float[levels];
        sums = new float[Math.ceilDiv(levels, GROUP)];
        sorted = new float[levels];
    }

    /// The first level whose running sum, in level order, exceeds `uniform` times the total.
    ///
    /// @param logits of all levels; left as they are
    /// @param uniform above 0 and below 1
    public final int pick(float[] logits, Sampling sampling, float uniform) {
        if (sampling.temperature() == 0) return likeliest(logits);

        weigh(logits, sampling.temperature(), weights);
        if (sampling.topK() > 0 || sampling.topP() < 1) dropUnlikely(sampling);

        float total = 0;
        for (int g = 0; g < sums.length; g++) {
            sums[g] = groupSum(g);
            total += sums[g];
        }
        float target = uniform * total;
        float sum = 0;
        for (int g = 0; g < sums.length; g++) {
            if (sum + sums[g] > target) return pickInGroup(g, sum, target);
            sum += sums[g];
        }
        return likeliest(logits); // rounding ate the last share, or the logits are not numbers
    }

    /// `weights[q] = e^((logits[q] - the greatest logit) / temperature)` by [Exp]. A backend may
    /// override it by something faster that gives the same bits.
    ///
    /// @param logits at least as many as there are weights
    protected void weigh(float[] logits, float temperature, float[] weights) {
        float greatest = Float.NEGATIVE_INFINITY;
        for (int q = 0; q < weights.length; q++) {
            if (logits[q] > greatest) greatest = logits[q];
        }
        for (int q = 0; q < weights.length; q++) {
            weights[q] = Exp.exp((logits[q] - greatest) / temperature);
        }
    }

    private int likeliest(float[] logits) {
        float greatest = Float.NEGATIVE_INFINITY;
        int likeliest = 0;
        for (int q = 0; q < weights.length; q++) {
            if (logits[q] > greatest) {
                greatest = logits[q];
                likeliest = q;
            }
        }
        return likeliest;
    }

    private float groupSum(int group) {
        int to = Math.min((group + 1) * GROUP, weights.length);
        float sum = 0;
        for (int q = group * GROUP; q < to; q++) sum += weights[q];
        return sum;
    }

    /// The level among those of a group whose whole sum takes `before` over the target.
    private int pickInGroup(int group, float before, float target) {
        int q = group * GROUP;
        float sum = weights[q];
        while (!(before + sum > target)) sum += weights[++q];
        return q;
    }

    /// Zeroes the weights outside top-k and, of the rest, outside top-p. Levels as likely as the
    /// last one that stays, stay too, so that the outcome does not depend on their order.
    private void dropUnlikely(Sampling sampling) {
        System.arraycopy(weights, 0, sorted, 0, weights.length);
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        int least = sampling.topK() == 0 ? 0 : Math.max(0, sorted.length - sampling.topK());
        if (sampling.topP() < 1) {
            float total = 0;
            for (int i = last; i >= least; i--) total += sorted[i];
            float wanted = sampling.topP() * total;
            float sum = 0;
            int i = last + 1;
            do {
                sum += sorted[--i];
            } while (sum < wanted && i > least);
            least = i;
        }
        float threshold = sorted[least];
        for (int q = 0; q < weights.length; q++) {
            if (weights[q] < threshold) weights[q] = 0;
        }
    }
}
