package wavenet4j.notes.markov;

import java.util.stream.IntStream;

/// Accepts the sequences in which no forbidden pair of tokens stands side by side.
public final class ForbiddenPairs implements FailureAutomaton {
    /// Whether the second must not follow the first.
    @FunctionalInterface
    public interface Rule {
        boolean forbids(int first, int second);
    }

    private final Tokens tokens;
    private final Rule rule;

    /// @param rule asked of no pair before it is met: of thousands of tokens, few pairs are
    public ForbiddenPairs(Tokens tokens, Rule rule) {
        this.tokens = tokens;
        this.rule = rule;
    }

    @Override
    public int start() {
        return 0;
    }

    @Override
    public int failure(int state) {
        return 0;
    }

    /// What must not follow the token before: state 1 + token is that of after a token.
    @Override
    public int[] tokens(int state) {
        if (state == 0) return new int[0];
        int slot = tokens.slotAfter(state - 1);
        return IntStream.range(0, tokens.count())
                .filter(token -> tokens.slot(token) == slot && next(state, token) == DEAD)
                .toArray();
    }

    @Override
    public int next(int state, int token) {
        return state > 0 && rule.forbids(state - 1, token) ? DEAD : token + 1;
    }

    @Override
    public boolean accepts(int state) {
        return true;
    }
}
