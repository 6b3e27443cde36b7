package wavenet4j.notes.compose;

import wavenet4j.notes.Score;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is to be composed.
///
/// @param given what stands already: its melody and chords are kept outside of the free bars
/// @param freeBars the bars, counted from 0 at the beginning of the sheet with its pickup, in which
///   nothing is kept
/// @param order the most notes that the model looks back
public record Request(
        Form form,
        Optional<Score> given,
        Set<Integer> freeBars,
        List<Constraint> constraints,
        int order) {
    private static final int MOST_ORDER = 12;

    /// Checks the order.
    ///
    /// @throws IllegalArgumentException when it is not from 0 to 12
    public Request {
        freeBars = Set.copyOf(freeBars);
        constraints = List.copyOf(constraints);
        if (order < 0 || order > MOST_ORDER) {
            throw new IllegalArgumentException(
                    "an order of %d is not from 0 to %d".formatted(order, MOST_ORDER));
        }
    }
}
