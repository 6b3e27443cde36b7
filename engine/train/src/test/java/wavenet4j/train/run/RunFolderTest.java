package wavenet4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.file.InvalidModelException;
import wavenet4j.info.ModelInfo;
import wavenet4j.train.checkpoint.EarlyStopping;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.event.EventLog;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.Verdict;
import wavenet4j.train.testing.TinyRun;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

final class RunFolderTest {
    @TempDir Path temporary;
    private final TrainConfig config = TinyRun.config();
    private final Dataset data = TinyRun.periodic(config, 4, 100);
    private Path folder;
    private RunFolder run;

    @BeforeEach
    void create() throws IOException {
        folder = temporary.resolve("run");
        run = RunFolder.create(folder, config, temporary.resolve("recordings"), data);
    }

    private Path checkpoint(int step) {
        return folder.resolve("checkpoints/step-%09d.safetensors".formatted(step));
    }

    private Path metrics() {
        return folder.resolve("metrics.jsonl");
    }

    private TrainingState state(long step) {
        TrainingState start = TrainingState.initial(data.spec(), step);
        return new TrainingState(
                step,
                step * 0.1,
                0.25,
                new EarlyStopping(3.75, 7, 2),
                123_456,
                start.weights(),
                start.averaged(),
                start.moment1(),
                start.moment2());
    }

    private static void requireEqual(TrainingState actual, TrainingState expected) {
        assertThat(actual.step()).isEqualTo(expected.step());
        assertThat(actual.seconds()).isEqualTo(expected.seconds());
        assertThat(actual.rateScale()).isEqualTo(expected.rateScale());
        assertThat(actual.best()).isEqualTo(expected.best());
        assertThat(actual.microBatchBytes()).isEqualTo(expected.microBatchBytes());
        assertThat(actual.weights()).isEqualTo(expected.weights());
        assertThat(actual.averaged()).isEqualTo(expected.averaged());
        assertThat(actual.moment1()).isEqualTo(expected.moment1());
        assertThat(actual.moment2()).isEqualTo(expected.moment2());
    }

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
    void aRunIsNotBegunOverAnother() {
        assertThatThrownBy(() -> RunFolder.create(folder, config, temporary, data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder + " already holds a run; go on with it by --resume");
    }

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
    void withoutCheckpointsThereIsNothingToGoOnFrom() throws IOException {
        Files.delete(checkpoint(0));
        assertThatThrownBy(() -> RunFolder.open(folder, config, temporary, data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder + " holds no checkpoint to go on from");
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
    void aModelIsNoCheckpoint() throws IOException {
        state(0).model(data.spec(), ModelInfo.NONE).save(checkpoint(0));
        assertThatThrownBy(() -> RunFolder.open(folder, config, temporary, data))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("its format is not wavenet4j-checkpoint/2");
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
    void metricsThatSomebodyShortenedAreKeptToTheirLastWholeLine() throws IOException {
        for (int step = 1; step <= 3; step++) run.log().append(new TrainingEvent.Saved(step));
        run.checkpoints().write(state(3));
        List<String> lines = Files.readAllLines(metrics());
        Files.writeString(metrics(), Files.readString(metrics()).substring(0, 50));
        run.lock().close();
        assertThat(Files.readAllLines(metrics())).containsExactly(lines.get(0), lines.get(2));
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

    @Test
    void aDamagedConfigurationIsOneSentenceThatNamesTheFile() throws IOException {
        Path file = folder.resolve("config.yaml");
        byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        for (int seed = 0; seed < 200; seed++) {
            Files.write(file, damaged(whole, seed));
            try {
                RunFolder.readConfig(folder, Map.of());
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage())
                        .startsWith(file.toString())
                        .doesNotContain("\n", "wavenet4j.", "com.fasterxml");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(80);
    }

    @Test
    void aConfigurationCutShortIsRefused() throws IOException {
        Path file = folder.resolve("config.yaml");
        String whole = Files.readString(file);
        for (int end = 0; end < whole.length(); end++) {
            Files.writeString(file, whole.substring(0, end));
            assertThatThrownBy(() -> RunFolder.readConfig(folder, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(file + " is cut short");
        }
    }

    /// Those begin with no comment and end with no dots.
    @Test
    void aConfigurationOfAnEarlierVersionIsReadIfItHasItsLastKey() throws IOException {
        Path file = folder.resolve("config.yaml");
        String earlier = config.toYaml();
        Files.writeString(file, earlier);
        assertThat(RunFolder.readConfig(folder, Map.of())).isEqualTo(config);
        for (int end = 0; end < earlier.indexOf("temperatures:"); end++) {
            Files.writeString(file, earlier.substring(0, end));
            assertThatThrownBy(() -> RunFolder.readConfig(folder, Map.of()))
                    .hasMessageStartingWith(file + " is cut short");
        }
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

    private static byte[] damaged(byte[] whole, int seed) {
        var random = new Random(seed);
        if (seed % 4 == 0) return Arrays.copyOf(whole, random.nextInt(whole.length));
        byte[] damaged = whole.clone();
        // Some of the flips fall into the header.
        int within = seed % 4 == 1 ? Math.min(1000, whole.length) : whole.length;
        for (int flips = 1 + seed % 3; flips > 0; flips--) {
            damaged[random.nextInt(within)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }
}
