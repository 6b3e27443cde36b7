package wavenet4j.notes.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.midi.MidiFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

final class ScoreFileTest {
    @TempDir Path folder;

    /// A score of quarters in one part.
    static Score quarters(int... keys) {
        var notes = new ArrayList<Note>();
        for (int i = 0; i < keys.length; i++) {
            PitchName name = PitchName.of(keys[i], 0);
            notes.add(new Note(Fraction.of(i), Fraction.ONE, keys[i], name, 80, 1));
        }
        return new Score(
                Score.Credits.NONE,
                Timeline.DEFAULT,
                List.of(),
                List.of(new Part("Flute", 73, notes)),
                List.of(),
                Fraction.of((keys.length + 3) / 4 * 4L));
    }

    private static List<String> sounds(Score score) {
        return score.parts().stream()
                .flatMap(part -> part.notes().stream())
                .map(note -> note.onset() + "+" + note.length() + " " + note.key())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.mid", "a.MIDI", "a.musicxml", "a.xml", "a.mxl"})
    void whatIsWrittenIsReadWhateverItsName(String name) throws IOException {
        Score score = quarters(60, 62, 64, 65);
        Path file = folder.resolve(name);
        ScoreFile.write(score, file);
        assertThat(sounds(ScoreFile.read(file).score())).isEqualTo(sounds(score));
        Path renamed = Files.move(file, folder.resolve("of no kind"));
        assertThat(sounds(ScoreFile.read(renamed).score())).isEqualTo(sounds(score));
    }

    @Test
    void choralesAreReadFromTheirSixteenths() throws IOException {
        Path file = folder.resolve("chorales.json");
        Files.writeString(file, "[[[72, 60], [72, 59],\n[72, -1], [71, 57]], [[60, 48]], []]");
        List<ReadScore> scores = ScoreFile.readAll(file);
        assertThat(scores).hasSize(3);
        assertThat(sounds(scores.get(0).score()))
                .containsExactly("0+3/4 72", "3/4+1/4 71", "0+1/4 60", "1/4+1/4 59", "3/4+1/4 57");
        assertThat(sounds(scores.get(1).score())).containsExactly("0+1/4 60", "0+1/4 48");
        assertThat(scores.get(2).score().notes()).isZero();
        assertThat(scores.get(0).score().credits().title()).isEqualTo("Chorale 1");
        assertThatThrownBy(() -> ScoreFile.read(file))
                .hasMessage(file + ": holds 3 scores, not one; read its folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[[",
                "[[[60,],]]",
                "[[[60],[60,61]]]",
                "[[[128]]]",
                "[[[1e3]]]",
                "[[[60]]] x",
                "[[[99999999999]]]",
                "[[[[[[[[[[60]]]]]]]]]]",
                "[{\"a\": 1}]",
                "[[[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]]]"
            })
    void aListThatIsNoneOfChoralesIsRefused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), text);
        assertThatThrownBy(() -> ScoreFile.readAll(file))
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining("is no list of chorales from byte");
    }

    @Test
    void everyKindHasItsLimit() throws IOException {
        Path midi = folder.resolve("a.mid");
        var large = new byte[(16 << 20) + 1];
        System.arraycopy(MidiFile.toBytes(quarters(60)), 0, large, 0, 50);
        Files.write(midi, large);
        assertThatThrownBy(() -> ScoreFile.read(midi))
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining("has more than 16,777,216 bytes");
        Path chorales = folder.resolve("a.json");
        Files.writeString(chorales, "[" + "[[60]],".repeat(10_001) + "[]]");
        assertThatThrownBy(() -> ScoreFile.readAll(chorales))
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining("holds more than 10,000 chorales");
    }

    @Test
    void whatIsNoScoreIsSaid() throws IOException {
        Path none = folder.resolve("none.mid");
        assertThatThrownBy(() -> ScoreFile.read(none))
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining("there is no such file");
        Path empty = Files.createFile(folder.resolve("empty.mid"));
        assertThatThrownBy(() -> ScoreFile.read(empty)).hasMessageContaining("is empty (0 bytes)");
        Path text = Files.writeString(folder.resolve("text.mid"), "no music");
        assertThatThrownBy(() -> ScoreFile.read(text))
                .hasMessageContaining("is no score that is read here");
        Path wav = folder.resolve("a.wav");
        assertThatThrownBy(() -> ScoreFile.write(quarters(60), wav))
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining("end it with .mid, .musicxml or .mxl");
        assertThat(wav).doesNotExist();
    }
}
