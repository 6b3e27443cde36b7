package wavenet4j.notes.markov;

/// Which tokens may begin at which tick.
@FunctionalInterface
public interface TimeFilter {
    /// Whether it may.
    ///
    /// @param tick from 0
    boolean allows(int tick, int token);

    /// Both of them.
    default TimeFilter and(TimeFilter other) {
        return (tick, token) -> allows(tick, token) && other.allows(tick, token);
    }
}
