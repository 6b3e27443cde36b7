package wavenet4j.notes.harmony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.ChordSymbol.Chord;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.midi.MidiFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is found in songs and hymns of which the answer is known.
final class CollectionsTest {
    private static List<Score> scores(String name) throws IOException {
        Path folder = Path.of(System.getProperty("wavenet4j.data", "shared/data"), name, "midi");
        assumeThat(folder).isDirectory();
        try (Stream<Path> files = Files.list(folder)) {
            var scores = new ArrayList<Score>();
            for (Path file : files.sorted().toList()) scores.add(MidiFile.read(file).score());
            return scores;
        }
    }

    /// The score with its parts in reverse order and without their names.
    private static Score disguised(Score score) {
        return score.withParts(
                score.parts().reversed().stream()
                        .map(part -> new Part("", part.program(), part.notes()))
                        .toList());
    }

    private static long melodiesFound(List<Score> scores) {
        return scores.stream()
                .filter(score -> {
                    int first = score.parts().size() - 1;
                    return MelodyFinder.find(disguised(score)).orElseThrow().part() == first;
                })
                .count();
    }

    /// How many have the key of their signature, or its relative.
    private static long keysFound(List<Score> scores, boolean signature) {
        return scores.stream()
                .filter(score -> {
                    KeySignature key =
                            KeyFinder.ranking(score, Fraction.ZERO, score.end(), signature)
                                    .getFirst()
                                    .key();
                    int sharps = score.timeline().keyAt(Fraction.ZERO).sharps();
                    return Math.floorMod(key.sharps() - sharps, 12) == 0;
                })
                .count();
    }

    @Test
    void leadSheetsHaveTheirMelodyAndKey() throws IOException {
        List<Score> scores = scores("leadsheets-pd");
        assertThat(scores).hasSize(139);
        assertThat(melodiesFound(scores)).isEqualTo(139);
        assertThat(keysFound(scores, false)).isGreaterThanOrEqualTo(126);
        assertThat(keysFound(scores, true)).isGreaterThanOrEqualTo(130);
    }

    @Test
    void hymnsHaveTheirSopranoAndKey() throws IOException {
        List<Score> scores = scores("midi-hymns-satb-pd");
        assertThat(scores).hasSize(62);
        assertThat(melodiesFound(scores)).isEqualTo(62);
        assertThat(keysFound(scores, false)).isGreaterThanOrEqualTo(61);
        assertThat(keysFound(scores, true)).isEqualTo(62);
    }

    @Test
    void choralesHaveTheirSoprano() throws IOException {
        assertThat(melodiesFound(scores("chorales-jsfakes-ccby"))).isEqualTo(450);
    }

    @Test
    void chordsOfLeadSheetsAreTheirSymbols() throws IOException {
        long beats = 0;
        long roots = 0;
        long triads = 0;
        for (Score score : scores("leadsheets-pd")) {
            List<ChordSymbol> found = ChordFinder.find(score);
            for (int beat = 0; beat < score.end().floor(); beat++) {
                Optional<Chord> written = at(score.chords(), Fraction.of(beat));
                if (written.isEmpty()) continue;
                beats++;
                Optional<Chord> chord = at(found, Fraction.of(beat));
                if (!chord.map(CollectionsTest::root).equals(written.map(CollectionsTest::root))) {
                    continue;
                }
                roots++;
                if (triad(chord.get().kind()).equals(triad(written.get().kind()))) triads++;
            }
        }
        assertThat((double) roots / beats).isGreaterThan(0.98);
        assertThat((double) triads / beats).isGreaterThan(0.975);
    }

    private static int root(Chord chord) {
        return chord.root().pitchClass();
    }

    private static List<Integer> triad(ChordKind kind) {
        return kind.semitones().stream().filter(tone -> tone < 9).toList();
    }

    private static Optional<Chord> at(List<ChordSymbol> symbols, Fraction time) {
        Optional<Chord> chord = Optional.empty();
        for (ChordSymbol symbol : symbols) {
            if (symbol.onset().compareTo(time) <= 0) chord = symbol.chord();
        }
        return chord;
    }
}
