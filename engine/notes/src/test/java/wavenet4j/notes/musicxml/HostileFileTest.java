package wavenet4j.notes.musicxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import static wavenet4j.notes.musicxml.Documents.note;
import static wavenet4j.notes.musicxml.Documents.read;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.notes.ScoreException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

@Timeout(30)
final class HostileFileTest {
    @TempDir Path folder;

    @Test
    void noOtherFileIsRead() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
        String declared =
                "<!DOCTYPE score-partwise [<!ENTITY e SYSTEM \"%s\">]>".formatted(secret.toUri());
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> read(titled(declared, "&e;")))
                .withMessageContaining("is no sound XML")
                .withMessageNotContaining("<secret>");
    }

    @Test
    void noHostIsAsked() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String host = "http://127.0.0.1:%d/partwise.dtd".formatted(server.getLocalPort());
            String type = "<!DOCTYPE score-partwise PUBLIC \"-//X//Y\" \"%s\">".formatted(host);
            assertThat(read(titled(type, "Song")).score().credits().title()).isEqualTo("Song");
            server.setSoTimeout(200);
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void entitiesDoNotExpand() {
        var entities = new StringBuilder("<!DOCTYPE score-partwise [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            String before = "&a%d;".formatted(i - 1);
            entities.append("<!ENTITY a%d \"%s\">".formatted(i, before.repeat(10)));
        }
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> read(titled(entities + "]>", "&a29;")));
    }

    @Test
    void aBombOfAnArchiveIsRefused() throws IOException {
        var zeros = new byte[65 << 20];
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> readZip(Map.of("score.xml", zeros)))
                .withMessageContaining("expands to more than 67,108,864 bytes");
    }

    @Test
    void anArchiveThatIsCutOffIsRefused() {
        byte[] bytes = {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0};
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> MusicXmlFile.read(bytes, Documents.NAME))
                .withMessageNotContaining("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../secret.xml", "/etc/passwd", "other.xml", ""})
    void anArchiveThatNamesNoScoreInItIsRefused(String path) {
        String index =
                "<container><rootfiles><rootfile full-path=\"%s\"/></rootfiles></container>"
                        .formatted(path);
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() ->
                        readZip(
                                Map.of(
                                        "META-INF/container.xml",
                                        index.getBytes(StandardCharsets.UTF_8))))
                .withMessageContaining("which is not in it");
    }

    @ParameterizedTest
    @CsvSource({
        "0,its divisions of a quarter are 0",
        "-4,its divisions of a quarter are -4",
        "1e999999999,beyond 18 digits",
        "1e-999999999,beyond 18 digits"
    })
    void absurdDivisionsAreRefused(String divisions, String problem) {
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() ->
                        read(
                                Documents.of(
                                        "<attributes><divisions>%s</divisions></attributes>"
                                                .formatted(divisions))))
                .withMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100000000", "999999999999999999", "1e18", "1e999999999"})
    void absurdDurationsAreRefused(String duration) {
        String note = note("C4", 4).replace(">4<", ">" + duration + "<");
        assertThat(note).contains(duration);
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(
                        () -> read(Documents.of(note.replace("<octave>" + duration, "<octave>4"))))
                .withMessageContaining("holds what no score has");
    }

    @Test
    void numbersOfAMillionDigitsAreRefusedAtOnce() {
        String attributes =
                "<attributes><divisions>%s</divisions></attributes>"
                        .formatted("7".repeat(1_000_000));
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> read(Documents.of(attributes)))
                .withMessageContaining("it has more than 10,000 characters in one element");
    }

    @Test
    void timesWithoutACommonUnitAreRefused() {
        var measures = new StringBuilder();
        for (int divisions : new int[] {999_983, 999_979, 999_961, 999_959}) {
            measures.append(
                            "<attributes><divisions>%d</divisions></attributes>"
                                    .formatted(divisions))
                    .append(note("C4", 1));
        }
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> read(Documents.of(measures.toString())))
                .withMessageContaining("holds what no score has");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> read(Documents.of("<x>".repeat(100_000))))
                .withMessageContaining("it has more than 40 levels of nesting");
    }

    @Test
    void tooManyNotesAreRefused() {
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> read(Documents.of("<note/>".repeat(250_001))))
                .withMessageContaining("it has more than 250,000 notes");
    }

    @Test
    void tooManyLyricsAndNamesAreRefused() {
        String lyrics = "<note>" + "<lyric/>".repeat(250_001) + "</note>";
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> read(Documents.of(lyrics)))
                .withMessageContaining("it has more than 250,000 lyrics");
        var names = new StringBuilder();
        for (int i = 0; i < 1_000; i++) names.append("<x%d/>".formatted(i));
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> read(Documents.of(names.toString())))
                .withMessageContaining("it has more than 1,000 names of elements");
    }

    @Test
    void manyPartsOfManyMeasuresAreRefused() {
        String parts = "<part/>".repeat(1_000) + "<part>" + "<measure/>".repeat(1_000) + "</part>";
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> read(Documents.withParts("", parts)))
                .withMessageContaining("has 1,001 parts of 1,000 measures");
    }

    @Test
    void jumpsToNowhereAndOpenTiesTakeNoLongTime() throws ScoreException {
        String measure = "<measure><sound dalsegno=\"s\" tocoda=\"c\"/></measure>";
        String parts = "<part>" + measure.repeat(100_000) + "</part>";
        assertThat(read(Documents.withParts("", parts)).score().bars()).hasSize(100_000);
        String tied = note("C4", 16, "<tie type=\"start\"/>").replace("<note>", "<note><chord/>");
        assertThat(read(Documents.of(note("C4", 16) + tied.repeat(50_000))).score().notes())
                .isEqualTo(50_001);
    }

    @Test
    void aShortMeterOverALongTimeIsRefused() {
        String time = "<time><beats>1</beats><beat-type>128</beat-type></time>";
        String measure =
                "<attributes>%s</attributes>".formatted(time)
                        + "<forward><duration>4000000</duration></forward>"
                        + note("C4", 4);
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> read(Documents.of(measure)))
                .withMessageContaining("holds what no score has (1,000,001 quarters have")
                .withMessageContaining("bars, more than 1,500,000");
    }

    @Test
    void everyPrefixOfADocumentIsRefused() {
        byte[] whole = titled("", "Song").getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(ScoreException.class)
                    .isThrownBy(() -> MusicXmlFile.read(part, Documents.NAME));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',is empty",
        "'<html><body/></html>',is XML of another kind",
        "'<opus/>',is a list of scores",
        "'<score-partwise/>',has no measures",
        "'MThd',is no sound XML"
    })
    void aFileOfAnotherKindIsNamed(String content, String problem) {
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> read(content))
                .withMessageContaining(problem);
    }

    @Test
    void aMissingFileAndAFolderAreNamed() {
        assertThatThrownBy(() -> MusicXmlFile.read(folder.resolve("none.xml")))
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> MusicXmlFile.read(folder))
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining("is a folder, not a score");
    }

    @Test
    void aMeasureOfManySignsTakesNoLongTime() {
        var measure = new StringBuilder();
        for (int i = 0; i < 100_000; i++)
            measure.append(
                    "<attributes><key><fifths>%d</fifths></key></attributes><forward><duration>1</duration></forward>"
                            .formatted(i % 2));
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () ->
                        assertThat(read(Documents.of(measure.toString())).score().timeline().keys())
                                .hasSize(100_000));
    }

    private static String titled(String type, String title) {
        return type
                + "<score-partwise><work><work-title>%s</work-title></work>".formatted(title)
                + "<part-list><score-part id=\"P1\"><part-name/></score-part></part-list>"
                + "<part id=\"P1\"><measure/></part></score-partwise>";
    }

    private static void readZip(Map<String, byte[]> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        MusicXmlFile.read(bytes.toByteArray(), Documents.NAME);
    }
}
