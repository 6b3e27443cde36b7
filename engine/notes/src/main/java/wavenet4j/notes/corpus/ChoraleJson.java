package wavenet4j.notes.corpus;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.internal.WholeFile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads a list of chorales: each a list of sixteenths, each a list of MIDI keys from the highest
/// voice down, -1 for a rest.
final class ChoraleJson {
    private static final String REPEATS =
            "repeated notes are read as one held note, since the file does not tell them apart";

    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_CHORALES = 10_000;
    private static final int MOST_VOICES = 16;
    private static final int VELOCITY = 80;
    private static final List<String> NAMES = List.of("Soprano", "Alto", "Tenor", "Bass");

    private final Path file;
    private final String text;
    private int place;

    private ChoraleJson(Path file, byte[] bytes) {
        this.file = file;
        text = new String(bytes, StandardCharsets.US_ASCII);
    }

    /// All of a file.
    ///
    /// @throws ScoreException when it is missing, has too many or is no such list
    static List<ReadScore> read(Path file) throws ScoreException {
        return new ChoraleJson(file, WholeFile.read(file, MOST_BYTES)).read();
    }

    private List<ReadScore> read() throws ScoreException {
        var scores = new ArrayList<ReadScore>();
        expect('[');
        if (!skipTo(']')) {
            do {
                if (scores.size() == MOST_CHORALES) {
                    throw new ScoreException(
                            file,
                            "holds more than %,d chorales; divide it into several files"
                                    .formatted(MOST_CHORALES));
                }
                scores.add(new ReadScore(score(piece(), scores.size() + 1), List.of(REPEATS)));
            } while (skipTo(','));
            expect(']');
        }
        skipSpace();
        if (place < text.length()) throw problem();
        return scores;
    }

    /// The steps of a piece, each of equally many voices.
    private List<int[]> piece() throws ScoreException {
        var steps = new ArrayList<int[]>();
        expect('[');
        if (skipTo(']')) return steps;
        do {
            int[] step = step();
            if (!steps.isEmpty() && step.length != steps.getFirst().length) throw problem();
            steps.add(step);
        } while (skipTo(','));
        expect(']');
        return steps;
    }

    private int[] step() throws ScoreException {
        var keys = new int[MOST_VOICES];
        int voices = 0;
        expect('[');
        do {
            int key = key();
            if (voices == MOST_VOICES) throw problem();
            keys[voices++] = key;
        } while (skipTo(','));
        expect(']');
        return Arrays.copyOf(keys, voices);
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

    private static Score score(List<int[]> steps, int number) {
        int voices = steps.isEmpty() ? 0 : steps.getFirst().length;
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

    private static List<Note> notes(List<int[]> steps, int voice) {
        var notes = new ArrayList<Note>();
        int start = 0;
        for (int step = 1; step <= steps.size(); step++) {
            int key = steps.get(start)[voice];
            if (step < steps.size() && steps.get(step)[voice] == key) continue;
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
