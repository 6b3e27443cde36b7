package wavenet4j.notes.markov;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Accepts the sequences in which no forbidden pair of tokens stands side by side.
public final class ForbiddenPairs implements FailureAutomaton {
    /// Whether the second must not follow the first.
    @FunctionalInterface
    public interface Rule {
        boolean forbids(int first, int second);
    }

    private final int[][] forbidden; // state 1 + token: what must not follow it

    /// Looks at every pair of tokens.
    public ForbiddenPairs(Tokens tokens, Rule rule) {
        int count = tokens.count();
        forbidden = new int[count + 1][];
        forbidden[0] = new int[0];
        for (int first = 0; first < count; first++) {
            int of = first;
            forbidden[first + 1] =
                    IntStream.range(0, count)
                            .filter(second -> tokens.slot(second) == tokens.slotAfter(of))
                            .filter(second -> rule.forbids(of, second))
                            .toArray();
        }
    }

    @Override
    public int start() {
        return 0;
    }

    @Override
    public int failure(int state) {
        return 0;
    }

    @Override
    public int[] tokens(int state) {
        return forbidden[state];
    }

    @Override
    public int next(int state, int token) {
        return Arrays.binarySearch(forbidden[state], token) >= 0 ? DEAD : token + 1;
    }

    @Override
    public boolean accepts(int state) {
        return true;
    }
}
