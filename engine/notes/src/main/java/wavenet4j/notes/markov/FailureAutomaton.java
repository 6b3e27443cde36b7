package wavenet4j.notes.markov;

/// A deterministic automaton over tokens in which a state has transitions of its own for a few
/// tokens, and for all others those of its failure state (Aho and Corasick 1975). State 0 is the
/// root, which has one for every token.
public interface FailureAutomaton {
    /// Where a transition leads that is not allowed.
    int DEAD = -1;

    /// Where a sequence begins.
    int start();

    /// The failure state; of the root, the root.
    int failure(int state);

    /// The tokens of a state's own transitions; for the root, none need be named.
    int[] tokens(int state);

    /// Where a token leads, or [#DEAD].
    int next(int state, int token);

    /// Whether a sequence may end here.
    boolean accepts(int state);
}
