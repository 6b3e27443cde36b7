package wavenet4j.notes.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Part.Lyric;
import wavenet4j.notes.Part.Pedal;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.Timeline;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;

final class MidiWritingTest {
    @TempDir Path folder;

    private static Note note(Fraction onset, Fraction length, int key) {
        return new Note(onset, length, key, PitchName.of(key, 0), 80, 1);
    }

    private static Note note(int onset, int length, int key) {
        return note(Fraction.of(onset), Fraction.of(length), key);
    }

    private static Score score(Fraction end, Part... parts) {
        return new Score(
                Score.Credits.NONE, Timeline.DEFAULT, List.of(), List.of(parts), List.of(), end);
    }

    private static Score ofNotes(Note... notes) {
        return score(Fraction.of(100), new Part("", 0, List.of(notes)));
    }

    private ReadScore writtenAndRead(Score score) throws ScoreException {
        Path file = folder.resolve("a.mid");
        List<String> remarks = MidiFile.write(score, file);
        return new ReadScore(MidiFile.read(file).score(), remarks);
    }

    private static List<String> notes(Score score) {
        return score.parts().getFirst().notes().stream()
                .map(note -> "%d at %s for %s".formatted(note.key(), note.onset(), note.length()))
                .toList();
    }

    @Test
    void theBytesAreThoseOfTheStandard() {
        var part = new Part("Oboe", 68, List.of(note(0, 1, 60), note(1, 1, 60)));
        assertThat(HexFormat.of().formatHex(MidiFile.toBytes(score(Fraction.of(2), part))))
                .isEqualTo(
                        "4d546864"
                                + "00000006"
                                + "0001"
                                + "0002"
                                + "01e0"
                                + ("4d54726b" + "00000014")
                                + ("00ff580404021808" + "00ff510307a120" + "8740ff2f00")
                                + ("4d54726b" + "00000021")
                                + ("00ff03044f626f65" + "00c044")
                                + ("00903c50" + "8360803c40" + "00903c50" + "8360803c40")
                                + "00ff2f00");
    }

    @Test
    void allThatBothHaveIsKept() throws ScoreException {
        var chord =
                new ChordSymbol.Chord(
                        PitchName.of('B', -1),
                        ChordKind.MINOR_SEVENTH,
                        List.of(),
                        Optional.of(PitchName.of('D', -1)));
        var voice =
                new Part(
                        "Stimme für Süße",
                        52,
                        false,
                        List.of(
                                new Note(
                                        Fraction.ONE,
                                        Fraction.of(5, 7),
                                        63,
                                        PitchName.of(63, -3),
                                        1,
                                        1),
                                new Note(
                                        Fraction.of(3),
                                        Fraction.of(7),
                                        60,
                                        PitchName.of(60, -3),
                                        127,
                                        1)),
                        List.of(
                                new Lyric(Fraction.ONE, 1, "Hal-"),
                                new Lyric(Fraction.of(3), 1, "lo"),
                                new Lyric(Fraction.ONE, 2, "wie-"),
                                new Lyric(Fraction.of(3), 2, "der")),
                        List.of(
                                new Pedal(Fraction.ZERO, 127),
                                new Pedal(Fraction.ONE, 0),
                                new Pedal(Fraction.ONE, 127)));
        var drums = new Part("", 8, true, List.of(note(0, 1, 36)), List.of(), List.of());
        var score =
                new Score(
                        new Score.Credits("Ein Stück", "", "frei"),
                        new Timeline(
                                List.of(
                                        new Meter(Fraction.ZERO, 3, 4),
                                        new Meter(Fraction.ONE, 3, 4),
                                        new Meter(Fraction.of(7), 12, 8)),
                                List.of(
                                        new Tempo(Fraction.ZERO, 1),
                                        new Tempo(Fraction.of(1, 3), 0xffffff)),
                                List.of(
                                        new KeySignature(Fraction.ZERO, -3, true),
                                        new KeySignature(Fraction.of(7), 7, false))),
                        List.of(
                                new ChordSymbol(Fraction.ONE, Optional.of(chord)),
                                new ChordSymbol(Fraction.of(2), Optional.empty())),
                        List.of(voice, drums),
                        List.of(),
                        Fraction.of(25, 2));
        ReadScore read = writtenAndRead(score);
        assertThat(read.score())
                .usingRecursiveComparison()
                .ignoringFields("parts.notes.name")
                .isEqualTo(score);
        assertThat(read.score().parts().getFirst()).isEqualTo(voice);
        assertThat(read.remarks()).isEmpty();
    }

    @Test
    void partsBeyondSixteenChannelsAreOnFurtherPorts() throws ScoreException {
        var parts = new ArrayList<Part>();
        for (int i = 0; i < 40; i++) parts.add(new Part("p" + i, i, List.of(note(i, 1, 60))));
        for (int i = 0; i < 3; i++) {
            parts.add(
                    7 * i,
                    new Part("d" + i, i, true, List.of(note(0, 1, 36)), List.of(), List.of()));
        }
        Score score = score(Fraction.of(50), parts.toArray(Part[]::new));
        ReadScore read = writtenAndRead(score);
        assertThat(read.score()).isEqualTo(score);
        assertThat(read.remarks()).isEmpty();
    }

    @Test
    void hundredsOfPartsAreWrittenAndThousandsRefused() throws ScoreException {
        Part part = new Part("", 0, List.of(note(0, 1, 60)));
        Score many = score(Fraction.ONE, Collections.nCopies(999, part).toArray(Part[]::new));
        assertThat(writtenAndRead(many).score()).isEqualTo(many);
        Score more = score(Fraction.ONE, Collections.nCopies(1_000, part).toArray(Part[]::new));
        assertThatThrownBy(() -> MidiFile.write(more, folder.resolve("more.mid")))
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining("more.mid: needs 1,001 tracks and has 0 parts of percussion")
                .hasMessageEndingWith("leave some out");
        assertThat(folder).isDirectoryNotContaining("glob:**more*");
    }

    @ParameterizedTest
    @CsvSource({
        "1,480",
        "3,480",
        "64,960",
        "7,3360",
        "9,1440",
        "1023,1023",
        "286,572",
        "32767,32767"
    })
    void ticksAreSoManyThatTimesAreExact(int denominator, int ticks)
            throws ScoreException, InvalidMidiDataException, IOException {
        Note note = note(Fraction.of(1, denominator), Fraction.of(1, denominator), 60);
        ReadScore read = writtenAndRead(ofNotes(note));
        assertThat(read.score().parts().getFirst().notes()).containsExactly(note);
        assertThat(read.remarks()).isEmpty();
        assertThat(sequence(folder.resolve("a.mid")).getResolution()).isEqualTo(ticks);
    }

    private static Sequence sequence(Path file) throws InvalidMidiDataException, IOException {
        return MidiSystem.getSequence(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    @Test
    void timesThatNoTickHasAreRoundedAndCounted() throws ScoreException {
        ReadScore read = writtenAndRead(ofNotes(note(Fraction.of(1, 65_537), Fraction.of(2), 60)));
        assertThat(notes(read.score())).containsExactly("60 at 0 for 2");
        assertThat(read.remarks()).containsExactly("2 times are moved to the nearest ticks");
    }

    @Test
    void aScoreOfManyHoursHasCoarserTicks() throws ScoreException {
        Fraction late = Fraction.of(5_999_999);
        Score score =
                score(
                        Fraction.of(6_000_000),
                        new Part("", 0, List.of(note(late, Fraction.ONE, 60))));
        ReadScore read = writtenAndRead(score);
        assertThat(read.score()).isEqualTo(score);
        assertThat(read.remarks()).isEmpty();
    }

    @Test
    void aKeyStruckAgainCutsItsNoteShort() throws ScoreException {
        ReadScore read =
                writtenAndRead(
                        ofNotes(note(0, 4, 60), note(1, 1, 60), note(2, 1, 60), note(0, 4, 64)));
        assertThat(notes(read.score()))
                .containsExactly(
                        "60 at 0 for 1", "64 at 0 for 4", "60 at 1 for 1", "60 at 2 for 1");
        assertThat(read.remarks())
                .containsExactly("1 note is cut short where its key is struck again");
    }

    @Test
    void ofDoubledNotesTheLongerOneIsWritten() throws ScoreException {
        ReadScore read = writtenAndRead(ofNotes(note(0, 2, 60), note(0, 1, 60)));
        assertThat(notes(read.score())).containsExactly("60 at 0 for 2");
        assertThat(read.remarks())
                .containsExactly("1 note is doubled by one of its key; the longer one is written");
    }

    @Test
    void graceNotesArePlayedBeforeTheBeat() throws ScoreException {
        ReadScore read =
                writtenAndRead(
                        ofNotes(note(0, 0, 59), note(0, 1, 60), note(1, 0, 64), note(1, 1, 62)));
        assertThat(notes(read.score()))
                .containsExactly(
                        "59 at 0 for 1/8", "60 at 0 for 1", "64 at 7/8 for 1/8", "62 at 1 for 1");
        assertThat(read.remarks())
                .containsExactly("2 grace notes are played for an eighth of a quarter each");
    }

    @Test
    void whatAFileHasNotIsCounted() throws ScoreException {
        var second = new Lyric(Fraction.ZERO, 2, "la");
        var notes =
                List.of(
                        new Note(Fraction.ZERO, Fraction.ONE, 61, PitchName.of('D', -1), 80, 1),
                        new Note(Fraction.ZERO, Fraction.ONE, 60, PitchName.of('C', 0), 80, 2));
        var score =
                new Score(
                        new Score.Credits("", "Anon", ""),
                        Timeline.DEFAULT,
                        List.of(),
                        List.of(new Part("", 0, false, notes, List.of(second), List.of())),
                        List.of(Fraction.ZERO),
                        Fraction.of(4));
        assertThat(writtenAndRead(score).remarks())
                .containsExactly(
                        "the composer is left out",
                        "1 fermata is left out",
                        "1 note is written without its voice",
                        "1 verse has no syllables; those after it take its number",
                        "1 note is not spelled as its key signature suggests; that is left out");
    }

    @Test
    void aFileThatIsThereIsReplacedWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("a.mid"), "something else");
        Score score = ofNotes(note(0, 1, 60));
        MidiFile.write(score, file);
        assertThat(file).hasBinaryContent(MidiFile.toBytes(score));
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }
}
