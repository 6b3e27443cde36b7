package wavenet4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.train.checkpoint.EarlyStopping;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.ComputeConfig.Kernels;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/// A new run of a tiny network in a folder, and what its files are.
abstract class RunFolderFixture {
    @TempDir Path temporary;
    final TrainConfig config = TinyRun.config();
    final Dataset data = TinyRun.periodic(config, 4, 100);
    Path folder;
    RunFolder run;

    @BeforeEach
    void create() throws IOException {
        folder = temporary.resolve("run");
        run = RunFolder.create(folder, config, temporary.resolve("recordings"), data);
    }

    Path checkpoint(int step) {
        return folder.resolve("checkpoints/step-%09d.safetensors".formatted(step));
    }

    TrainingState state(long step) {
        TrainingState start = TrainingState.initial(data.spec(), step);
        return new TrainingState(
                step,
                step * 0.1,
                0.25,
                new EarlyStopping(3.75, 7, 2),
                123_456,
                Kernels.VECTOR,
                start.weights(),
                start.averaged(),
                start.moment1(),
                start.moment2());
    }

    static void requireEqual(TrainingState actual, TrainingState expected) {
        TinyRun.requireEqual(actual, expected);
        assertThat(actual.seconds()).isEqualTo(expected.seconds());
        assertThat(actual.rateScale()).isEqualTo(expected.rateScale());
        assertThat(actual.best()).isEqualTo(expected.best());
        assertThat(actual.microBatchBytes()).isEqualTo(expected.microBatchBytes());
        assertThat(actual.kernels()).isEqualTo(expected.kernels());
    }

    static byte[] damaged(byte[] whole, int seed) {
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
