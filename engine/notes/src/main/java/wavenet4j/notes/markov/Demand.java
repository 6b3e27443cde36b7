package wavenet4j.notes.markov;

import java.util.Optional;

/// What sequences must satisfy, or how much likelier it makes them, with its name.
///
/// @param text what it demands, in words
/// @param weight of the tokens by the tick where they begin
/// @param automaton which sequences are accepted; absent where the weight says all
public record Demand(String text, TimeWeight weight, Optional<FailureAutomaton> automaton) {
    private static final TimeWeight NEUTRAL = (_, _) -> 1;

    /// Only certain tokens at certain ticks.
    public static Demand allowing(String text, TimeWeight.Filter filter) {
        return new Demand(text, filter.weight(), Optional.empty());
    }

    /// Some tokens rather than others.
    public static Demand weighting(String text, TimeWeight weight) {
        return new Demand(text, weight, Optional.empty());
    }

    /// Only sequences that an automaton accepts.
    public static Demand accepting(String text, FailureAutomaton automaton) {
        return new Demand(text, NEUTRAL, Optional.of(automaton));
    }
}
