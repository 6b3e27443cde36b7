package wavenet4j.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.DecodedAudio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Forty unusual WAV files of a public collection, each with its suggested outcome and the result
/// of libsndfile.
class WavCollectionTest {
    private static final Pattern SHAPE = Pattern.compile("ok (\\d+)x(\\d+)@(\\d+)");

    /// A row of the manifest.
    private record TestFile(Path file, String outcome, String libsndfile) {}

    private static List<TestFile> files() throws IOException {
        Path folder = Path.of(System.getProperty("wavenet4j.data", "shared/data"), "wav-zoo");
        Path manifest = folder.resolve("MANIFEST.csv");
        Assumptions.assumeTrue(Files.exists(manifest), manifest + " is not on this machine");
        List<TestFile> files = new ArrayList<>();
        List<String> lines = Files.readAllLines(manifest);
        List<String> head = cells(lines.getFirst());
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            files.add(
                    new TestFile(
                            folder.resolve("wav").resolve(cells.get(head.indexOf("file"))),
                            cells.get(head.indexOf("suggested_outcome")),
                            cells.get(head.indexOf("libsndfile_1.2"))));
        }
        return files;
    }

    /// Cells of a CSV line, some of them quoted.
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        Matcher cell = Pattern.compile("(?:^|,)(?:\"([^\"]*)\"|([^,]*))").matcher(line);
        while (cell.find()) cells.add(cell.group(1) != null ? cell.group(1) : cell.group(2));
        return cells;
    }

    @Test
    void hasFortyFiles() throws IOException {
        assertThat(files()).hasSize(40).allMatch(file -> Files.exists(file.file()));
    }

    @TestFactory
    List<DynamicTest> behavesAsSuggested() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (TestFile file : files()) {
            String name = file.outcome() + " " + file.file().getFileName();
            tests.add(
                    DynamicTest.dynamicTest(
                            name,
                            () ->
                                    Assertions.assertTimeoutPreemptively(
                                            Duration.ofSeconds(10), () -> check(file))));
        }
        return tests;
    }

    private static void check(TestFile file) throws IOException {
        switch (file.outcome()) {
            case "read" -> {
                DecodedAudio decoded = AudioReader.decode(file.file());
                assertThat(decoded.clip().samples()).isNotEmpty();
                assertShape(decoded, file);
            }
            case "read-empty" -> {
                DecodedAudio decoded = AudioReader.decode(file.file());
                assertThat(decoded.clip().samples()).isEmpty();
                assertShape(decoded, file);
            }
            case "partial" -> {
                DecodedAudio decoded = AudioReader.decode(file.file());
                assertThat(decoded.clip().samples()).isNotEmpty();
                assertThat(decoded.warnings()).singleElement().asString().contains("truncated");
                assertShape(decoded, file);
            }
            case "reject" -> assertRejected(file);
            case "either" -> {
                if (decodes(file)) {
                    // libsndfile gives up on two that can be read: data before fmt.
                    DecodedAudio decoded = AudioReader.decode(file.file());
                    if (file.libsndfile().startsWith("ok")) assertShape(decoded, file);
                } else {
                    assertRejected(file);
                }
            }
            default -> fail("unknown outcome in the manifest: " + file.outcome());
        }
    }

    private static boolean decodes(TestFile file) {
        try {
            AudioReader.decode(file.file());
            return true;
        } catch (AudioException _) {
            return false;
        }
    }

    private static void assertShape(DecodedAudio decoded, TestFile file) {
        Matcher shape = SHAPE.matcher(file.libsndfile());
        assertThat(shape.matches()).isTrue();
        assertThat(decoded.clip().samples()).hasSize(Integer.parseInt(shape.group(1)));
        assertThat(decoded.channels()).isEqualTo(Integer.parseInt(shape.group(2)));
        assertThat(decoded.clip().sampleRate()).isEqualTo(Integer.parseInt(shape.group(3)));
    }

    private static void assertRejected(TestFile file) {
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> AudioReader.decode(file.file()))
                .withMessageStartingWith(file.file() + ": ")
                .withMessageNotContaining("\n")
                .withMessageNotContaining("Exception");
    }
}
