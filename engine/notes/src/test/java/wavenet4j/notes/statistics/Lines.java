package wavenet4j.notes.statistics;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.Timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes lines of notes for tests.
final class Lines {
    private Lines() {}

    /// Quarters of these keys; 0 is a rest.
    static List<Note> quarters(int... keys) {
        var notes = new ArrayList<Note>();
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] > 0) notes.add(note(Fraction.of(i), Fraction.ONE, keys[i]));
        }
        return notes;
    }

    static Note note(Fraction onset, Fraction length, int key) {
        return new Note(onset, length, key, PitchName.of(key, 0), 80, 1);
    }

    static Score score(int quarters, List<Note> first, List<Note> second) {
        return new Score(
                Score.Credits.NONE,
                Timeline.DEFAULT,
                List.of(),
                List.of(new Part("", 0, first), new Part("", 0, second)),
                List.of(),
                Fraction.of(quarters));
    }

    static Melody melody(List<Note> notes) {
        return new Melody("", notes, Timeline.DEFAULT);
    }

    /// A melody of few keys and lengths, so that stretches recur.
    static Melody random(Random random, int notes) {
        var line = new ArrayList<Note>();
        Fraction onset = Fraction.ZERO;
        for (int i = 0; i < notes; i++) {
            Note note = note(onset, Fraction.of(1 + random.nextInt(2), 2), 60 + random.nextInt(4));
            line.add(note);
            onset = note.end();
        }
        return melody(line);
    }
}
