package wavenet4j.notes.markov;

import java.util.BitSet;

/// Accepts the sequences whose last token is one of a set.
public final class LastToken implements FailureAutomaton {
    private final BitSet set;

    public LastToken(BitSet set) {
        this.set = (BitSet) set.clone();
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
        return new int[0];
    }

    @Override
    public int next(int state, int token) {
        return set.get(token) ? 1 : 0;
    }

    @Override
    public boolean accepts(int state) {
        return state == 1;
    }
}
