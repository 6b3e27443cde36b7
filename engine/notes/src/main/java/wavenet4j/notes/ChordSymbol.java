package wavenet4j.notes;

import java.util.List;
import java.util.Optional;

/// A chord symbol above a score; it holds until the next one.
///
/// @param onset in quarters
/// @param chord absent for «no chord»
public record ChordSymbol(Fraction onset, Optional<Chord> chord) {
    public ChordSymbol {
        Score.requireTime(onset);
    }

    /// A chord of that name.
    ///
    /// @param degrees added to its kind, altered in it or left out
    /// @param bass where it is not the root
    public record Chord(
            PitchName root, ChordKind kind, List<Degree> degrees, Optional<PitchName> bass) {
        public Chord {
            degrees = List.copyOf(degrees);
            if (bass.equals(Optional.of(root))) bass = Optional.empty();
        }

        /// A chord without added degrees over its root.
        public Chord(PitchName root, ChordKind kind) {
            this(root, kind, List.of(), Optional.empty());
        }
    }

    /// A change of a chord's kind.
    ///
    /// @param value from 1, the root, to 13
    /// @param alter in semitones, against the major scale or, for the seventh, the minor seventh
    public record Degree(Change change, int value, int alter) {
        /// @throws IllegalArgumentException when the degree is not from 1 to 13
        public Degree {
            if (value < 1 || value > 13 || alter < -2 || alter > 2) {
                throw new IllegalArgumentException(
                        "degree %d of a chord, altered by %d, is none that is read here"
                                .formatted(value, alter));
            }
        }

        /// What is done with a degree.
        public enum Change {
            ADD,
            ALTER,
            SUBTRACT
        }
    }
}
