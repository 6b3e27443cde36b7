package wavenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.InvalidModelException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

final class RunFolderTest {
    @TempDir Path temporary;
    private final TrainConfig config = Tiny.config();
    private final Dataset data = Tiny.periodic(config, 4, 100);
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

    private TrainingState state(long step) {
        TrainingState start = TrainingState.initial(data.spec(), step);
        return new TrainingState(
                step,
                step * 0.1,
                0.25,
                3.75,
                start.weights(),
                start.averaged(),
                start.moment1(),
                start.moment2());
    }

    private static void requireEqual(TrainingState actual, TrainingState expected) {
        assertThat(actual.step()).isEqualTo(expected.step());
        assertThat(actual.seconds()).isEqualTo(expected.seconds());
        assertThat(actual.rateScale()).isEqualTo(expected.rateScale());
        assertThat(actual.bestBits()).isEqualTo(expected.bestBits());
        assertThat(actual.weights()).isEqualTo(expected.weights());
        assertThat(actual.averaged()).isEqualTo(expected.averaged());
        assertThat(actual.moment1()).isEqualTo(expected.moment1());
        assertThat(actual.moment2()).isEqualTo(expected.moment2());
    }

    @Test
    void aNewRunHoldsAllThatResumingTakes() throws IOException {
        requireEqual(run.newestState(), TrainingState.initial(data.spec(), 1));
        assertThat(run.newestState().bestBits()).isInfinite();
        assertThat(RunFolder.readConfig(folder, Map.of())).isEqualTo(config);
        assertThat(RunFolder.readConfig(folder, Map.of("training.batch", "9")).training().batch())
                .isEqualTo(9);
        assertThat(RunFolder.readRecordings(folder)).isEqualTo(temporary.resolve("recordings"));
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
        for (int step = 1; step <= 5; step++) run.writeCheckpoint(state(step));
        requireEqual(run.newestState(), state(5));
        try (var files = Files.list(folder.resolve("checkpoints"))) {
            assertThat(files).containsExactlyInAnyOrder(checkpoint(4), checkpoint(5));
        }
        requireEqual(run.stateBefore(state(5)), state(4));
        assertThat(checkpoint(5)).doesNotExist();
        requireEqual(run.stateBefore(state(4)), state(4));
    }

    /// Two hundred damaged files: each is either seen and passed over for the older one, or
    /// harmless.
    @Test
    void aDamagedCheckpointIsPassedOverForTheOlder() throws IOException {
        run.writeCheckpoint(state(1));
        run.writeCheckpoint(state(2));
        byte[] whole = Files.readAllBytes(checkpoint(2));
        int passedOver = 0;
        for (int seed = 0; seed < 200; seed++) {
            Files.write(checkpoint(2), damaged(whole, seed));
            TrainingState found = run.newestState();
            requireEqual(found, state(found.step()));
            if (found.step() == 1) passedOver++;
        }
        assertThat(passedOver).isGreaterThan(190);
    }

    @Test
    void whereAllAreDamagedTheNewestIsNamed() throws IOException {
        run.writeCheckpoint(state(1));
        run.writeCheckpoint(state(2));
        for (int step = 1; step <= 2; step++) {
            byte[] whole = Files.readAllBytes(checkpoint(step));
            Files.write(checkpoint(step), Arrays.copyOf(whole, whole.length - 1));
        }
        assertThatThrownBy(() -> RunFolder.open(folder, config, data))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(checkpoint(2) + " cannot be used: ")
                .hasMessageContaining("damaged");
    }

    @Test
    void withoutCheckpointsThereIsNothingToGoOnFrom() throws IOException {
        Files.delete(checkpoint(0));
        assertThatThrownBy(() -> RunFolder.open(folder, config, data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder + " holds no checkpoint to go on from");
    }

    @Test
    void otherRecordingsAndOtherNetworksAreRefused() {
        Dataset longer = Tiny.periodic(config, 4, 101);
        TrainConfig wider = Tiny.config("network.dilations=2 x 2..8");
        Dataset sameSounds = Tiny.periodic(wider, 4, 100);
        for (Dataset other : List.of(longer, sameSounds)) {
            assertThatThrownBy(() -> RunFolder.open(folder, config, other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            checkpoint(0)
                                    + " was trained on other recordings, or with other network or"
                                    + " data settings; give the same to go on with it, or start a"
                                    + " new run");
        }
    }

    @Test
    void aModelIsNoCheckpoint() throws IOException {
        state(0).model(data.spec(), Map.of()).save(checkpoint(0));
        assertThatThrownBy(() -> RunFolder.open(folder, config, data))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("its format is not wavenet4j-checkpoint/1");
    }

    @Test
    void openingDropsWhatAKilledProcessLeft() throws IOException {
        run.writeCheckpoint(state(20));
        run.record(new TrainingEvent.Progress(20, 1, 1, 1, 1, 0.5, 1));
        run.record(new TrainingEvent.Saved(20, checkpoint(20)));
        run.record(new TrainingEvent.SteppedBack(15, 0, 0.5, "made up"));
        run.record(new TrainingEvent.Progress(30, Double.NaN, 1, 1, 1, 0.5, 1));
        run.record(new TrainingEvent.SteppedBack(35, 20, 0.5, "made up"));
        Path metrics = folder.resolve("metrics.jsonl");
        Files.writeString(metrics, Files.readString(metrics) + "{\"event\":\"progress\",\"st");
        Path part = Files.createFile(folder.resolve("checkpoints/.step-000000030.1.part"));
        Path other = Files.createFile(folder.resolve(".config.yaml2.part"));

        RunFolder.open(folder, config, data);
        assertThat(Files.readAllLines(metrics))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("{\"event\":").endsWith("}"));
        assertThat(part).doesNotExist();
        assertThat(other).doesNotExist();
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
    void aFolderThatIsNoRunIsNamed() {
        assertThatThrownBy(() -> RunFolder.readConfig(temporary, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(temporary + " is no training run: it has no config.yaml");
        assertThatThrownBy(() -> RunFolder.readRecordings(temporary))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name their folder by --data");
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
