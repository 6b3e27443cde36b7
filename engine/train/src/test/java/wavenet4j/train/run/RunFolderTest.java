package wavenet4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import wavenet4j.train.checkpoint.EarlyStopping;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.event.EventLog;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.Verdict;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a run is begun in and gone on from, and what is no run.
final class RunFolderTest extends RunFolderFixture {
    @Test
    void aNewRunHoldsAllThatResumingTakes() throws IOException {
        requireEqual(run.checkpoints().newest(), TrainingState.initial(data.spec(), 1));
        assertThat(run.checkpoints().newest().best()).isEqualTo(EarlyStopping.NONE);
        assertThat(RunFolder.readConfig(folder, Map.of())).isEqualTo(config);
        assertThat(
                        RunFolder.readConfig(folder, Map.of("training.batch", "9"))
                                .training()
                                .batches()
                                .size())
                .isEqualTo(9);
        assertThat(RunFolder.isIn(folder)).isTrue();
        assertThat(RunFolder.isIn(temporary)).isFalse();
        assertThat(folder.resolve("corpus.txt")).content().contains("held out\n  0.wav");
    }

    @Test
    void aRunIsBegunInAFolderOfItsOwn() throws IOException {
        RunFolder.requireRoom(temporary.resolve("new"));
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        Files.createFile(empty.resolve(".DS_Store"));
        RunFolder.requireRoom(empty);
        assertThatThrownBy(() -> RunFolder.requireRoom(temporary))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        temporary
                                + " holds other things and no run: empty, run; name a new folder,"
                                + " or an empty one");
        // What was stopped in the middle of its creation may be begun again.
        Files.delete(folder.resolve("config.yaml"));
        RunFolder.create(folder, config, temporary, data).checkpoints().write(state(1));
        Files.delete(folder.resolve("config.yaml"));
        assertThatThrownBy(() -> RunFolder.create(folder, config, temporary, data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no run: checkpoints; name a new folder");
        requireEqual(run.checkpoints().newest(), state(1));
    }

    @Test
    void aRunIsNotBegunOverAnother() {
        assertThatThrownBy(() -> RunFolder.create(folder, config, temporary, data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder + " already holds a run; go on with it by --resume");
    }

    @Test
    void aFolderThatIsNoRunIsNamed() {
        assertThatThrownBy(() -> RunFolder.readConfig(temporary, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(temporary + " is no training run: it has no config.yaml");
        assertThatThrownBy(() -> RunFolder.readRecordings(temporary))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(temporary + " is no training run: it has no config.yaml");
    }

    @Test
    void otherRecordingsAndOtherNetworksAreRefused() {
        Dataset longer = TinyRun.periodic(config, 4, 101);
        TrainConfig wider = TinyRun.config("network.dilations=2 x 2..8");
        Dataset sameSounds = TinyRun.periodic(wider, 4, 100);
        Map<Dataset, String> others = Map.of(longer, "sounds", sameSounds, "network settings");
        others.forEach((other, difference) ->
                assertThatThrownBy(() -> RunFolder.open(folder, config, temporary, other))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(
                                "%s was trained with other %s; give it the same by --data or"
                                        + " --labels, or begin another run",
                                checkpoint(0), difference));
        assertThatThrownBy(() -> RunFolder.open(folder, wider, temporary, sameSounds))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "network.dilations is [1,2,4,1,2,4] in the run %s and cannot become"
                            + " [2,4,8,2,4,8]: a run keeps its network, its seed and what it makes"
                            + " of its recordings; begin another run for that",
                        folder);
        for (String fixed : List.of("network.kernelSize", "data.tailSeconds", "training.seed")) {
            assertThatThrownBy(() -> RunFolder.readConfig(folder, Map.of(fixed, "3")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(fixed + " is ");
        }
    }

    @Test
    void whereTheRecordingsAreNowIsKeptAndAPlaceThatIsGoneIsNamed() throws IOException {
        assertThatThrownBy(() -> RunFolder.readRecordings(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the recordings of the run %s lay in %s, where nothing is now; name their"
                                + " folder by --data",
                        folder, temporary.resolve("recordings"));
        Path moved = Files.createDirectory(temporary.resolve("moved"));
        RunFolder.open(folder, config, moved, data).lock().close();
        assertThat(RunFolder.readRecordings(folder)).isEqualTo(moved);
        Files.delete(folder.resolve("data.txt"));
        assertThatThrownBy(() -> RunFolder.readRecordings(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "does not hold the folder of the recordings; name it by --data");
    }

    @Test
    void whatWasRecordedIsReadAgain() throws IOException {
        assertThat(EventLog.of(folder).read()).isEmpty();
        List<TrainingEvent> events =
                List.of(
                        new TrainingEvent.Progress(10, Double.NaN, 1e-300, 0.5, 2, 0.5, 1 / 0.0),
                        new TrainingEvent.Evaluated(10, 1.5, 3.25, true),
                        new TrainingEvent.Diagnosed(
                                10, Verdict.LEARNING, "It \"learns\".", "Go on."),
                        new TrainingEvent.Saved(10),
                        new TrainingEvent.MicroBatchHalved(10, 4, 2),
                        new TrainingEvent.RolledBack(15, 10, 0.5, "made up"));
        for (TrainingEvent event : events) run.log().append(event);
        assertThat(EventLog.of(run.folder()).read()).isEqualTo(events);
    }
}
