package wavenet4j.notes.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The contexts of sequences as states of an automaton, what followed each and how often, and by
/// how much Kneser-Ney smoothing discounts those counts. A shorter context counts in how many
/// different longer ones a token followed it; one of full length, and one from a beginning on, how
/// often.
///
/// The entries of state s are those from `first(s)` on, by token.
final class ContextCounts {
    private final int order;
    private final int[] depth;
    private final int[] failure;
    private final int[] first;
    private final int[] token;
    private final int[] count;
    private final Map<Long, Integer> children;
    private final double[][] discounts; // by depth, then by count 1, 2, and 3 or more

    private ContextCounts(int order, Growing grown) {
        this.order = order;
        children = grown.children;
        int states = grown.depth.size();
        depth = grown.depth.stream().mapToInt(Integer::intValue).toArray();
        failure = grown.failure.stream().mapToInt(Integer::intValue).toArray();
        first = new int[states + 1];
        for (int state = 0; state < states; state++) {
            first[state + 1] = first[state] + grown.follows.get(state).size();
        }
        token = new int[first[states]];
        count = new int[first[states]];
        for (int state = 0; state < states; state++) {
            int entry = first[state];
            for (int follower : grown.follows.get(state).keySet().stream().sorted().toList()) {
                token[entry] = follower;
                count[entry++] = grown.count(state, follower);
            }
        }
        discounts = new double[order + 1][];
        for (int d = 0; d <= order; d++) discounts[d] = discountsAt(d);
    }

    static ContextCounts of(Tokens tokens, List<int[]> sequences, int order) {
        var grown = new Growing();
        for (int[] sequence : sequences) {
            int[] suffixes = new int[order + 1]; // the state of each length, of the tokens before
            int known = 0;
            int slot = tokens.slot(sequence[0]);
            for (int i = -1; i <= sequence.length; i++) {
                int next =
                        i < 0
                                ? tokens.beginning(slot)
                                : i < sequence.length ? sequence[i] : tokens.end(slot);
                if (tokens.slot(next) != slot) {
                    throw new IllegalArgumentException(
                            "token %d begins in slot %d, where slot %d follows"
                                    .formatted(next, tokens.slot(next), slot));
                }
                slot = tokens.slotAfter(next);
                if (i >= 0) {
                    for (int d = 0; d <= known; d++) grown.follow(suffixes[d], next);
                }
                if (i == sequence.length) break;
                known = Math.min(known + 1, order);
                for (int d = known; d > 0; d--) {
                    suffixes[d] = grown.child(suffixes[d - 1], next);
                }
                for (int d = 1; d <= known; d++) {
                    grown.failure.set(suffixes[d], suffixes[d - 1]);
                }
            }
        }
        grown.countContinuations();
        return new ContextCounts(order, grown);
    }

    /// By how much each count of that depth is lowered: 1, 2, and 3 or more (Chen and Goodman
    /// 1999), from how many there are of 1, 2, 3 and 4; all alike where one of those is missing.
    private double[] discountsAt(int d) {
        double[] n = new double[5];
        for (int state = 0; state < states(); state++) {
            if (depth[state] != d) continue;
            for (int entry = first[state]; entry < first[state + 1]; entry++) {
                if (count[entry] <= 4) n[count[entry]]++;
            }
        }
        if (n[1] == 0 || n[2] == 0) return new double[] {0.5, 0.5, 0.5};
        double y = n[1] / (n[1] + 2 * n[2]);
        if (n[3] == 0 || n[4] == 0) return new double[] {y, y, y};
        return new double[] {
            Math.clamp(1 - 2 * y * n[2] / n[1], 0.1, 0.95),
            Math.clamp(2 - 3 * y * n[3] / n[2], 0.1, 1.9),
            Math.clamp(3 - 4 * y * n[4] / n[3], 0.1, 2.8)
        };
    }

    int states() {
        return depth.length;
    }

    int entries() {
        return token.length;
    }

    /// All states, the shorter contexts first.
    int[] byDepth() {
        int[] order = new int[states()];
        int filled = 0;
        for (int d = 0; d <= this.order; d++) {
            for (int state = 0; state < depth.length; state++) {
                if (depth[state] == d) order[filled++] = state;
            }
        }
        return order;
    }

    int failure(int state) {
        return failure[state];
    }

    int first(int state) {
        return first[state];
    }

    int token(int entry) {
        return token[entry];
    }

    int count(int entry) {
        return count[entry];
    }

    double discount(int state, int entry) {
        return discounts[depth[state]][Math.min(count[entry], 3) - 1];
    }

    int[] tokens(int state) {
        return Arrays.copyOfRange(token, first[state], first[state + 1]);
    }

    /// The entry of a token after a context; negative if it never followed.
    int entry(int state, int follower) {
        return Arrays.binarySearch(token, first[state], first[state + 1], follower);
    }

    int next(int state, int follower) {
        while (true) {
            if (depth[state] < order) {
                Integer child = children.get(key(state, follower));
                if (child != null) return child;
            }
            if (state == 0) return 0;
            state = failure[state];
        }
    }

    private static long key(int state, int follower) {
        return (long) state << 32 | follower;
    }

    /// The same while sequences are still added.
    private static final class Growing {
        final Map<Long, Integer> children = new HashMap<>();
        final List<Integer> depth = new ArrayList<>(List.of(0));
        final List<Integer> failure = new ArrayList<>(List.of(0));
        final List<Map<Integer, Integer>> follows = new ArrayList<>(List.of(new HashMap<>()));
        final Map<Long, Integer> continuations = new HashMap<>();
        final Set<Integer> extended = new HashSet<>();

        int child(int state, int next) {
            return children.computeIfAbsent(
                    key(state, next),
                    _ -> {
                        depth.add(depth.get(state) + 1);
                        failure.add(0);
                        follows.add(new HashMap<>());
                        return depth.size() - 1;
                    });
        }

        void follow(int state, int next) {
            follows.get(state).merge(next, 1, Integer::sum);
        }

        void countContinuations() {
            for (int state = 1; state < depth.size(); state++) {
                int shorter = failure.get(state);
                extended.add(shorter);
                for (int next : follows.get(state).keySet()) {
                    continuations.merge(key(shorter, next), 1, Integer::sum);
                }
            }
        }

        int count(int state, int next) {
            return extended.contains(state)
                    ? continuations.getOrDefault(key(state, next), 0)
                    : follows.get(state).getOrDefault(next, 0);
        }
    }
}
