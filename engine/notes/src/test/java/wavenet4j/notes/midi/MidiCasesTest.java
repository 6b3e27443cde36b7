package wavenet4j.notes.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;

import java.nio.file.Path;
import java.util.List;

/// Small files that other programs stumble over, with what is right for each. "The scale" is keys
/// 60 62 64 65, a quarter each, at 120 quarters a minute.
final class MidiCasesTest {
    private final Path folder =
            Path.of(System.getProperty("wavenet4j.data", "shared/data"), "cases", "midi");

    @BeforeEach
    void needsTheFiles() {
        assumeThat(folder).isDirectory();
    }

    private ReadScore read(String name) throws ScoreException {
        return MidiFile.read(folder.resolve(name));
    }

    private static List<String> notes(Score score) {
        return score.parts().stream()
                .map(Part::notes)
                .flatMap(List::stream)
                .map(note -> "%d at %s for %s".formatted(note.key(), note.onset(), note.length()))
                .toList();
    }

    private static void assertScale(Score score) {
        assertThat(notes(score))
                .containsExactly(
                        "60 at 0 for 1", "62 at 1 for 1", "64 at 2 for 1", "65 at 3 for 1");
        assertThat(score.end()).isEqualTo(Fraction.of(4));
        assertThat(score.timeline().seconds(score.end())).isCloseTo(2, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.mid",
                "running-after-meta.mid",
                "running-after-sysex.mid",
                "rmid.rmi"
            })
    void theScaleIsRead(String name) throws ScoreException {
        ReadScore read = read(name);
        assertScale(read.score());
        assertThat(read.remarks()).noneMatch(remark -> remark.contains("damaged"));
    }

    @ParameterizedTest
    @CsvSource({
        "volume-over-127.mid,1 data byte above 127 is taken as 127",
        "velocity-over-127.mid,1 data byte above 127 is taken as 127",
        "track-count-too-high.mid,'the number of tracks is 2, not 3 as declared'",
        "no-end-of-track.mid,1 track has no end-of-track event",
        "trailing-bytes.mid,41 bytes outside the tracks are left out",
        "unknown-chunk.mid,1 chunk of an unknown kind is left out",
        "track-length-too-long.mid,1 track has not the length that is declared",
        "zero-length.mid,1 note of no length is left out"
    })
    void theScaleIsReadWithARemark(String name, String remark) throws ScoreException {
        ReadScore read = read(name);
        assertScale(read.score());
        assertThat(read.remarks()).contains(remark);
    }

    @Test
    void aVelocityAbove127Is127() throws ScoreException {
        assertThat(read("velocity-over-127.mid").score().parts().getFirst().notes())
                .extracting(Note::velocity)
                .containsExactly(127, 80, 80, 80);
    }

    @Test
    void ofACutFileTheWholeNotesAreKept() throws ScoreException {
        ReadScore read = read("truncated.mid");
        assertThat(notes(read.score())).containsExactly("60 at 0 for 1", "62 at 1 for 1");
        assertThat(read.remarks())
                .contains("1 track is damaged or cut off; what is whole before that is kept");
    }

    @Test
    void framesOfASecondAreTime() throws ScoreException {
        ReadScore read = read("smpte.mid");
        assertScale(read.score());
        assertThat(read.remarks())
                .contains("its time is in seconds, of which a quarter is read as half of one");
    }

    @Test
    void patternsAreOneAfterTheOther() throws ScoreException {
        ReadScore read = read("format2.mid");
        assertThat(read.score().parts()).hasSize(2);
        assertScale(read.score());
        assertThat(read.remarks()).contains("its patterns are read as one after the other");
    }

    @Test
    void aNoteThatNeverEndsEndsWithItsTrack() throws ScoreException {
        ReadScore read = read("note-never-ended.mid");
        assertThat(notes(read.score()))
                .containsExactly(
                        "60 at 0 for 4", "62 at 1 for 1", "64 at 2 for 1", "65 at 3 for 1");
        assertThat(read.remarks()).contains("1 note is never ended; it ends with its track");
    }

    @Test
    void aKeyThatIsStruckAgainIsTwoNotes() throws ScoreException {
        ReadScore read = read("same-key-twice.mid");
        assertThat(notes(read.score())).containsExactly("60 at 0 for 1/2", "60 at 1/2 for 1");
        assertThat(read.remarks())
                .containsExactly("1 note is struck again while it sounds; it ends there");
    }

    @Test
    void aTempoCountsInWhateverTrackItIs() throws ScoreException {
        Score score = read("tempo-in-track-2.mid").score();
        assertThat(score.parts().getFirst().notes())
                .extracting(note -> score.timeline().seconds(note.onset()))
                .containsExactly(0.0, 0.5, 1.5, 2.5);
    }

    @Test
    void metersChange() throws ScoreException {
        Score score = read("meter-changes.mid").score();
        assertThat(score.notes()).isEqualTo(9);
        assertThat(score.bars())
                .extracting(Bar::onset)
                .containsExactly(Fraction.ZERO, Fraction.of(3));
        assertThat(score.bars())
                .extracting(bar -> bar.meter().signature())
                .containsExactly("3/4", "6/8");
    }

    @ParameterizedTest
    @CsvSource({
        "empty.mid,is empty (0 bytes); copy or export it again",
        "header-only.mid,has no tracks; copy or export it again",
        "division-zero.mid,'counts 0 ticks a quarter, so no time in it is known; export it again'"
    })
    void whatHasNothingToReadIsRefused(String name, String problem) {
        assertThatThrownBy(() -> read(name))
                .isInstanceOf(ScoreException.class)
                .hasMessage(folder.resolve(name) + ": " + problem);
    }
}
