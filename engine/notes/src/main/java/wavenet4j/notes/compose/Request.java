package wavenet4j.notes.compose;

import wavenet4j.notes.Part;
import wavenet4j.notes.Score;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is to be composed.
///
/// @param given what stands already, if anything does
/// @param order the most notes that the model looks back, or onsets of several voices
public record Request(Form form, Optional<Given> given, List<Constraint> constraints, int order) {
    private static final int MOST_ORDER = 12;

    /// What stands of a sheet. Bars are counted from 0 at the beginning, a pickup included.
    ///
    /// @param score with the melody as its first part
    /// @param melody the bars in which its notes and rests are kept
    /// @param chords the bars in which its chord symbols are kept
    public record Given(Score score, Set<Integer> melody, Set<Integer> chords) {
        public Given {
            melody = Set.copyOf(melody);
            chords = Set.copyOf(chords);
        }

        /// The part that has the melody; an empty one where the score has none.
        public Part part() {
            return score.parts().isEmpty()
                    ? new Part("Melody", 0, List.of())
                    : score.parts().getFirst();
        }
    }

    /// Checks the order.
    ///
    /// @throws IllegalArgumentException when it is not from 0 to 12
    public Request {
        constraints = List.copyOf(constraints);
        if (order < 0 || order > MOST_ORDER) {
            throw new IllegalArgumentException(
                    "an order of %d is not from 0 to %d".formatted(order, MOST_ORDER));
        }
    }
}
