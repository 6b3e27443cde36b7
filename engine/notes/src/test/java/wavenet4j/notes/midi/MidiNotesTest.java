package wavenet4j.notes.midi;

import static org.assertj.core.api.Assertions.assertThat;

import static wavenet4j.notes.midi.SmfBytes.END;
import static wavenet4j.notes.midi.SmfBytes.file;
import static wavenet4j.notes.midi.SmfBytes.meta;
import static wavenet4j.notes.midi.SmfBytes.text;
import static wavenet4j.notes.midi.SmfBytes.track;

import org.junit.jupiter.api.Test;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Part;
import wavenet4j.notes.Part.Pedal;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;

import java.nio.file.Path;
import java.util.List;

/// Which notes and pedals the messages of channels are, and of which parts.
final class MidiNotesTest {
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
    void aNoteOnOfNoVelocityEndsANote() throws ScoreException {
        ReadScore read = read(track("00903c50", "83603c00", "003e50", "83603e00", END));
        assertThat(notes(read.score().parts().getFirst()))
                .containsExactly("60 at 0 for 1", "62 at 1 for 1");
        assertThat(read.remarks()).isEmpty();
    }

    @Test
    void ofTwoVoicesInUnisonTheLongerOneSoundsToItsEnd() throws ScoreException {
        // One voice holds the key for four quarters, the other strikes it for the second.
        ReadScore read = read(track("00903c50", "8360903c50", "8360803c40", "8740803c40", END));
        assertThat(notes(read.score().parts().getFirst()))
                .containsExactly("60 at 0 for 1", "60 at 1 for 3");
        assertThat(read.remarks())
                .containsExactly("1 note is struck again while it sounds; it ends there");
    }

    @Test
    void aMissingNoteOffLeavesTheLaterNotesAsTheyAre() throws ScoreException {
        ReadScore read =
                read(
                        track(
                                "00903c50",
                                "8360903c50",
                                "8360803c40",
                                "8360903c50",
                                "8360803c40",
                                "8360ff2f00"));
        assertThat(notes(read.score().parts().getFirst()))
                .containsExactly("60 at 0 for 1", "60 at 1 for 1", "60 at 3 for 1");
        assertThat(read.remarks())
                .containsExactly(
                        "1 note is struck again while it sounds; it ends there",
                        "1 note-off is missing");
        assertThat(read.score().end()).isEqualTo(Fraction.of(5));
    }

    @Test
    void aDoubledNoteIsOne() throws ScoreException {
        ReadScore read = read(track("00903c50", "00903c50", "8360803c40", "8360803c40", END));
        assertThat(notes(read.score().parts().getFirst())).containsExactly("60 at 0 for 2");
        assertThat(read.remarks())
                .containsExactly("1 note is struck twice at once; it is read as one");
    }

    @Test
    void aNoteOffWithoutANoteIsCounted() throws ScoreException {
        ReadScore read = read(track("00803c40", "00903c50", "8360803c40", "00803c40", END));
        assertThat(read.score().notes()).isOne();
        assertThat(read.remarks()).containsExactly("2 note-offs have no note");
    }

    @Test
    void aProgramHoldsForItsChannelInEveryTrack() throws ScoreException {
        Score score =
                read(
                                track("00c029", "8360c02a", END),
                                track("00903c50", "8360803c40", "00903c50", "8360803c40", END))
                        .score();
        assertThat(score.parts()).extracting(Part::program).containsExactly(41, 42);
        assertThat(score.parts())
                .extracting(Part::name)
                .containsExactly("program 42", "program 43");
        assertThat(notes(score.parts().getLast())).containsExactly("60 at 1 for 1");
    }

    @Test
    void aTrackOfSeveralChannelsIsSeveralParts() throws ScoreException {
        Score score =
                read(
                                track(text(3, "Suite"), END),
                                track(
                                        text(3, "Band"),
                                        "00993c50",
                                        "00913c50",
                                        "8360893c40",
                                        "00813c40",
                                        END))
                        .score();
        assertThat(score.credits().title()).isEqualTo("Suite");
        assertThat(score.parts())
                .extracting(Part::name)
                .containsExactly("Band, channel 10", "Band, channel 2");
        assertThat(score.parts()).extracting(Part::percussion).containsExactly(true, false);
    }

    @Test
    void aPortHasChannelsOfItsOwn() throws ScoreException {
        Score score =
                read(
                                track(
                                        meta(0x21, (byte) 1),
                                        "00c010",
                                        "00903c50",
                                        "8360803c40",
                                        END),
                                track("00903c50", "8360803c40", END))
                        .score();
        assertThat(score.parts()).extracting(Part::program).containsExactly(16, 0);
    }

    @Test
    void thePedalIsOfAllPartsOnItsChannel() throws ScoreException {
        ReadScore read =
                read(
                        track("00903c50", "00b0407f", "8360b04000", "00803c40", "00b14040", END),
                        track("00903e50", "00b0407f", "8360803e40", END));
        var moves = List.of(new Pedal(Fraction.ZERO, 127), new Pedal(Fraction.ONE, 0));
        assertThat(read.score().parts()).extracting(Part::pedal).containsExactly(moves, moves);
        assertThat(read.remarks())
                .containsExactly(
                        "1 pedal move is left out, since its channel has no parts or thousands");
    }

    @Test
    void allNotesOfAChannelEndAtOnce() throws ScoreException {
        for (String controller : List.of("7b", "78")) {
            ReadScore read =
                    read(
                            track("00903c50", "00904050", "00914350", "8740ff2f00"),
                            track("8360b0" + controller + "00", "8360803c40", "00814340", END));
            assertThat(read.score().parts()).hasSize(2);
            assertThat(notes(read.score().parts().getFirst()))
                    .containsExactly("60 at 0 for 1", "64 at 0 for 1");
            assertThat(notes(read.score().parts().getLast())).containsExactly("67 at 0 for 2");
        }
    }
}
