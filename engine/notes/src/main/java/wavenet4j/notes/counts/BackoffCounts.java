package wavenet4j.notes.counts;

import java.util.Arrays;

/// Counts of tokens after contexts, with interpolated Kneser-Ney smoothing (Chen and Goodman 1999).
/// A context is a list of features, the most telling first; without its last feature it is the
/// context that it backs off to. Below that of no feature, all tokens are equally likely:
///
/// `p(w | c) = (max(n(c w) - d, 0) + d t(c) p(w | c without its last feature)) / n(c)`
///
/// where t(c) is how many different tokens followed c, and n counts tokens after a longest context,
/// and after a shorter one the contexts one longer that the token followed.
final class BackoffCounts {
    private final int tokens;

    /// Contexts are the nodes of a tree, the root 0: by node and feature, the longer context.
    private final LongCounts children = new LongCounts();

    /// By node and token.
    private final LongCounts counts = new LongCounts();

    /// By node.
    private int[] totals = new int[16];

    private int[] types = new int[16];
    private int nodes = 1;

    /// By length of context: how many counts are 1, and how many 2.
    private final int[] ones;

    private final int[] twos;

    /// @param tokens their number
    /// @param features of the longest context
    BackoffCounts(int tokens, int features) {
        this.tokens = tokens;
        ones = new int[features + 1];
        twos = new int[features + 1];
    }

    void add(int[] context, int token) {
        int[] path = new int[context.length + 1];
        for (int i = 0; i < context.length; i++) path[i + 1] = child(path[i], context[i], true);
        // A shorter context counts a token once for each longer one.
        for (int length = context.length; length >= 0; length--) {
            if (count(path[length], length, token) > 1) break;
        }
    }

    private int count(int node, int length, int token) {
        long key = key(node, token);
        int count = counts.get(key) + 1;
        counts.put(key, count);
        totals[node]++;
        if (count == 1) {
            types[node]++;
            ones[length]++;
        } else if (count == 2) {
            ones[length]--;
            twos[length]++;
        } else if (count == 3) {
            twos[length]--;
        }
        return count;
    }

    double probability(int[] context, int token) {
        double probability = 1.0 / tokens;
        int node = 0;
        for (int length = 0; totals[node] > 0; length++) {
            double discount = (ones[length] + 1) / (ones[length] + 2.0 * twos[length] + 2);
            double kept = Math.max(counts.get(key(node, token)) - discount, 0);
            probability = (kept + discount * types[node] * probability) / totals[node];
            if (length == context.length) break;
            node = child(node, context[length], false);
            if (node == 0) break;
        }
        return probability;
    }

    /// The node of a context that is longer by a feature; 0 where there is none.
    private int child(int node, int feature, boolean make) {
        long key = key(node, feature);
        int child = children.get(key);
        if (child == 0 && make) {
            child = nodes++;
            children.put(key, child);
            if (child == totals.length) {
                totals = Arrays.copyOf(totals, 2 * child);
                types = Arrays.copyOf(types, 2 * child);
            }
        }
        return child;
    }

    private static long key(int node, int feature) {
        return ((long) node << 32) | (feature & 0xffff_ffffL);
    }
}
