package wavenet4j.notes.harmony;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.Timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Scores from text.
final class TestScores {
    private TestScores() {}

    /// A part from notes such as `60:1 62:1/2 -:1 60+64+67:2`: keys, then their length in quarters.
    static Part part(String name, String text) {
        var notes = new ArrayList<Note>();
        Fraction onset = Fraction.ZERO;
        for (String event : text.split(" ", -1)) {
            String[] halves = event.split(":", -1);
            String[] length = (halves[1] + "/1").split("/", -1);
            Fraction quarters = Fraction.of(Long.parseLong(length[0]), Long.parseLong(length[1]));
            for (String key : halves[0].split("\\+", -1)) {
                if (!key.equals("-")) notes.add(note(onset, quarters, Integer.parseInt(key)));
            }
            onset = onset.plus(quarters);
        }
        return new Part(name, 0, notes);
    }

    private static Note note(Fraction onset, Fraction length, int key) {
        return new Note(onset, length, key, PitchName.of(key, 0), 64, 1);
    }

    static Score score(Part... parts) {
        return score(List.of(), parts);
    }

    static Score inKey(int sharps, boolean minor, Part... parts) {
        return score(List.of(new KeySignature(Fraction.ZERO, sharps, minor)), parts);
    }

    private static Score score(List<KeySignature> keys, Part... parts) {
        Fraction end =
                Stream.of(parts)
                        .flatMap(part -> part.notes().stream())
                        .map(Note::end)
                        .reduce(Fraction.ZERO, Fraction::max);
        return new Score(
                Score.Credits.NONE,
                new Timeline(List.of(), List.of(), keys),
                List.of(),
                List.of(parts),
                List.of(),
                end);
    }
}
