package wavenet4j.notes.compose;

/// Composes in the style of what it has learned.
public interface Composer {
    /// Looks for what satisfies a request: takes to draw, or why there is none.
    Composition compose(Request request);
}
