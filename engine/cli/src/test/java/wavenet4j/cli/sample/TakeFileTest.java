package wavenet4j.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.audio.decode.AudioReader;
import wavenet4j.cli.testing.CommandProcess;
import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;
import wavenet4j.info.ModelInfo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Where a take goes, when the disk is full, when it is stopped, and where it must not go.
final class TakeFileTest {
    private static final int SECONDS_MOST = 60;

    @TempDir Path folder;
    private Path model = Path.of("");

    @BeforeEach
    void writeModel() throws IOException {
        model = folder.resolve("tiny.safetensors");
        TinyModels.model(List.of(), ModelInfo.NONE).save(model);
    }

    private Path wav(String name) {
        return folder.resolve(name + ".wav");
    }

    private Outcome sample(String... options) {
        var args = new ArrayList<>(List.of("wavenet-sample", model.toString()));
        args.addAll(List.of(options));
        args.add("--backend=reference");
        return Outcome.of(args.toArray(String[]::new));
    }

    private Path said() {
        return folder.resolve("said.txt");
    }

    /// Starts `wavenet-sample` behind other words of a shell's command.
    private Process start(String shell, String... options) throws IOException {
        var command = new ArrayList<>(List.of("sh", "-c", shell + " exec \"$@\"", ""));
        var args = new ArrayList<>(List.of("wavenet-sample", model.toString()));
        args.addAll(List.of(options));
        args.add("--backend=reference");
        command.addAll(CommandProcess.command(args));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said().toFile())
                .start();
    }

    private String ended(Process process) throws IOException, InterruptedException {
        try {
            assertThat(process.waitFor(SECONDS_MOST, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(said());
    }

    private void awaitSaid(String text) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MOST);
        while (!Files.readString(said()).contains(text)) {
            assertThat(System.nanoTime()).as(Files.readString(said())).isLessThan(end);
            Thread.sleep(20);
        }
    }

    /// A limit on the size of a file stops the writing as a full disk does.
    @Test
    void aFullDiskLosesNothing() throws IOException, InterruptedException {
        Files.writeString(wav("take-1"), "an earlier take");
        String[] options = {"--seconds=30", "--takes=2", "--seed=4", "--out=" + wav("take")};
        String said = ended(start("ulimit -f 100;", options)); // blocks of 512 or 1024 bytes
        assertThat(said)
                .contains("take-1.part.wav; the earlier " + wav("take-1") + " stands")
                .contains("s, in " + wav("take-2"))
                .containsPattern(
                        "take-[12].wav cannot be written \\(.*\\); make room there, or name another"
                                + " place");
        assertThat(wav("take-1")).hasContent("an earlier take");
        Path alone = wav("alone");
        sample("--seconds=30", "--seed=4", "--out=" + alone);
        float[] all = AudioReader.read(alone).samples();
        float[] kept = AudioReader.read(wav("take-1.part")).samples();
        assertThat(kept).hasSizeBetween(TinyModels.RATE, all.length - 1);
        assertThat(kept).isEqualTo(Arrays.copyOf(all, kept.length));
        assertThat(AudioReader.read(wav("take-2")).samples()).hasSizeGreaterThan(TinyModels.RATE);
        assertThat(wav("take-2.part")).doesNotExist();
    }

    /// Whose only writing is that at its end.
    @Test
    void aShortTakeOnAFullDiskIsToldAsLongAsItIs() throws IOException, InterruptedException {
        String said = ended(start("ulimit -f 8;", "--seconds=0.9", "--out=" + wav("take")));
        int kept = AudioReader.read(wav("take")).samples().length;
        assertThat(kept).isBetween(1, TinyModels.RATE * 8 / 10);
        assertThat(said)
                .contains("the first %.2f s, in ".formatted((double) kept / TinyModels.RATE));
    }

    @Test
    void aTakeThatEndsReplacesTheEarlierOne() throws IOException {
        Files.writeString(wav("take"), "an earlier take");
        Files.writeString(wav("take.part"), "what a killed process left");
        assertThat(sample("--seconds=0.5", "--out=" + wav("take")).status()).isZero();
        assertThat(AudioReader.read(wav("take")).samples()).hasSize(TinyModels.RATE / 2);
        assertThat(wav("take.part")).hasContent("what a killed process left");
        assertThat(wav("take.part-2")).doesNotExist();
    }

    /// Without a temporary folder, too.
    @Test
    void anInterruptionEndsWithTheFileAndItsPicture() throws IOException, InterruptedException {
        Process process =
                start(
                        "export JDK_JAVA_OPTIONS=-Djava.io.tmpdir=/nonexistent;",
                        "--seconds=100000",
                        "--out=" + wav("take"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MOST);
        Path part = wav("take.part");
        while (!Files.exists(part) || Files.size(part) < 3L * TinyModels.RATE) {
            assertThat(System.nanoTime()).as(Files.readString(said())).isLessThan(end);
            Thread.sleep(20);
        }
        process.toHandle().destroy();
        String said = ended(process);
        assertThat(said).contains("(stopped early)", "wrote      " + wav("take"));
        assertThat(said).contains("wrote      " + folder.resolve("take.png"));
        assertThat(said).doesNotContain("wavenet-sample:", "Shutdown");
        assertThat(AudioReader.read(wav("take")).samples().length)
                .isGreaterThanOrEqualTo(TinyModels.RATE);
        assertThat(folder.resolve("take.png")).isNotEmptyFile();
        assertThat(part).doesNotExist();
    }

    @Test
    void aPipeWithoutAReaderDoesNotHoldUpTheEnd() throws IOException, InterruptedException {
        int made = new ProcessBuilder("mkfifo", wav("pipe").toString()).start().waitFor();
        assumeTrue(made == 0, "this system has no named pipes");
        Process process = start("", "--out=" + wav("pipe"));
        awaitSaid("is waited for");
        long asked = System.nanoTime();
        process.toHandle().destroy();
        ended(process);
        assertThat(System.nanoTime() - asked).isLessThan(TimeUnit.SECONDS.toNanos(30));
    }

    @Test
    void theModelIsNotOverwrittenThroughALink() throws IOException {
        byte[] before = Files.readAllBytes(model);
        Path link = Files.createSymbolicLink(wav("link"), model);
        Path hard = Files.createLink(wav("hard"), model);
        Path picture = Files.createSymbolicLink(folder.resolve("take.png"), model);
        for (Path out : List.of(link, hard, wav("take"))) {
            Outcome outcome = sample("--seconds=0.1", "--out=" + out);
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("--out would overwrite the model, " + model + ", which is ")
                    .contains("name another file");
        }
        assertThat(picture).isSymbolicLink();
        assertThat(Files.readAllBytes(model)).isEqualTo(before);
    }

    @Test
    void aLinkToAnEarlierTakeIsWrittenThrough() throws IOException {
        Files.writeString(wav("target"), "an earlier take");
        Files.createSymbolicLink(wav("link"), wav("target"));
        assertThat(sample("--seconds=0.1", "--out=" + wav("link")).status()).isZero();
        assertThat(wav("link")).isSymbolicLink();
        assertThat(AudioReader.read(wav("target")).samples()).hasSize(TinyModels.RATE / 10);
    }

    @Test
    void aFolderThatTakesNoFilesIsNamed() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "this system has no /proc");
        Outcome outcome = sample("--seconds=0.1", "--out=/proc/take.wav");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("/proc/take.wav cannot be written (that folder takes no files); make");
    }
}
