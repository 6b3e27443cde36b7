package wavenet4j.distribution;

/// Draws levels from logits, one for each level.
public class CategoricalPicker implements Picker {
    /// Levels whose weights are summed before they join the running sum: several short chains of
    /// additions, which a processor runs side by side.
    private static final int GROUP = 16;

    private final float[] weights; // of each level, relative to the likeliest
    private final float[] sums; // of the weights of each group
    private final float[] heap; // the weights, the greatest first; then, from the end, in order

    /// A picker for `levels` logits.
    public CategoricalPicker(int levels) {
        weights = new float[levels];
        sums = new float[Math.ceilDiv(levels, GROUP)];
        heap = new float[levels];
    }

    /// The first level whose running sum, in level order, exceeds `uniform` times the total.
    ///
    /// @param logits of all levels
    @Override
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
        System.arraycopy(weights, 0, heap, 0, heap.length);
        for (int root = heap.length / 2 - 1; root >= 0; root--) sink(root, heap.length);
        int most = sampling.topK() == 0 ? heap.length : Math.min(sampling.topK(), heap.length);
        int ordered = 0;
        float total = 0;
        if (most < heap.length) {
            while (ordered < most) total += order(ordered++);
        } else {
            for (float weight : weights) total += weight;
        }
        int kept = most;
        if (sampling.topP() < 1) {
            float wanted = sampling.topP() * total;
            float sum = 0;
            kept = 0;
            do {
                if (kept == ordered) order(ordered++);
                sum += heap[heap.length - ++kept];
            } while (sum < wanted && kept < most);
        }
        float threshold = kept == heap.length ? 0 : heap[heap.length - kept];
        for (int q = 0; q < weights.length; q++) {
            if (weights[q] < threshold) weights[q] = 0;
        }
    }

    /// Takes the greatest that is left on the heap to its place in ascending order; there are
    /// `ordered` behind it. No more are ordered than are asked for, and nothing is allocated, as
    /// `Arrays.sort` would.
    private float order(int ordered) {
        int end = heap.length - 1 - ordered;
        float greatest = heap[0];
        heap[0] = heap[end];
        heap[end] = greatest;
        sink(0, end);
        return greatest;
    }

    /// Puts the number at `root` below all greater ones of the first `size`.
    private void sink(int root, int size) {
        float sinking = heap[root];
        int at = root;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && heap[child + 1] > heap[child]) child++;
            if (!(heap[child] > sinking)) break;
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = sinking;
    }
}
