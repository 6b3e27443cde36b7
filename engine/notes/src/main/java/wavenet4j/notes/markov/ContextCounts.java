package wavenet4j.notes.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// The contexts of sequences as states of an automaton, what followed each and how often, and by
/// how much Kneser-Ney smoothing discounts those counts. A shorter context counts in how many
/// different longer ones a token followed it; one of full length, and one from a beginning on, how
/// often.
///
/// The entries of state s are those from `first(s)` on, by token.
final class ContextCounts {
    private final TokenClasses classes;
    private final int[] depth;
    private final int[] failure;
    private final int[] first;
    private final int[] token;
    private final int[] count;
    private final Map<Long, Integer> children;
    private final Map<Integer, Integer> classStates;
    private final double[][] discounts; // by depth, then by count 1, 2, and 3 or more

    private ContextCounts(int deepest, TokenClasses classes, Growing grown) {
        this.classes = classes;
        children = grown.children;
        classStates = grown.classStates;
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
        discounts = new double[deepest + 1][];
        for (int d = 0; d <= deepest; d++) discounts[d] = discountsAt(d);
    }

    static ContextCounts of(Tokens tokens, List<int[]> sequences, TokenClasses classes, int order) {
        int oneToken = classes.isNone() ? 1 : 2; // the depth of a context of one token
        int deepest = order + oneToken - 1;
        var grown = new Growing();
        for (int[] sequence : sequences) {
            int[] suffixes = new int[deepest + 1]; // the state of each depth, of the tokens before
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
                    grown.follow(0, next);
                    for (int d = 1; d <= known; d++) {
                        if (suffixes[d] != 0) grown.follow(suffixes[d], next);
                    }
                }
                if (i == sequence.length) break;
                known = Math.min(Math.max(known + 1, oneToken), deepest);
                for (int d = known; d > oneToken; d--) {
                    suffixes[d] = grown.child(suffixes[d - 1], next, d);
                }
                if (order > 0) suffixes[oneToken] = grown.child(0, next, oneToken);
                if (!classes.isNone() && i >= 0) {
                    suffixes[1] = grown.ofClass(classes.of(next));
                }
                for (int d = 1; d <= known; d++) {
                    grown.failure.set(suffixes[d], suffixes[d - 1]);
                }
            }
        }
        grown.countContinuations();
        for (Map.Entry<Integer, Integer> state : grown.classStates.entrySet()) {
            for (int more : classes.followers(state.getKey())) {
                grown.follows.get(state.getValue()).putIfAbsent(more, 0);
            }
        }
        return new ContextCounts(deepest, classes, grown);
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
        return IntStream.range(0, states())
                .boxed()
                .sorted(Comparator.comparingInt(state -> depth[state]))
                .mapToInt(Integer::intValue)
                .toArray();
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

    /// Whether a state is a class of tokens.
    boolean isClass(int state) {
        return !classes.isNone() && depth[state] == 1;
    }

    int next(int state, int follower) {
        while (true) {
            Integer child = children.get(key(state, follower));
            if (child != null) return child;
            if (state == 0) return classStates.getOrDefault(classes.of(follower), 0);
            state = failure[state];
        }
    }

    private static long key(int state, int follower) {
        return (long) state << 32 | follower;
    }

    /// The same while sequences are still added.
    private static final class Growing {
        final Map<Long, Integer> children = new HashMap<>();
        final Map<Integer, Integer> classStates = new HashMap<>();
        final List<Integer> depth = new ArrayList<>(List.of(0));
        final List<Integer> failure = new ArrayList<>(List.of(0));
        final List<Map<Integer, Integer>> follows = new ArrayList<>(List.of(new HashMap<>()));
        final Map<Long, Integer> continuations = new HashMap<>();
        final Set<Integer> extended = new HashSet<>();

        int child(int state, int next, int atDepth) {
            return children.computeIfAbsent(key(state, next), _ -> state(atDepth));
        }

        int ofClass(int tokenClass) {
            return classStates.computeIfAbsent(tokenClass, _ -> state(1));
        }

        private int state(int atDepth) {
            depth.add(atDepth);
            failure.add(0);
            follows.add(new HashMap<>());
            return depth.size() - 1;
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

        /// A token that only begins sequences follows no longer context where none has a beginning.
        int count(int state, int next) {
            return extended.contains(state)
                    ? continuations.getOrDefault(key(state, next), 1)
                    : follows.get(state).getOrDefault(next, 0);
        }
    }
}
