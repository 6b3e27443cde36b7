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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Forty awkward real WAV files, each with the outcome its collection suggests and with what
/// libsndfile makes of it.
class WavZooTest {
    private static final Pattern SHAPE = Pattern.compile("ok (\\d+)x(\\d+)@(\\d+)");

    /// A row of the manifest.
    private record Animal(Path file, String outcome, String libsndfile) {}

    private static List<Animal> zoo() throws IOException {
        Path folder = Path.of(System.getProperty("wavenet4j.data", "shared/data"), "wav-zoo");
        Path manifest = folder.resolve("MANIFEST.csv");
        Assumptions.assumeTrue(Files.exists(manifest), manifest + " is not on this machine");
        List<Animal> zoo = new ArrayList<>();
        List<String> lines = Files.readAllLines(manifest);
        List<String> head = cells(lines.getFirst());
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            zoo.add(
                    new Animal(
                            folder.resolve("wav").resolve(cells.get(head.indexOf("file"))),
                            cells.get(head.indexOf("suggested_outcome")),
                            cells.get(head.indexOf("libsndfile_1.2"))));
        }
        return zoo;
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
        assertThat(zoo()).hasSize(40).allMatch(animal -> Files.exists(animal.file()));
    }

    @TestFactory
    List<DynamicTest> behavesAsSuggested() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Animal animal : zoo()) {
            String name = animal.outcome() + " " + animal.file().getFileName();
            tests.add(
                    DynamicTest.dynamicTest(
                            name,
                            () ->
                                    Assertions.assertTimeoutPreemptively(
                                            Duration.ofSeconds(10), () -> check(animal))));
        }
        return tests;
    }

    private static void check(Animal animal) throws IOException {
        switch (animal.outcome()) {
            case "read" -> {
                DecodedAudio decoded = AudioReader.decode(animal.file());
                assertThat(decoded.clip().samples()).isNotEmpty();
                assertShape(decoded, animal);
            }
            case "read-empty" -> {
                DecodedAudio decoded = AudioReader.decode(animal.file());
                assertThat(decoded.clip().samples()).isEmpty();
                assertShape(decoded, animal);
            }
            case "partial" -> {
                DecodedAudio decoded = AudioReader.decode(animal.file());
                assertThat(decoded.clip().samples()).isNotEmpty();
                assertThat(decoded.warnings()).singleElement().asString().contains("truncated");
                assertShape(decoded, animal);
            }
            case "reject" -> assertRejected(animal);
            case "either" -> {
                if (decodes(animal)) {
                    // libsndfile gives up on two that can be read: data before fmt.
                    DecodedAudio decoded = AudioReader.decode(animal.file());
                    if (animal.libsndfile().startsWith("ok")) assertShape(decoded, animal);
                } else {
                    assertRejected(animal);
                }
            }
            default ->
                    fail("the manifest knows an outcome this test does not: " + animal.outcome());
        }
    }

    private static boolean decodes(Animal animal) {
        try {
            AudioReader.decode(animal.file());
            return true;
        } catch (AudioException _) {
            return false;
        }
    }

    private static void assertShape(DecodedAudio decoded, Animal animal) {
        Matcher shape = SHAPE.matcher(animal.libsndfile());
        assertThat(shape.matches()).isTrue();
        assertThat(decoded.clip().samples()).hasSize(Integer.parseInt(shape.group(1)));
        assertThat(decoded.channels()).isEqualTo(Integer.parseInt(shape.group(2)));
        assertThat(decoded.clip().sampleRate()).isEqualTo(Integer.parseInt(shape.group(3)));
    }

    private static void assertRejected(Animal animal) {
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> AudioReader.decode(animal.file()))
                .withMessageStartingWith(animal.file() + ": ")
                .withMessageNotContaining("\n")
                .withMessageNotContaining("Exception");
    }
}
