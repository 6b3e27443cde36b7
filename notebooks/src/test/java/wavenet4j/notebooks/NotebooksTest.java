package wavenet4j.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// Every notebook runs from its first cell to its last on the kernel that Jupyter would start, and
/// the outputs stored in it are those of such a run.
final class NotebooksTest {
    private static final Path HERE = Path.of("");
    private static final long MOST_BYTES = 1_500_000;
    private static final Pattern PLAYER =
            Pattern.compile("<audio [^>]*data:audio/wav;base64,([^\"]+)\"");

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)]+)\\)");

    /// What is run after a notebook's cell of parameters: the same, in less time.
    private static final Map<String, String> SMALLER =
            new TreeMap<>(
                    Map.of(
                            "first-sound.ipynb",
                            "seconds = 0.5;",
                            "train-your-own.ipynb",
                            "minutes = 0.08; seconds = 0.3; runs = Path.of(\"target/runs\");",
                            "what-it-hears.ipynb",
                            "seconds = 0.1; probes = 1; runs = Path.of(\"target/runs\");",
                            "labels-and-morphing.ipynb",
                            "seconds = 0.4;",
                            "measuring-speed.ipynb",
                            "seconds = 0.02; rounds = 2;"));

    @TempDir Path temporary;

    static Set<String> notebooks() {
        return SMALLER.keySet();
    }

    @Test
    void noNotebookIsForgotten() throws IOException {
        try (Stream<Path> files = Files.list(HERE.toAbsolutePath())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.endsWith(".ipynb"))
                    .containsExactlyInAnyOrderElementsOf(SMALLER.keySet());
        }
    }

    @Test
    @Timeout(300)
    void theFirstNotebookRuns() throws IOException {
        runAll("first-sound.ipynb");
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    @Tag("slow")
    @Timeout(300)
    void everyNotebookRuns(String name) throws IOException {
        runAll(name);
    }

    private void runAll(String name) throws IOException {
        Notebook notebook = Notebook.read(HERE.resolve(name));
        assertThat(notebook.cells()).filteredOn(Notebook.Cell::isParameters).hasSize(1);
        String flags = System.getProperty("wavenet4j.jvm.flags", "");
        try (var kernel =
                Kernel.start(KernelSpec.ofThisProcess(List.of(flags.split(" "))), temporary)) {
            for (Notebook.Cell cell : notebook.cells()) {
                List<Output> outputs = run(kernel, cell.source());
                assertThat(kinds(outputs))
                        .as("what is stored is not what this puts out:\n%s", cell.source())
                        .isEqualTo(kinds(cell.outputs()));
                if (cell.isParameters()) run(kernel, SMALLER.getOrDefault(name, ""));
            }
        }
    }

    private static List<Output> run(Kernel kernel, String code) throws IOException {
        List<Output> outputs = kernel.run(code);
        assertThat(outputs).filteredOn(Output::isError).as(() -> code + "\n" + outputs).isEmpty();
        return outputs;
    }

    private static Set<String> kinds(List<Output> outputs) {
        return outputs.stream().map(Output::kind).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void linksLeadToFiles(String name) throws IOException {
        var link = LINK.matcher(Files.readString(HERE.resolve(name)));
        while (link.find()) {
            assertThat(HERE.resolve(link.group(1)).toAbsolutePath()).exists();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void holdsTheOutputsOfOneRun(String name) throws IOException, UnsupportedAudioFileException {
        Path file = HERE.resolve(name);
        assertThat(file.toFile().length()).as("bytes").isLessThan(MOST_BYTES);
        Notebook notebook = Notebook.read(file);
        assertThat(notebook.kernel()).isEqualTo(KernelSpec.NAME);
        assertThat(notebook.cells())
                .extracting(Notebook.Cell::count)
                .isEqualTo(IntStream.rangeClosed(1, notebook.cells().size()).boxed().toList());
        List<Output> outputs =
                notebook.cells().stream().flatMap(cell -> cell.outputs().stream()).toList();
        assertThat(outputs).noneMatch(Output::isError);
        assertThat(pictures(outputs))
                .isNotEmpty()
                .allSatisfy(picture -> assertThat(colours(picture)).hasSizeGreaterThan(10));
        assertThat(sounds(outputs))
                .isNotEmpty()
                .allSatisfy(sound -> assertThat(distinctSamples(sound)).isGreaterThan(10));
    }

    private static List<BufferedImage> pictures(List<Output> outputs) throws IOException {
        var pictures = new ArrayList<BufferedImage>();
        for (Output output : outputs) {
            String png = output.data().get(Output.PICTURE);
            if (png == null) continue;
            pictures.add(ImageIO.read(new ByteArrayInputStream(decoded(png))));
        }
        return pictures;
    }

    private static Set<Integer> colours(BufferedImage picture) {
        int width = picture.getWidth();
        int[] pixels = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
        return IntStream.of(pixels).boxed().collect(Collectors.toSet());
    }

    private static List<byte[]> sounds(List<Output> outputs)
            throws IOException, UnsupportedAudioFileException {
        var sounds = new ArrayList<byte[]>();
        for (Output output : outputs) {
            var player = PLAYER.matcher(output.data().getOrDefault(Output.HTML, ""));
            while (player.find()) {
                var wav = new ByteArrayInputStream(decoded(player.group(1)));
                try (AudioInputStream audio = AudioSystem.getAudioInputStream(wav)) {
                    sounds.add(audio.readAllBytes());
                }
            }
        }
        return sounds;
    }

    /// @param sound 16-bit little-endian samples
    private static long distinctSamples(byte[] sound) {
        return IntStream.range(0, sound.length / 2)
                .map(i -> (sound[2 * i] & 0xff) | sound[2 * i + 1] << 8)
                .distinct()
                .count();
    }

    /// Jupyter ends it with a line break.
    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64.strip());
    }
}
