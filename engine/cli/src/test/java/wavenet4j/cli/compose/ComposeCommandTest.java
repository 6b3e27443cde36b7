package wavenet4j.cli.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.cli.testing.Outcome;
import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.corpus.ScoreFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

final class ComposeCommandTest {
    @TempDir Path folder;

    private Path tunes = Path.of("");

    /// Tunes of eight bars in quarters over C, F and G that wander about the scale and end on C.
    @BeforeEach
    void makeTunes() throws IOException {
        tunes = Files.createDirectory(folder.resolve("tunes"));
        for (int i = 0; i < 12; i++)
            ScoreFile.write(tune(i, 8), tunes.resolve("tune" + i + ".mid"));
    }

    private static Score tune(int seed, int bars) {
        int[] scale = {60, 62, 64, 65, 67, 69, 71, 72};
        PitchName[] roots = {PitchName.of('C', 0), PitchName.of('F', 0), PitchName.of('G', 0)};
        var random = new Random(seed);
        var notes = new ArrayList<Note>();
        var chords = new ArrayList<ChordSymbol>();
        int degree = 2;
        for (int beat = 0; beat < 4 * bars; beat++) {
            degree = Math.clamp(degree + random.nextInt(-1, 2), 0, 7);
            if (beat == 4 * bars - 1) degree = 0;
            int key = scale[degree];
            notes.add(new Note(Fraction.of(beat), Fraction.ONE, key, PitchName.of(key, 0), 80, 1));
            if (beat % 4 == 0) {
                PitchName root = roots[beat == 0 || beat == 4 * bars - 4 ? 0 : random.nextInt(3)];
                var chord = new ChordSymbol.Chord(root, ChordKind.MAJOR);
                chords.add(new ChordSymbol(Fraction.of(beat), Optional.of(chord)));
            }
        }
        var timeline =
                new Timeline(
                        List.of(), List.of(), List.of(new KeySignature(Fraction.ZERO, 0, false)));
        return new Score(
                Score.Credits.NONE,
                timeline,
                chords,
                List.of(new Part("Melody", 0, notes)),
                List.of(),
                Fraction.of(4L * bars));
    }

    private Outcome compose(String... args) {
        var all = new ArrayList<String>();
        all.add("wavenet-compose");
        all.addAll(List.of(args));
        all.addAll(
                List.of("--style=" + tunes, "--seed=1", "--out=" + folder.resolve("out.musicxml")));
        return Outcome.of(all.toArray(String[]::new));
    }

    private Score written(String name) throws IOException {
        return ScoreFile.read(folder.resolve(name)).score();
    }

    @Test
    void aSheetHasItsBarsItsRangeAndItsEnd() throws IOException {
        Outcome outcome = compose("leadsheet", "--bars=6", "--range=c4:g4", "--ends=tonic");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains(" of 12 tunes").contains("shares at most");
        Score score = written("out.musicxml");
        assertThat(score.end()).isEqualTo(Fraction.of(24));
        List<Note> melody = score.parts().getFirst().notes();
        assertThat(melody).isNotEmpty().allMatch(note -> note.key() >= 60 && note.key() <= 67);
        assertThat(melody.getLast().key() % 12).isZero();
        assertThat(score.chords()).isNotEmpty();
        assertThat(written("out.mid").parts().getFirst().notes())
                .extracting(Note::key)
                .isEqualTo(melody.stream().map(Note::key).toList());
        assertThat(folder.resolve("out.png")).isNotEmptyFile();
    }

    @Test
    void chordsThatAreGivenAreKept() throws IOException {
        Outcome outcome = compose("leadsheet", "--bars=4", "--chords=C | Am | F | G7");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(written("out.musicxml").chords())
                .extracting(symbol -> symbol.chord().orElseThrow().root().toString())
                .containsExactly("C", "A", "F", "G");
    }

    @Test
    void aTuneGoesOnAfterItsOwnNotes() throws IOException {
        Path mine = folder.resolve("mine.mid");
        Score tune = tune(99, 4);
        ScoreFile.write(tune, mine);
        Outcome outcome = compose("continue", mine.toString(), "--bars=2");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        Score score = written("out.musicxml");
        assertThat(score.end()).isEqualTo(Fraction.of(24));
        assertThat(keys(score).subList(0, 16)).isEqualTo(keys(tune));
    }

    @Test
    void barsWithinATuneAreComposedAnewAndTheOthersKept() throws IOException {
        Path mine = folder.resolve("mine.mid");
        Score tune = tune(99, 4);
        ScoreFile.write(tune, mine);
        Outcome outcome = compose("infill", mine.toString(), "--bars=2-3");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        Score score = written("out.musicxml");
        assertThat(keys(score).subList(0, 4)).isEqualTo(keys(tune).subList(0, 4));
        assertThat(keys(score).subList(keys(score).size() - 4, keys(score).size()))
                .isEqualTo(keys(tune).subList(12, 16));
        assertThat(score.end()).isEqualTo(Fraction.of(16));
    }

    private static List<Integer> keys(Score score) {
        return score.parts().getFirst().notes().stream().map(Note::key).toList();
    }

    @Test
    void whatCannotBeIsSaidInASentence() {
        Outcome none = compose("leadsheet", "--bars=4", "--range=c1:d1");
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err())
                .contains("nothing can be composed beyond bar 1, beat 1")
                .contains("range");
        assertThat(compose("leadsheet", "--chords=C | H7").err()).contains("H7, which is no chord");
        assertThat(compose("leadsheet", "--meter=7/8").err()).contains("no tune in 7/8 and major");
        assertThat(compose("infill").status()).isEqualTo(2);
    }

    @Test
    void whyNoTuneIsLearnedFromIsSaid() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.mid"), "MThd");
        assertThat(learn(broken))
                .contains(
                        broken
                                + " has no tune to learn from: broken.mid: ends within its header;"
                                + " copy or export it again");
        Path many = Files.createDirectory(folder.resolve("many"));
        assertThat(learn(many)).contains("it holds no MIDI or MusicXML file");
        for (String name : List.of("b.mid", "c.mid")) Files.createFile(many.resolve(name));
        Files.copy(broken, many.resolve("a.mid"));
        assertThat(learn(many))
                .contains("2 like b.mid: is empty (0 bytes); copy or export it again; a.mid: ends");
    }

    private static String learn(Path style) {
        return Outcome.of("wavenet-compose", "leadsheet", "--style=" + style).err();
    }
}
