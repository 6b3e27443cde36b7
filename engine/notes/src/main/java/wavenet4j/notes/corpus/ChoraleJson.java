package wavenet4j.notes.corpus;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.Timeline;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads a list of chorales: each a list of sixteenths, each a list of MIDI keys from the highest
/// voice down, -1 for a rest.
final class ChoraleJson {
    private static final String REPEATS =
            "repeated notes are read as one held note, since the file does not tell them apart";

    private static final int MOST_VOICES = 16;
    private static final int VELOCITY = 80;
    private static final List<String> NAMES = List.of("Soprano", "Alto", "Tenor", "Bass");

    private final Path file;
    private final String text;
    private int place;

    ChoraleJson(Path file, byte[] bytes) {
        this.file = file;
        text = new String(bytes, StandardCharsets.US_ASCII);
    }

    List<ReadScore> read() throws ScoreException {
        var scores = new ArrayList<ReadScore>();
        expect('[');
        if (!skipTo(']')) {
            do {
                scores.add(new ReadScore(score(piece(), scores.size() + 1), List.of(REPEATS)));
            } while (skipTo(','));
            expect(']');
        }
        skipSpace();
        if (place < text.length()) throw problem();
        return scores;
    }

    /// The steps of a piece, each of equally many voices.
    private List<List<Integer>> piece() throws ScoreException {
        var steps = new ArrayList<List<Integer>>();
        expect('[');
        if (skipTo(']')) return steps;
        do {
            List<Integer> step = step();
            if (step.size() != (steps.isEmpty() ? step : steps.getFirst()).size()) throw problem();
            steps.add(step);
        } while (skipTo(','));
        expect(']');
        return steps;
    }

    private List<Integer> step() throws ScoreException {
        var keys = new ArrayList<Integer>();
        expect('[');
        do {
            keys.add(key());
            if (keys.size() > MOST_VOICES) throw problem();
        } while (skipTo(','));
        expect(']');
        return keys;
    }

    private int key() throws ScoreException {
        skipSpace();
        int start = place;
        while (place < text.length() && "-0123456789".indexOf(text.charAt(place)) >= 0) place++;
        try {
            int key = Integer.parseInt(text.substring(start, place));
            if (key >= -1 && key <= 127) return key;
        } catch (NumberFormatException _) {
            // The same.
        }
        place = start;
        throw problem();
    }

    private Score score(List<List<Integer>> steps, int number) {
        int voices = steps.isEmpty() ? 0 : steps.getFirst().size();
        var parts = new ArrayList<Part>();
        for (int voice = 0; voice < voices; voice++) {
            String name = voices == NAMES.size() ? NAMES.get(voice) : "";
            parts.add(new Part(name, 0, notes(steps, voice)));
        }
        return new Score(
                new Score.Credits("Chorale " + number, "", ""),
                Timeline.DEFAULT,
                List.of(),
                parts,
                List.of(),
                sixteenths(steps.size()));
    }

    private static List<Note> notes(List<List<Integer>> steps, int voice) {
        var notes = new ArrayList<Note>();
        int start = 0;
        for (int step = 1; step <= steps.size(); step++) {
            int key = steps.get(start).get(voice);
            if (step < steps.size() && steps.get(step).get(voice) == key) continue;
            if (key >= 0) {
                Fraction onset = sixteenths(start);
                Fraction length = sixteenths(step - start);
                notes.add(new Note(onset, length, key, PitchName.of(key, 0), VELOCITY, 1));
            }
            start = step;
        }
        return notes;
    }

    private static Fraction sixteenths(int count) {
        return Fraction.of(count, 4);
    }

    private void expect(char sign) throws ScoreException {
        if (!skipTo(sign)) throw problem();
    }

    /// Whether that sign is the next one, which is then passed.
    private boolean skipTo(char sign) {
        skipSpace();
        boolean there = place < text.length() && text.charAt(place) == sign;
        if (there) place++;
        return there;
    }

    private void skipSpace() {
        while (place < text.length() && Character.isWhitespace(text.charAt(place))) place++;
    }

    private ScoreException problem() {
        return new ScoreException(
                file,
                ("is no list of chorales from byte %,d on; write each as a list of sixteenths, each"
                                + " a list of as many MIDI keys, -1 for a rest")
                        .formatted(place));
    }
}
