package wavenet4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import wavenet4j.train.event.TrainingEvent;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What a training finds in its folder once it has the folder to itself.
final class RunLockTest extends RunFolderFixture {
    @Test
    void twoTrainingsDoNotShareAFolder() throws IOException {
        Path part = folder.resolve("checkpoints/.step-000000001.1.part");
        try (Closeable _ = run.lock()) {
            Files.createFile(part); // what the first is writing
            RunFolder other = RunFolder.open(folder, config, temporary, data);
            assertThatThrownBy(other::lock)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(folder + " is being trained in already; stop that training first");
            assertThat(part).exists();
        }
        run.lock().close();
    }

    @Test
    void aTrainingFindsTheFolderAsItsNewestWholeCheckpointLeftIt() throws IOException {
        run.log().append(new TrainingEvent.Progress(20, 1, 1, 1, 1, 0.5, 1));
        // A rollback from a step after the checkpoint that it went back to is kept.
        run.log().append(new TrainingEvent.RolledBack(25, 10, 0.5, "made up"));
        run.checkpoints().write(state(10));
        List<String> lines = Files.readAllLines(metrics());
        assertThat(lines).hasSize(2);
        run.log().append(new TrainingEvent.Progress(20, Double.NaN, 1, 1, 1, 0.5, 1));
        Files.writeString(metrics(), "{\"event\":\"progress\",\"st", StandardOpenOption.APPEND);
        Files.write(checkpoint(20), new byte[100]);
        Files.copy(checkpoint(0), checkpoint(5)); // killed before it deleted the oldest
        String unfinished = "." + UUID.randomUUID() + ".part";
        Path part = Files.createFile(folder.resolve("checkpoints/.step-000000030" + unfinished));
        Path other = Files.createFile(folder.resolve(".config.yaml" + unfinished));

        RunFolder.open(folder, config, temporary, data);
        assertThat(part).as("it may be what another process is writing").exists();
        assertThat(Files.readAllLines(metrics())).hasSize(4);

        try (var lock = run.lock()) {
            assertThat(lock.events()).hasSize(lines.size());
            assertThat(Files.readAllLines(metrics()))
                    .startsWith(lines.toArray(String[]::new))
                    .endsWith("{\"event\":\"saved\",\"step\":10}")
                    .hasSize(3);
        }
        assertThat(part).doesNotExist();
        assertThat(other).doesNotExist();
        try (var files = Files.list(folder.resolve("checkpoints"))) {
            assertThat(files)
                    .containsExactlyInAnyOrder(
                            checkpoint(5), checkpoint(10), Path.of(checkpoint(20) + ".damaged"));
        }
    }

    @Test
    void metricsThatSomebodyShortenedAreKeptToTheirLastWholeLine() throws IOException {
        for (int step = 1; step <= 3; step++) run.log().append(new TrainingEvent.Saved(step));
        run.checkpoints().write(state(3));
        List<String> lines = Files.readAllLines(metrics());
        Files.writeString(metrics(), Files.readString(metrics()).substring(0, 50));
        run.lock().close();
        assertThat(Files.readAllLines(metrics())).containsExactly(lines.get(0), lines.get(2));
    }

    /// TensorBoard's earlier files are left as they are; the next one makes later steps void.
    @Test
    void goingOnDropsTakesThatWillBeMadeAgain() throws IOException {
        run.checkpoints().write(state(20));
        Path previews = Files.createDirectory(folder.resolve("previews"));
        Path kept = Files.createFile(previews.resolve("step-000000020-t1.00.wav"));
        Path later = Files.createFile(previews.resolve("step-000000040-t1.00.wav"));
        Path real = Files.createFile(previews.resolve("real.wav"));
        Path part = Files.createFile(previews.resolve(".step-000000040-t1.00.png.part"));
        RunFolder.open(folder, config, temporary, data).lock().close();
        assertThat(kept).exists();
        assertThat(real).exists();
        assertThat(later).doesNotExist();
        assertThat(part).doesNotExist();
    }

    @Test
    void filesOfOtherNamesAreLeftAlone() throws IOException {
        run.checkpoints().write(state(10));
        var foreign = new ArrayList<Path>();
        for (String name :
                List.of(
                        "checkpoints/step-000000020-good.safetensors",
                        "checkpoints/step-000000005 (copy).safetensors",
                        "checkpoints/step-5.safetensors",
                        "checkpoints/notes.txt",
                        "previews/step-000000020-t1.00 best.wav",
                        ".mine.part",
                        "checkpoints/.upload.1.part")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            foreign.add(Files.copy(checkpoint(10), file));
        }
        run.lock().close();
        for (int step = 11; step <= 15; step++) run.checkpoints().write(state(step));
        assertThat(foreign).allSatisfy(file -> assertThat(file).exists());
        requireEqual(run.checkpoints().newest(), state(15));
    }

    private Path metrics() {
        return folder.resolve("metrics.jsonl");
    }
}
