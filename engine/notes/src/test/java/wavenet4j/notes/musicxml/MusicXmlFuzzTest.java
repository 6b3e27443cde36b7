package wavenet4j.notes.musicxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.notes.ScoreException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;

/// Documents damaged at random are read, or refused in a sentence.
@Tag("slow")
final class MusicXmlFuzzTest {
    private static final int BYTES = 250_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aDamagedDocumentIsReadOrRefused(long seed) {
        var random = new SplittableRandom(seed);
        byte[] whole = document().getBytes(StandardCharsets.UTF_8);
        int read = 0;
        int refused = 0;
        for (int bytes = 0; bytes < BYTES; bytes += whole.length) {
            byte[] damaged = damaged(whole, random);
            boolean sound =
                    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> isRead(damaged));
            if (sound) read++;
            else refused++;
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    private static boolean isRead(byte[] document) {
        try {
            MusicXmlFile.read(document, Documents.NAME);
            return true;
        } catch (ScoreException e) {
            assertThat(e.problem()).isNotBlank();
            return false;
        }
    }

    /// Digits become others, which leaves the XML sound, or bytes become any.
    private static byte[] damaged(byte[] whole, SplittableRandom random) {
        byte[] damaged = whole.clone();
        boolean digits = random.nextInt(4) > 0;
        for (int i = 0; i < damaged.length; i++) {
            if (digits && Character.isDigit(damaged[i]) && random.nextInt(8) == 0) {
                damaged[i] = (byte) "0123456789-.e".charAt(random.nextInt(13));
            } else if (!digits && random.nextInt(whole.length / 3) == 0) {
                damaged[i] = (byte) random.nextInt(256);
            }
        }
        return damaged;
    }

    private static String document() {
        String attributes =
                "<attributes><divisions>12</divisions><key><fifths>2</fifths></key><time><beats>4"
                        + "</beats><beat-type>4</beat-type></time><transpose><chromatic>-2"
                        + "</chromatic></transpose></attributes>";
        String sound =
                "<direction><direction-type><dynamics><mf/></dynamics></direction-type>"
                        + "<offset>3</offset><staff>1</staff><sound tempo=\"90\" dynamics=\"88\""
                        + " damper-pedal=\"55\"/></direction>";
        String harmony =
                "<harmony><root><root-step>C</root-step><root-alter>1</root-alter></root>"
                        + "<kind>minor</kind><degree><degree-value>7</degree-value>"
                        + "<degree-alter>1</degree-alter><degree-type>add</degree-type></degree>"
                        + "<offset>6</offset></harmony>";
        String lyric = "<lyric number=\"2\"><syllabic>begin</syllabic><text>la</text></lyric>";
        String notes =
                Documents.note("C4", 12, "<tie type=\"start\"/>", "<voice>1</voice>", lyric)
                        + Documents.note("C4", 12, "<tie type=\"stop\"/>", "<voice>2</voice>")
                        + "<backup><duration>12</duration></backup>"
                        + "<forward><duration>6</duration></forward>";
        String ending = "<ending number=\"%d\" type=\"%s\"/>";
        String left = "<barline location=\"left\">" + ending + "</barline>";
        String right =
                "<barline location=\"right\">"
                        + ending
                        + "<repeat direction=\"backward\" times=\"2\"/></barline>";
        return Documents.of(
                attributes + sound + harmony + notes,
                left.formatted(1, "start") + notes + right.formatted(1, "stop"),
                left.formatted(2, "start") + sound + notes);
    }
}
