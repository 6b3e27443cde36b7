package wavenet4j.notes;

import java.util.Comparator;

/// One note, tied parts joined.
///
/// @param onset in quarters
/// @param length in quarters; 0 for a grace note, which is before the note at its onset
/// @param key sounding pitch as a MIDI key, 60 for middle C
/// @param name how the pitch is written
/// @param velocity from 1 to 127
/// @param voice of the part, from 1; where voices are not told apart, 1
public record Note(
        Fraction onset, Fraction length, int key, PitchName name, int velocity, int voice)
        implements Comparable<Note> {
    /// By onset, then as a score is read, so that equal notes always lie in the same order.
    private static final Comparator<Note> ORDER =
            Comparator.comparing(Note::onset)
                    .thenComparing(Note::length)
                    .thenComparingInt(Note::key)
                    .thenComparingInt(Note::voice)
                    .thenComparingInt(Note::velocity)
                    .thenComparingInt(note -> note.name.fifths());

    /// @throws IllegalArgumentException when a value is out of range
    public Note {
        Score.requireTime(onset);
        Score.requireTime(length);
        require("key", key, 0, 127);
        require("velocity", velocity, 1, 127);
        require("voice", voice, 1, 1_000);
        if (name.pitchClass() != key % 12) {
            throw new IllegalArgumentException("key %d is not named %s".formatted(key, name));
        }
    }

    /// Where it ends, in quarters.
    public Fraction end() {
        return onset.plus(length);
    }

    /// The same note at another onset.
    public Note withOnset(Fraction other) {
        return new Note(other, length, key, name, velocity, voice);
    }

    /// The same note of another length.
    public Note withLength(Fraction other) {
        return new Note(onset, other, key, name, velocity, voice);
    }

    public boolean isGrace() {
        return length.sign() == 0;
    }

    @Override
    public int compareTo(Note other) {
        return ORDER.compare(this, other);
    }

    private static void require(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s %d of a note is not from %d to %d".formatted(what, value, least, most));
        }
    }
}
