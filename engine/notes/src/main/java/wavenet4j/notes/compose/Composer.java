package wavenet4j.notes.compose;

/// Composes in the style of what it has learned.
public interface Composer {
    /// Composes takes that satisfy a request, or says why there is none.
    ///
    /// @param takes how many
    /// @param seed the same one gives the same takes
    Composition compose(Request request, int takes, long seed);
}
