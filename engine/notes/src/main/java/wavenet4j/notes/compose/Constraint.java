package wavenet4j.notes.compose;

import wavenet4j.notes.Fraction;

import java.util.Set;

/// What a composed melody must satisfy, or several voices. Times are in quarters from the
/// beginning, keys and pitch classes as they sound. What could never mean anything, such as a range
/// from above to below, is an [IllegalArgumentException].
public sealed interface Constraint {
    /// What it demands, in words.
    String text();

    /// A note begins at a time; of several voices, in the top one.
    ///
    /// @param key of the note
    record Fixed(Fraction onset, int key) implements Constraint {
        public Fixed {
            requireTime(onset);
            requireKey(key);
        }

        @Override
        public String text() {
            return "key %d at quarter %s".formatted(key, onset);
        }
    }

    /// Notes that begin in a span have one of some pitch classes; of several voices, those of the
    /// top one.
    ///
    /// @param to the end of the span, which is not in it
    /// @param pitchClasses from 0, C, to 11, B
    record Allowed(Fraction from, Fraction to, Set<Integer> pitchClasses) implements Constraint {
        public Allowed {
            requireTime(from);
            if (to.compareTo(from) <= 0) {
                throw new IllegalArgumentException(
                        "a span from quarter %s to %s is empty".formatted(from, to));
            }
            pitchClasses = Set.copyOf(pitchClasses);
            pitchClasses.forEach(Constraint::requirePitchClass);
        }

        @Override
        public String text() {
            return "pitch classes %s from quarter %s to %s".formatted(pitchClasses, from, to);
        }
    }

    /// All notes of all voices lie between two keys, both included.
    record Range(int lowest, int highest) implements Constraint {
        public Range {
            requireKey(lowest);
            requireKey(highest);
            if (lowest > highest) {
                throw new IllegalArgumentException(
                        "a range from key %d down to %d holds no note".formatted(lowest, highest));
            }
        }

        @Override
        public String text() {
            return "the range from key %d to %d".formatted(lowest, highest);
        }
    }

    /// Notes and rests begin on a grid within the bar, in all voices.
    ///
    /// @param step of the grid, in quarters from the bar line
    /// @param everyBarLine whether no note is held over one
    record Meter(Fraction step, boolean everyBarLine) implements Constraint {
        public Meter {
            if (step.sign() <= 0) {
                throw new IllegalArgumentException(
                        "a grid of %s quarters is none; give a step over 0".formatted(step));
            }
        }

        @Override
        public String text() {
            return "onsets every %s quarters%s"
                    .formatted(step, everyBarLine ? " and on every bar line" : "");
        }
    }

    /// The last of the sheet is a note of that pitch class; of several voices, that of the lowest,
    /// which sounds to the end.
    record Ends(int pitchClass) implements Constraint {
        public Ends {
            requirePitchClass(pitchClass);
        }

        @Override
        public String text() {
            return "the end on pitch class " + pitchClass;
        }
    }

    /// No stretch of the melody that lasts longer is a copy of the corpus, at any place in the bar
    /// and in any transposition: from the beginning of a note to the end of a note, the same
    /// intervals, lengths and rests. Asked of a melody alone, not of several voices.
    ///
    /// @param length in quarters
    record NoCopyLongerThan(Fraction length) implements Constraint {
        public NoCopyLongerThan {
            if (length.sign() <= 0) {
                throw new IllegalArgumentException(
                        "copies of at most %s quarters are none; give a length over 0"
                                .formatted(length));
            }
        }

        @Override
        public String text() {
            return "no copy longer than %s quarters".formatted(length);
        }
    }

    /// No two voices move in parallel perfect fifths, octaves or unisons, from one onset of any
    /// voice to the next. Asked of several voices, not of a melody alone.
    record NoParallels() implements Constraint {
        @Override
        public String text() {
            return "no parallel fifths and octaves";
        }
    }

    private static void requireTime(Fraction quarters) {
        if (quarters.sign() < 0) {
            throw new IllegalArgumentException(
                    "quarter %s is before the beginning".formatted(quarters));
        }
    }

    private static void requireKey(int key) {
        if (key < 0 || key > 127) {
            throw new IllegalArgumentException("key %d is not from 0 to 127".formatted(key));
        }
    }

    private static void requirePitchClass(int pitchClass) {
        if (pitchClass < 0 || pitchClass > 11) {
            throw new IllegalArgumentException(
                    "pitch class %d is not from 0, C, to 11, B".formatted(pitchClass));
        }
    }
}
