package wavenet4j.notes.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static wavenet4j.notes.midi.SmfBytes.END;
import static wavenet4j.notes.midi.SmfBytes.SCALE;
import static wavenet4j.notes.midi.SmfBytes.chunk;
import static wavenet4j.notes.midi.SmfBytes.file;
import static wavenet4j.notes.midi.SmfBytes.header;
import static wavenet4j.notes.midi.SmfBytes.hex;
import static wavenet4j.notes.midi.SmfBytes.join;
import static wavenet4j.notes.midi.SmfBytes.meta;
import static wavenet4j.notes.midi.SmfBytes.text;
import static wavenet4j.notes.midi.SmfBytes.track;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.ScoreException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Files that are broken in one way each.
final class MidiMendingTest {
    private static final Path NAME = Path.of("a.mid");

    private static List<Integer> keys(ReadScore read) {
        return read.score().parts().stream()
                .map(Part::notes)
                .flatMap(List::stream)
                .map(Note::key)
                .toList();
    }

    private static void assertScale(byte[] bytes, String... remarks) throws ScoreException {
        ReadScore read = MidiFile.parse(NAME, bytes);
        assertThat(keys(read)).containsExactly(60, 62, 64, 65);
        assertThat(read.score().end()).isEqualTo(Fraction.of(4));
        assertThat(read.remarks()).containsExactly(remarks);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 20, 35, 39})
    void aTrackWhoseLengthIsTooShortGoesOnToItsEnd(int declared) throws ScoreException {
        byte[] content = hex(SCALE);
        assertThat(content).hasSizeGreaterThan(39);
        assertScale(
                join(header(1, 1, 480), chunk("MTrk", declared, content)),
                "1 track has not the length that is declared");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 41, 50, 10_000, -1})
    void aTrackOfAWrongLengthEndsBeforeTheNext(int declared) throws ScoreException {
        ReadScore read =
                MidiFile.parse(
                        NAME,
                        join(header(1, 2, 480), chunk("MTrk", declared, hex(SCALE)), track(SCALE)));
        assertThat(keys(read)).containsExactly(60, 62, 64, 65, 60, 62, 64, 65);
        assertThat(read.remarks()).containsExactly("1 track has not the length that is declared");
    }

    @Test
    void aLengthThatEndsWithinATextIsNotTakenForTheEnd() throws ScoreException {
        byte[] content = hex(text(1, "three words of text"), String.join("", SCALE));
        for (int declared = 0; declared < content.length - 4; declared++) {
            ReadScore read =
                    MidiFile.parse(NAME, join(header(1, 1, 480), chunk("MTrk", declared, content)));
            assertThat(keys(read)).as("declared " + declared).containsExactly(60, 62, 64, 65);
        }
    }

    @Test
    void everyCutLeavesTheNotesBeforeIt() throws ScoreException {
        byte[] whole = file(track("00ff5103", "07a120", END), track(SCALE));
        int tracks = 14 + 8;
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length < tracks) {
                assertThatThrownBy(() -> MidiFile.parse(NAME, cut))
                        .isInstanceOf(ScoreException.class);
                continue;
            }
            ReadScore read = MidiFile.parse(NAME, cut);
            List<Integer> keys = keys(read);
            assertThat(keys)
                    .as("cut at " + length)
                    .isEqualTo(List.of(60, 62, 64, 65).subList(0, keys.size()));
            assertThat(read.remarks()).as("cut at " + length).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00f8", "00fe", "00fc", "00f4", "00f6", "00f130", "00f2107f", "00f37f"})
    void systemMessagesArePassedOverAndRunningStatusGoesOn(String message) throws ScoreException {
        assertScale(
                file(
                        track(
                                "00903c50",
                                message,
                                "83603c00",
                                "003e50",
                                "83603e00",
                                "004050",
                                "83604000",
                                "004150",
                                "83604100",
                                END)),
                "1 system message, which does not belong in a file, is left out");
    }

    @Test
    void aDataByteWithoutAStatusEndsItsTrack() throws ScoreException {
        ReadScore read = MidiFile.parse(NAME, file(track("003c50", END), track(SCALE)));
        assertThat(keys(read)).containsExactly(60, 62, 64, 65);
        assertThat(read.remarks())
                .containsExactly(
                        "1 track is damaged or cut off; what is whole before that is kept");
    }

    @Test
    void aDeltaTimeOfFiveBytesEndsItsTrack() throws ScoreException {
        ReadScore read =
                MidiFile.parse(
                        NAME, file(track("00903c50", "8360803c40", "8180808000903e50", END)));
        assertThat(keys(read)).containsExactly(60);
        assertThat(read.remarks())
                .containsExactly(
                        "1 track is damaged or cut off; what is whole before that is kept");
    }

    @Test
    void anAbsurdTimeEndsItsTrack() throws ScoreException {
        // 268,435,455 ticks are over 11 million quarters.
        byte[] track = track("00903c50", "18803c40", "ffffff7f903c50", END);
        ReadScore read = MidiFile.parse(NAME, join(header(1, 1, 24), track));
        assertThat(keys(read)).containsExactly(60);
        assertThat(read.score().end()).isEqualTo(Fraction.ONE);
        assertThat(read.remarks())
                .containsExactly(
                        "1 track goes on after an absurdly long time; it is cut off before");
    }

    @Test
    void anEventThatIsLongerThanItsTrackEndsIt() throws ScoreException {
        ReadScore read =
                MidiFile.parse(
                        NAME,
                        file(track("00903c50", "8360803c40", "00ff017f41", END), track(SCALE)));
        assertThat(keys(read)).containsExactly(60, 60, 62, 64, 65);
        assertThat(read.remarks())
                .containsExactly(
                        "1 track is damaged or cut off; what is whole before that is kept");
    }

    @Test
    void theCountOfTracksIsThatOfTheFile() throws ScoreException {
        assertScale(
                join(header(1, 1, 480), track(END), track(SCALE)),
                "the number of tracks is 2, not 1 as declared");
        assertScale(
                join(header(0, 2, 480), track(END), track(SCALE)),
                "format 0 does not fit the file, which is read as 1");
        assertScale(
                join(header(3, 1, 480), track(SCALE)),
                "format 3 does not fit the file, which is read as 1");
    }

    @Test
    void aHeaderMayBeLongerAndAFileBeginLater() throws ScoreException {
        byte[] fields = hex("0001", "0001", "01e0", "abcd");
        assertScale(join(chunk("MThd", 8, fields), track(SCALE)));
        assertScale(join(chunk("MThd", 0, hex("0001", "0001", "01e0")), track(SCALE)));
        assertScale(
                join(new byte[128], file(track(SCALE))),
                "128 bytes outside the tracks are left out");
    }

    @Test
    void chunksThatAreNoTracksAreLeftOut() throws ScoreException {
        assertScale(
                join(header(1, 1, 480), chunk("XFIH", 3, hex("010203")), track(SCALE)),
                "1 chunk of an unknown kind is left out");
        assertScale(
                join(header(1, 1, 480), chunk("XFIH", 99, hex("010203")), track(SCALE)),
                "11 bytes outside the tracks are left out");
        assertScale(
                join(file(track(SCALE)), hex("00ff")), "2 bytes outside the tracks are left out");
    }

    @Test
    void eventsAfterTheEndOfATrackAreLeftOut() throws ScoreException {
        assertScale(
                file(track(String.join("", SCALE), "00904850", "8360804840", END)),
                "13 bytes outside the tracks are left out");
    }

    @Test
    void riffIsUnwrapped() throws ScoreException {
        byte[] midi = file(track(SCALE));
        byte[] info = riffChunk("LIST", hex("414243"));
        byte[] type = "RMID".getBytes(StandardCharsets.US_ASCII);
        byte[] content = join(type, info, new byte[1], riffChunk("data", midi), info);
        assertScale(riffChunk("RIFF", content));
    }

    /// Its length has the lower byte first.
    private static byte[] riffChunk(String name, byte[] content) {
        return chunk(name, Integer.reverseBytes(content.length), content);
    }

    @Test
    void absurdlyManyTracksOrEventsAreRefused() {
        var tracks = new byte[10_001][];
        Arrays.fill(tracks, track());
        assertThatThrownBy(() -> MidiFile.parse(NAME, file(tracks)))
                .hasMessage("a.mid: has more than 10,000 tracks; check what it is");
        byte[] events = hex("00c000", "0000".repeat(500_000), END);
        assertThatThrownBy(() -> MidiFile.parse(NAME, file(chunk("MTrk", events.length, events))))
                .hasMessage("a.mid: has more than 500,000 events; divide it into several files");
    }

    @Test
    void aShortMeterOverALongTimeIsRefused() {
        byte[] bytes =
                join(
                        header(1, 1, 48),
                        track(
                                meta(0x58, (byte) 1, (byte) 7, (byte) 24, (byte) 8),
                                "00903c50",
                                "30803c40",
                                "ffffff7fff2f00"));
        assertThat(bytes).hasSizeLessThan(100);
        assertThatThrownBy(() -> MidiFile.parse(NAME, bytes))
                .isInstanceOf(ScoreException.class)
                .hasMessage(
                        "a.mid: holds what no score has (5,592,406 quarters have 178,957,002 bars,"
                                + " more than 1,500,000); export it again, or leave it out");
    }

    @Test
    void absurdlyManyPartsAreRefused() {
        var events = new StringBuilder();
        for (int channel = 0; channel < 16; channel++) {
            for (int program = 0; program < 128; program++) {
                events.append(
                        "00c%x%02x009%x3c5001%s"
                                .formatted(
                                        channel, program, channel, "8%x3c40".formatted(channel)));
            }
        }
        var tracks = new byte[5][];
        Arrays.fill(tracks, track(events.toString(), END));
        assertThatThrownBy(() -> MidiFile.parse(NAME, file(tracks)))
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining("make 10,240 parts, more than 10,000");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0000, 0xe700, 0x9a28})
    void aFileWithoutAKnownTimeIsRefused(int division) {
        assertThatThrownBy(() -> MidiFile.parse(NAME, join(header(1, 1, division), track(SCALE))))
                .isInstanceOf(ScoreException.class)
                .hasMessageEndingWith("; export it again");
    }
}
