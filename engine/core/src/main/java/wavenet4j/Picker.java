package wavenet4j;

import java.util.Arrays;

/// Draws levels from logits, allocating nothing. The arithmetic is float32 in a fixed order without
/// any library function whose last bit differs between machines, so one seed gives one take
/// everywhere.
public final class Picker {
    private final float[] weights; // of each level, relative to the likeliest
    private final float[] sorted;

    /// A picker for `levels` logits.
    public Picker(int levels) {
        weights = new float[levels];
        sorted = new float[levels];
    }

    /// The first level whose running sum, in level order, exceeds `uniform` times the total.
    ///
    /// @param logits of all levels; left as they are
    /// @param uniform above 0 and below 1
    public int pick(float[] logits, Sampling sampling, float uniform) {
        float greatest = Float.NEGATIVE_INFINITY;
        int likeliest = 0;
        for (int q = 0; q < weights.length; q++) {
            if (logits[q] > greatest) {
                greatest = logits[q];
                likeliest = q;
            }
        }
        if (sampling.temperature() == 0) return likeliest;

        for (int q = 0; q < weights.length; q++) {
            weights[q] = Exp.exp((logits[q] - greatest) / sampling.temperature());
        }
        if (sampling.topK() > 0 || sampling.topP() < 1) dropUnlikely(sampling);

        float total = 0;
        for (float weight : weights) total += weight;
        float target = uniform * total;
        float sum = 0;
        for (int q = 0; q < weights.length; q++) {
            sum += weights[q];
            if (sum > target) return q;
        }
        return likeliest; // rounding ate the last share, or the logits are not numbers
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
