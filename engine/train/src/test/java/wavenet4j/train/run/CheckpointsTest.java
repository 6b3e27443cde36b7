package wavenet4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import wavenet4j.file.InvalidModelException;
import wavenet4j.info.ModelInfo;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Which checkpoints are kept, and what is gone on from where some are damaged.
final class CheckpointsTest extends RunFolderFixture {
    @Test
    void theNewestTwoCheckpointsAreKept() throws IOException {
        for (int step = 1; step <= 5; step++) run.checkpoints().write(state(step));
        requireEqual(run.checkpoints().newest(), state(5));
        try (var files = Files.list(folder.resolve("checkpoints"))) {
            assertThat(files).containsExactlyInAnyOrder(checkpoint(4), checkpoint(5));
        }
        requireEqual(run.checkpoints().before(state(5)), state(4));
        assertThat(checkpoint(5)).doesNotExist();
        requireEqual(run.checkpoints().before(state(4)), state(4));
    }

    @Test
    void asManyCheckpointsAreKeptAsTheConfigurationSays() throws IOException {
        TrainConfig more = TinyRun.config("training.checkpointsKept=4");
        RunFolder reopened = RunFolder.open(folder, more, temporary, data);
        for (int step = 1; step <= 9; step++) reopened.checkpoints().write(state(step));
        try (var files = Files.list(folder.resolve("checkpoints"))) {
            assertThat(files)
                    .containsExactlyInAnyOrder(
                            checkpoint(6), checkpoint(7), checkpoint(8), checkpoint(9));
        }
    }

    /// Two hundred damaged files: each is either seen and passed over for the older one, or
    /// harmless.
    @Test
    void aDamagedCheckpointIsPassedOverForTheOlder() throws IOException {
        run.checkpoints().write(state(1));
        run.checkpoints().write(state(2));
        byte[] whole = Files.readAllBytes(checkpoint(2));
        int passedOver = 0;
        for (int seed = 0; seed < 200; seed++) {
            Files.write(checkpoint(2), damaged(whole, seed));
            TrainingState found = run.checkpoints().newest();
            requireEqual(found, state(found.step()));
            if (found.step() == 1) passedOver++;
        }
        assertThat(passedOver).isGreaterThan(190);
    }

    @Test
    void whereAllAreDamagedTheNewestIsNamed() throws IOException {
        run.checkpoints().write(state(1));
        run.checkpoints().write(state(2));
        for (int step = 1; step <= 2; step++) {
            byte[] whole = Files.readAllBytes(checkpoint(step));
            Files.write(checkpoint(step), Arrays.copyOf(whole, whole.length - 1));
        }
        assertThatThrownBy(() -> RunFolder.open(folder, config, temporary, data))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(checkpoint(2) + " cannot be used: ")
                .hasMessageContaining("damaged");
    }

    @Test
    void goingBackFromADamagedCheckpointIsTold() throws IOException {
        run.checkpoints().write(state(10));
        assertThat(run.progress()).isEqualTo("step 10, 0.0 minutes so far");
        Files.write(checkpoint(20), new byte[100]);
        assertThat(run.progress())
                .isEqualTo(
                        "step 10, 0.0 minutes so far; passed over, as damaged:"
                                + " checkpoints/step-000000020.safetensors");
        run.lock().close();
        assertThat(Path.of(checkpoint(20) + ".damaged")).hasBinaryContent(new byte[100]);
        assertThat(run.progress()).isEqualTo("step 10, 0.0 minutes so far");
    }

    @Test
    void withoutCheckpointsThereIsNothingToGoOnFrom() throws IOException {
        Files.delete(checkpoint(0));
        assertThatThrownBy(() -> RunFolder.open(folder, config, temporary, data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder + " holds no checkpoint to go on from");
    }

    @Test
    void aModelIsNoCheckpoint() throws IOException {
        state(0).model(data.spec(), ModelInfo.NONE).save(checkpoint(0));
        assertThatThrownBy(() -> RunFolder.open(folder, config, temporary, data))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("its format is not wavenet4j-checkpoint/2");
    }

    /// What stands where the next checkpoint is to be written stops it as a full disk does.
    @Test
    void aCheckpointThatCannotBeWrittenIsNamedAndTheOneBeforeStands() throws IOException {
        run.checkpoints().write(state(1));
        Files.createDirectory(checkpoint(2));
        assertThatThrownBy(() -> run.checkpoints().write(state(2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(checkpoint(2).toString());
        Files.delete(checkpoint(2));
        requireEqual(run.checkpoints().newest(), state(1));
    }
}
