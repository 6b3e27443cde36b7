package wavenet4j.cli.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.cli.testing.Outcome;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.corpus.ScoreFile;
import wavenet4j.notes.statistics.VoiceLeading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

final class ChoraleCommandTest {
    @TempDir Path folder;

    private Path hymns = Path.of("");

    /// Hymns of eight bars in C major, quarters in four voices that wander about chords.
    @BeforeEach
    void makeHymns() throws IOException {
        hymns = Files.createDirectory(folder.resolve("hymns"));
        for (int i = 0; i < 30; i++) ScoreFile.write(hymn(i), hymns.resolve("hymn" + i + ".mid"));
        ScoreFile.write(withVoices(List.of(line(48), line(72))), hymns.resolve("two.mid"));
    }

    private static Score hymn(int seed) {
        int[][] chords = {{72, 67, 64, 48}, {74, 67, 59, 55}, {72, 69, 65, 53}, {76, 67, 60, 48}};
        var random = new Random(seed);
        List<List<Note>> voices = new ArrayList<>();
        for (int voice = 0; voice < 4; voice++) voices.add(new ArrayList<>());
        for (int beat = 0; beat < 32; beat++) {
            int[] chord = chords[beat == 31 ? 0 : random.nextInt(4)];
            for (int voice = 0; voice < 4; voice++) {
                voices.get(voice).add(quarter(beat, chord[voice]));
            }
        }
        return withVoices(voices);
    }

    private static List<Note> line(int key) {
        return List.of(quarter(0, key), quarter(1, key + 2), quarter(2, key), quarter(3, key));
    }

    private static Note quarter(int beat, int key) {
        return new Note(Fraction.of(beat), Fraction.ONE, key, PitchName.of(key, 0), 80, 1);
    }

    private static Score withVoices(List<List<Note>> voices) {
        var key = new KeySignature(Fraction.ZERO, 0, false);
        return new Score(
                Score.Credits.NONE,
                new Timeline(List.of(), List.of(), List.of(key)),
                List.of(),
                voices.stream().map(notes -> new Part("", 0, notes)).toList(),
                List.of(),
                Fraction.of(voices.getFirst().size()));
    }

    private Outcome compose(String... args) {
        var all = new ArrayList<String>(List.of("wavenet-compose", "chorale"));
        all.addAll(List.of(args));
        all.addAll(
                List.of("--style=" + hymns, "--seed=1", "--out=" + folder.resolve("out.musicxml")));
        return Outcome.of(all.toArray(String[]::new));
    }

    @Test
    void aChoraleHasItsVoicesItsBarsAndItsKey() throws IOException {
        Outcome outcome =
                compose("--bars=6", "--key=D", "--ends=tonic", "--range=d3:g5", "--no-parallels");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err())
                .contains("30 of 31 tunes, those in 4/4 and major")
                .contains("notes; 1 beside them, not of 4 voices")
                .contains("bits an onset")
                .contains("shares at most");
        Score score = ScoreFile.read(folder.resolve("out.musicxml")).score();
        assertThat(score.end()).isEqualTo(Fraction.of(24));
        assertThat(score.parts())
                .extracting(Part::name)
                .containsExactly("Soprano", "Alto", "Tenor", "Bass");
        assertThat(score.parts().getLast().notes().getLast().key() % 12).isEqualTo(2);
        assertThat(score.parts().stream().flatMap(part -> part.notes().stream()))
                .allMatch(note -> note.key() >= 50 && note.key() <= 79);
        VoiceLeading moves = VoiceLeading.of(score);
        assertThat(moves.fifths() + moves.octaves()).isZero();
        Score midi = ScoreFile.read(folder.resolve("out.mid")).score();
        assertThat(VoiceLeading.of(midi).voices()).isEqualTo(moves.voices());
        assertThat(folder.resolve("out.png")).isNotEmptyFile();
    }

    @Test
    void severalTakesAreNumbered() {
        Outcome outcome = compose("--bars=2", "--takes=2", "--meter=4/4");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(folder.resolve("out-1.musicxml")).exists();
        assertThat(folder.resolve("out-2.mid")).exists();
    }

    @Test
    void whatCannotBeIsSaidInASentence() {
        Outcome tempo = compose("--tempo=0");
        assertThat(tempo.status()).isEqualTo(1);
        assertThat(tempo.err()).contains("--tempo 0.0 is not from 10 to 1000 quarters a minute");
        Outcome range = compose("--range=c1:d1");
        assertThat(range.status()).isEqualTo(1);
        assertThat(range.err()).contains("nothing can be composed beyond bar 1, beat 1");
        assertThat(compose("--meter=7/8").err()).contains("no tune in 7/8 and major");
        for (String option : List.of("--chords=C", "--no-copy-longer-than=2bars", "--fix=a.mid")) {
            Outcome outcome = compose(option);
            assertThat(outcome.status()).isEqualTo(2);
            assertThat(outcome.err()).contains(option.replaceFirst("=.*", "") + " is for ");
        }
        assertThat(compose("mine.mid").status()).isEqualTo(2);
    }

    @Test
    void scoresWithoutVoicesAreNotLearnedFrom() throws IOException {
        Path tunes = Files.createDirectory(folder.resolve("tunes"));
        ScoreFile.write(withVoices(List.of(line(60))), tunes.resolve("tune.mid"));
        Outcome outcome = Outcome.of("wavenet-compose", "chorale", "--style=" + tunes);
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains(
                        "has no tune to learn from: no score is of two voices or more, each a"
                                + " line");
    }
}
