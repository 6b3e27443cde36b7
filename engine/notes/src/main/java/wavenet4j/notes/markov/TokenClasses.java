package wavenet4j.notes.markov;

/// Classes of tokens as the last resort of a model's contexts: after a context of one token, what
/// followed any token of its class. A class is closed: nothing else follows it, so that what a
/// model with classes generates consists of steps that it has seen.
public interface TokenClasses {
    /// No classes: after a context of one token comes what is likely anywhere.
    TokenClasses NONE =
            new TokenClasses() {
                @Override
                public boolean isNone() {
                    return true;
                }

                @Override
                public int of(int token) {
                    return -1;
                }

                @Override
                public int[] followers(int tokenClass) {
                    return new int[0];
                }
            };

    /// Whether no token has a class.
    default boolean isNone() {
        return false;
    }

    /// The class of a token, from 0; -1 for none.
    int of(int token);

    /// Tokens and ends that may follow a class though they never did.
    int[] followers(int tokenClass);
}
