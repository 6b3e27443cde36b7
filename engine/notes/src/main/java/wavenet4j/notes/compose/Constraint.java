package wavenet4j.notes.compose;

import wavenet4j.notes.Fraction;

import java.util.Set;

/// What a composed melody must satisfy. Times are in quarters from the beginning of the sheet, keys
/// and pitch classes as they sound.
public sealed interface Constraint {
    /// What it demands, in words.
    String text();

    /// A note begins at a time.
    ///
    /// @param key of the note
    record Fixed(Fraction onset, int key) implements Constraint {
        @Override
        public String text() {
            return "key %d at quarter %s".formatted(key, onset);
        }
    }

    /// Notes that begin in a span have one of some pitch classes.
    ///
    /// @param to the end of the span, which is not in it
    /// @param pitchClasses from 0, C, to 11, B
    record Allowed(Fraction from, Fraction to, Set<Integer> pitchClasses) implements Constraint {
        public Allowed {
            pitchClasses = Set.copyOf(pitchClasses);
        }

        @Override
        public String text() {
            return "pitch classes %s from quarter %s to %s".formatted(pitchClasses, from, to);
        }
    }

    /// All notes lie between two keys, both included.
    record Range(int lowest, int highest) implements Constraint {
        @Override
        public String text() {
            return "the range from key %d to %d".formatted(lowest, highest);
        }
    }

    /// Notes and rests begin on a grid within the bar.
    ///
    /// @param step of the grid, in quarters from the bar line
    /// @param everyBarLine whether a note or a rest begins on each, none held over it
    record Meter(Fraction step, boolean everyBarLine) implements Constraint {
        @Override
        public String text() {
            return "onsets every %s quarters%s"
                    .formatted(step, everyBarLine ? " and on every bar line" : "");
        }
    }

    /// The last of the sheet is a note of that pitch class.
    record Ends(int pitchClass) implements Constraint {
        @Override
        public String text() {
            return "the end on pitch class " + pitchClass;
        }
    }

    /// No stretch of the melody that lasts longer is a copy of the corpus, at any place in the bar
    /// and in any transposition: from the beginning of a note to the end of a note, the same
    /// intervals, lengths and rests.
    ///
    /// @param length in quarters
    record NoCopyLongerThan(Fraction length) implements Constraint {
        @Override
        public String text() {
            return "no copy longer than %s quarters".formatted(length);
        }
    }

    /// No two voices move in parallel perfect fifths, octaves or unisons.
    record NoParallels() implements Constraint {
        @Override
        public String text() {
            return "no parallel fifths and octaves";
        }
    }
}
