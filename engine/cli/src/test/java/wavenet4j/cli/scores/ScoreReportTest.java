package wavenet4j.cli.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.cli.testing.Outcome;
import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.corpus.ScoreFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// `wavenet-eval --scores` on scores that the test makes.
final class ScoreReportTest {
    @TempDir Path folder;
    private Path scores = Path.of("");
    private Path json = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        scores = Files.createDirectory(folder.resolve("scores"));
        json = folder.resolve("figures.json");
    }

    private static Part part(String name, int... keys) {
        var notes = new ArrayList<Note>();
        for (int i = 0; i < keys.length; i++) {
            PitchName named = PitchName.of(keys[i], 0);
            notes.add(new Note(Fraction.of(i), Fraction.ONE, keys[i], named, 80, 1));
        }
        return new Part(name, 0, notes);
    }

    private static Score score(List<ChordSymbol> chords, Part... parts) {
        var timeline =
                new Timeline(
                        List.of(new Meter(Fraction.ZERO, 3, 4)),
                        List.of(Tempo.of(Fraction.ZERO, 90)),
                        List.of(new KeySignature(Fraction.ZERO, 1, false)));
        int quarters = parts[0].notes().size();
        return new Score(
                Score.Credits.NONE,
                timeline,
                chords,
                List.of(parts),
                List.of(),
                Fraction.of(quarters));
    }

    /// Two bars in G major: fifths move in parallel twice, octaves once, at a leap over a fifth.
    private static Score duet() {
        return score(
                List.of(),
                part("upper", 74, 76, 78, 71, 79, 79),
                part("lower", 67, 69, 71, 59, 67, 55));
    }

    private void write(String name, Score score) throws IOException {
        ScoreFile.write(score, scores.resolve(name));
    }

    private Outcome eval(Path path, String... options) {
        var all = new ArrayList<>(List.of("wavenet-eval", "--scores=" + path));
        all.addAll(List.of(options));
        return Outcome.of(all.toArray(String[]::new));
    }

    private JsonNode figures() throws IOException {
        return new JsonMapper().readTree(json.toFile());
    }

    @Test
    void aFolderIsToldWithWhatIsLeftOut() throws IOException {
        write("a.mid", duet());
        write("b.mid", duet());
        write("c.mid", score(List.of(), part("alone", 67, 69, 71)));
        Files.writeString(scores.resolve("broken.mid"), "no notes");
        Files.writeString(scores.resolve("README.md"), "words");
        Outcome outcome = eval(scores, "--json=" + json);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.text())
                .contains("kept 2 scores, 15 notes, 3 bars")
                .contains("meters: 3/4 (2)")
                .contains("keys: G major (2)")
                .contains("b.mid: has the same notes as a.mid")
                .contains("broken.mid: ")
                .contains("ignored as no scores: 1 .md")
                .contains("voice leading, 1 of 2 scores")
                .contains("upper B4 to G5, lower G3 to B4")
                .containsPattern("parallel fifths +2 +33\\.33")
                .containsPattern("parallel octaves and unisons +1 +16\\.67")
                .containsPattern("leaps over a fifth +4 +66\\.67")
                .containsPattern("leaps over an octave +0 +0\\.00")
                .doesNotContain("held-out");
        assertThat(figures().at("/corpus/leftOut/b.mid").asText()).contains("a.mid");
        assertThat(figures().at("/corpus/notes").asInt()).isEqualTo(15);
        assertThat(figures().at("/voiceLeading/fifths/count").asInt()).isEqualTo(2);
        assertThat(figures().at("/voiceLeading/voices/1/lowest").asInt()).isEqualTo(55);
        assertThat(figures().at("/style/intervals/counts/2").asInt()).isEqualTo(4);
        assertThat(figures().at("/style/placesInBar/counts/0").asInt()).isEqualTo(3);
    }

    @Test
    void aFileIsToldWithItsParts() throws IOException {
        var chord = new ChordSymbol.Chord(PitchName.of('G', 0), ChordKind.MAJOR);
        var chords = List.of(new ChordSymbol(Fraction.ZERO, Optional.of(chord)));
        write("tune.mid", score(chords, part("tune", 67, 69, 71, 72, 74, 67)));
        Outcome outcome = eval(scores.resolve("tune.mid"), "--json=" + json);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.text())
                .startsWith("tune.mid\n")
                .contains("6 notes, G4 to D5, \"tune\"")
                .contains("2 bars, 6 quarters, 4.0 s")
                .containsPattern("meter +3/4")
                .containsPattern("key +G major by its notes")
                .containsPattern("tempo +90.0 quarters a minute")
                .containsPattern("chords +1: G\\R")
                .containsPattern("pitch classes, semitones above the tonic\\R +0 +2 +4 +5 +7\\R")
                .containsPattern(" 33\\.3 +16\\.7 +16\\.7 +16\\.7 +16\\.7\\R")
                .doesNotContain("voice leading");
        assertThat(figures().at("/score/parts/0/highestKey").asInt()).isEqualTo(74);
        assertThat(figures().at("/score/seconds").asDouble()).isCloseTo(4, within(1e-3));
        assertThat(figures().at("/style/lengths/counts/1").asInt()).isEqualTo(6);
    }

    @Test
    void bitsAreThoseOfPiecesHeldOutByTheirNumbers() throws IOException {
        for (int i = 0; i < 20; i++) write("%03d.mid".formatted(100 + i), fourVoices(i));
        Outcome outcome = eval(scores, "--bits", "--json=" + json);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.text())
                .contains("held-out bits of four voices")
                .contains("16 pieces counted, 2 to tune with, 2 held out")
                .contains("held out are those with 8, to tune with are those with 9")
                .contains("A token is a voice at a sixteenth")
                .contains("must need fewer bits");
        JsonNode voices = figures().at("/heldOutBits/voices");
        assertThat(voices.at("/heldOut").toString()).isEqualTo("[\"108.mid\",\"118.mid\"]");
        assertThat(voices.at("/fixed/tokens").asInt()).isEqualTo(2 * 4 * 4 * 12);
        double token = voices.at("/fixed/bitsPerToken").asDouble();
        assertThat(token).isBetween(.01, 2.);
        assertThat(outcome.text()).contains("%.3f".formatted(token));
    }

    private static Score fourVoices(int seed) {
        var random = new Random(seed);
        var parts = new Part[4];
        for (int i = 0; i < 4; i++) {
            int lowest = 72 - 8 * i;
            int[] keys = random.ints(12, 0, 4).map(step -> lowest + 2 * step).toArray();
            parts[i] = part("voice " + i, keys);
        }
        return score(List.of(), parts);
    }

    @Test
    void tunesAreHeldOutByTheirOrder() throws IOException {
        var random = new Random(1);
        for (char name = 'a'; name < 'm'; name++) {
            int[] keys = random.ints(24, 0, 5).map(step -> 67 + 2 * step).toArray();
            var chords = new ArrayList<ChordSymbol>();
            for (int bar = 0; bar < 8; bar++) {
                var root = PitchName.of(random.nextBoolean() ? 'G' : 'D', 0);
                var chord = new ChordSymbol.Chord(root, ChordKind.MAJOR);
                chords.add(new ChordSymbol(Fraction.of(3L * bar), Optional.of(chord)));
            }
            write(name + ".mid", score(chords, part("tune", keys)));
        }
        Outcome outcome = eval(scores, "--bits", "--json=" + json);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.text())
                .contains("held-out bits of melodies")
                .contains("held-out bits of chord symbols")
                .contains("of ten each, the ninth is held out");
        JsonNode bits = figures().at("/heldOutBits");
        assertThat(bits.at("/melody/heldOut/0").asText()).isEqualTo("i.mid");
        assertThat(bits.at("/melody/adaptive/notes").asInt()).isEqualTo(24);
        assertThat(bits.at("/chords/fixed/bitsPerNote").asDouble()).isBetween(.01, 4.);
        assertThat(bits.has("voices")).isFalse();
    }

    @Test
    void whatCannotBeIsSaidInASentence() throws IOException {
        assertThat(eval(scores).err())
                .isEqualTo(
                        "wavenet-eval: %s has no scores; name a folder of MIDI, MusicXML or MXL files%n"
                                .formatted(scores));
        Path text = Files.writeString(scores.resolve("words.mid"), "no notes");
        assertThat(eval(scores).err())
                .contains("has no scores that can be used: 1 are left out, such as words.mid");
        assertThat(eval(text).err())
                .contains(text + " is no score that is read here; export it as MIDI");
        assertThat(eval(folder.resolve("none")).err()).contains("no such folder or file");
        write("duet.mid", duet());
        Outcome few = eval(scores, "--bits");
        assertThat(few.status()).isEqualTo(1);
        assertThat(few.text()).isEmpty();
        assertThat(few.err()).contains("--bits needs 10 pieces of a kind");
        assertThat(eval(scores, "--json=" + folder).err()).contains("cannot be written");
        Path duet = scores.resolve("duet.mid");
        byte[] before = Files.readAllBytes(duet);
        assertThat(eval(scores, "--json=" + duet).err()).contains("among the scores");
        assertThat(duet).hasBinaryContent(before);
    }

    @ParameterizedTest
    @CsvSource({
        "piano --scores x, --scores takes no MODEL; leave out piano",
        "--scores x --data y, --scores does not go with --data",
        "--scores x --held-out, --scores does not go with --held-out",
        "--scores x --takes 2, --scores does not go with --takes",
        "--scores x --threads 2, --scores does not go with --threads",
        "--bits, --scores",
        "piano, --data is missing",
        "--data x, there is no MODEL",
        "piano --data x --json y, --json goes with --takes or --scores",
        "--midi x, here it is --scores=x"
    })
    void aCommandLineWithoutSenseIsRefused(String line, String why) {
        Outcome outcome = Outcome.of(("wavenet-eval " + line).split(" ", -1));
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains(why);
    }
}
