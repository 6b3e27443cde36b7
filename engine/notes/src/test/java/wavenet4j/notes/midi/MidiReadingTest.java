package wavenet4j.notes.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static wavenet4j.notes.midi.SmfBytes.END;
import static wavenet4j.notes.midi.SmfBytes.file;
import static wavenet4j.notes.midi.SmfBytes.hex;
import static wavenet4j.notes.midi.SmfBytes.meta;
import static wavenet4j.notes.midi.SmfBytes.text;
import static wavenet4j.notes.midi.SmfBytes.track;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Part.Pedal;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.Timeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What sound files say of time, and what of them is left out or refused.
final class MidiReadingTest {
    private static final String SCALE = String.join("", SmfBytes.SCALE);

    private static final Path NAME = Path.of("a.mid");

    private static ReadScore read(byte[]... tracks) throws ScoreException {
        return MidiFile.parse(NAME, file(tracks));
    }

    private static List<String> notes(Part part) {
        return part.notes().stream()
                .map(note -> "%d at %s for %s".formatted(note.key(), note.onset(), note.length()))
                .toList();
    }

    @Test
    void aTempoAMeterAndAKeyCountInAnyTrack() throws ScoreException {
        Score score =
                read(
                                track("00903c50", "8360803c40", END),
                                track(
                                        meta(0x51, (byte) 0x0f, (byte) 0x42, (byte) 0x40),
                                        meta(0x58, (byte) 6, (byte) 3, (byte) 36, (byte) 8),
                                        meta(0x59, (byte) -3, (byte) 1),
                                        "00913f50",
                                        "8360813f40",
                                        END))
                        .score();
        assertThat(score.timeline().tempos()).containsExactly(Tempo.of(Fraction.ZERO, 60));
        assertThat(score.timeline().meterAt(Fraction.ZERO).signature()).isEqualTo("6/8");
        assertThat(score.timeline().keyAt(Fraction.ZERO).name()).isEqualTo("C minor");
        assertThat(score.parts().getLast().notes())
                .extracting(note -> note.name().toString())
                .containsExactly("Eb");
    }

    @Test
    void aRepeatedMeterCountsWhereItBeginsABar() throws ScoreException {
        String meter = "ff580403021808";
        // At quarters 0 and 1, after which bars end at 4, 7 and so on; at 7 it says nothing.
        Score score =
                read(track("00" + meter, "8360" + meter, "9640" + meter, "9d70ff2f00")).score();
        assertThat(score.timeline().meters())
                .extracting(on -> on.onset().floor())
                .containsExactly(0L, 1L);
        assertThat(score.bars()).extracting(Bar::number).startsWith(0, 1, 2);
    }

    @Test
    void whatIsInvalidIsLeftOutAndSaid() throws ScoreException {
        ReadScore read =
                read(
                        track(
                                meta(0x51, (byte) 0, (byte) 0, (byte) 0),
                                meta(0x51, (byte) 1),
                                meta(0x58, (byte) 0, (byte) 2, (byte) 24, (byte) 8),
                                meta(0x58, (byte) 4, (byte) 8, (byte) 24, (byte) 8),
                                meta(0x59, (byte) 8, (byte) 0),
                                meta(0x21),
                                "00ff9000",
                                SCALE));
        assertThat(read.score().timeline()).isEqualTo(Timeline.DEFAULT);
        assertThat(read.remarks())
                .containsExactly(
                        "1 meta event of an unknown type is left out",
                        "1 port is invalid and left out",
                        "2 tempos are invalid and left out",
                        "2 meters are invalid and left out",
                        "1 key is invalid and left out");
    }

    @Test
    void ofTwoAtOneTimeOneIsLeftOutAndSaid() throws ScoreException {
        ReadScore read =
                read(
                        track(
                                meta(0x51, (byte) 7, (byte) 0, (byte) 0),
                                meta(0x51, (byte) 8, (byte) 0, (byte) 0),
                                meta(0x58, (byte) 3, (byte) 2, (byte) 24, (byte) 8),
                                meta(0x58, (byte) 2, (byte) 2, (byte) 24, (byte) 8),
                                meta(0x59, (byte) 1, (byte) 0),
                                meta(0x59, (byte) 3, (byte) 0),
                                SCALE));
        assertThat(read.score().timeline().meterAt(Fraction.ZERO).beats()).isEqualTo(2);
        assertThat(read.score().timeline().tempos().getFirst().microseconds()).isEqualTo(0x80000);
        assertThat(read.score().timeline().keyAt(Fraction.ZERO).sharps()).isEqualTo(1);
        assertThat(read.remarks())
                .containsExactly(
                        "1 tempo is left out, since another stands at its time",
                        "1 meter is left out, since another stands at its time",
                        "1 key is left out, since another stands at its time");
    }

    @Test
    void whatAScoreHasNotIsCounted() throws ScoreException {
        ReadScore read =
                read(
                        track(
                                "00e00040",
                                "00e01040",
                                "00d020",
                                "00a03c20",
                                "00b00764",
                                "00f0027ef7",
                                "00f70101",
                                text(1, "for Elise"),
                                meta(0x7f, (byte) 1),
                                SCALE));
        assertThat(read.score().notes()).isEqualTo(4);
        assertThat(read.remarks())
                .containsExactly(
                        "2 system exclusive messages are left out",
                        "2 pitch bends are left out",
                        "2 aftertouches are left out",
                        "1 controller move is left out",
                        "1 text is left out",
                        "1 other meta event is left out");
    }

    @Test
    void aTimeOfDroppedFramesIsExact() throws ScoreException {
        // 30,000/1,001 frames of 80 ticks: 100 ticks are 1,001/24,000 seconds.
        byte[] bytes =
                SmfBytes.join(
                        SmfBytes.header(1, 1, 0xe350),
                        track(
                                meta(0x51, (byte) 1, (byte) 1, (byte) 1),
                                "64903c50",
                                "64803c40",
                                END));
        ReadScore read = MidiFile.parse(NAME, bytes);
        Note note = read.score().parts().getFirst().notes().getFirst();
        assertThat(note.onset()).isEqualTo(Fraction.of(1_001, 12_000));
        assertThat(note.length()).isEqualTo(Fraction.of(1_001, 12_000));
        assertThat(read.remarks())
                .contains("1 tempo is left out, since time is counted in seconds");
    }

    @Test
    void patternsAreShiftedWithAllThatIsInThem() throws ScoreException {
        byte[] pattern =
                track(
                        meta(0x51, (byte) 1, (byte) 1, (byte) 1),
                        "00903c50",
                        "8360b0407f",
                        "8360803c40",
                        END);
        Score score =
                MidiFile.parse(NAME, SmfBytes.join(SmfBytes.header(2, 2, 480), pattern, pattern))
                        .score();
        assertThat(score.timeline().tempos())
                .extracting(Tempo::onset)
                .containsExactly(Fraction.ZERO, Fraction.of(2));
        assertThat(notes(score.parts().getLast())).containsExactly("60 at 2 for 2");
        assertThat(score.parts().getFirst().pedal())
                .extracting(Pedal::onset)
                .containsExactly(Fraction.ONE, Fraction.of(3));
        assertThat(score.end()).isEqualTo(Fraction.of(4));
    }

    @Test
    void aFileOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> MidiFile.parse(NAME, hex("f07e7f0601f7")))
                .isInstanceOf(ScoreException.class)
                .hasMessage(
                        "a.mid: is no Standard MIDI file: it begins with f0 7e 7f 06, not with"
                                + " MThd; export it as one");
    }

    @Test
    void aFileThatCannotBeReadIsRefusedInASentence(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> MidiFile.read(folder.resolve("no.mid")))
                .isInstanceOf(ScoreException.class)
                .hasMessageEndingWith("no.mid: there is no such file; check the name");
        assertThatThrownBy(() -> MidiFile.read(folder))
                .hasMessageEndingWith("is a folder, not a score; name a file in it");
        Path large = Files.write(folder.resolve("large.mid"), new byte[(1 << 24) + 1]);
        assertThatThrownBy(() -> MidiFile.read(large))
                .hasMessageContaining("has more than 16,777,216 bytes");
    }
}
