package wavenet4j.notes.markov;

import java.util.Optional;

/// What sequences must satisfy, with its name.
///
/// @param text what it demands, in words
/// @param filter which tokens may begin when
/// @param automaton which sequences are accepted; absent where the filter says all
public record Demand(String text, TimeFilter filter, Optional<FailureAutomaton> automaton) {
    private static final TimeFilter ALL = (_, _) -> true;

    /// One that a filter says.
    public static Demand of(String text, TimeFilter filter) {
        return new Demand(text, filter, Optional.empty());
    }

    /// One that an automaton says.
    public static Demand of(String text, FailureAutomaton automaton) {
        return new Demand(text, ALL, Optional.of(automaton));
    }
}
