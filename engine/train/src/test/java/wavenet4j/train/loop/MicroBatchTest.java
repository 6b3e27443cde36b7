package wavenet4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;

import org.junit.jupiter.api.Test;

import wavenet4j.ModelSpec;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Batch;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.MicroBatchSize;
import wavenet4j.train.data.WindowSampler;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.network.AutogradNetwork;
import wavenet4j.train.network.Loss;
import wavenet4j.train.run.RunFolder;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// Batches in micro-batches, which shrink when the memory runs out.
final class MicroBatchTest extends TrainingLoopFixture {
    /// Windows too long for one part: what is learned is as if the batch were one.
    @Test
    void theMicroBatchesOfABatchAddUpToTheWhole() throws IOException {
        TrainConfig config =
                TinyRun.config("training.steps=1", "training.window=7000", "training.batch=5");
        Dataset data = TinyRun.periodic(config, 6, 7000);
        RunFolder run = create(config, data);
        var windows = new WindowSampler(data.spec(), data.training(), config.training());
        assertThat(windows.batch(0, new MicroBatchSize.Targets(16_384))).hasSize(3);
        Batch whole = windows.batch(0, new MicroBatchSize.Targets(Integer.MAX_VALUE)).getFirst();
        double bits;
        double norm;
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            NDArray weights = manager.create(run.checkpoints().newest().weights());
            weights.setRequiresGradient(true);
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDArray loss = new AutogradNetwork(data.spec()).loss(weights, whole);
                gradients.backward(loss);
                bits = loss.getFloat() / Math.log(2);
            }
            norm = weights.getGradient().norm().getFloat();
        }

        loop(config, data, run).run();
        var step = events(TrainingEvent.Progress.class).getLast();
        assertThat(step.bits()).isCloseTo(bits, withPercentage(1e-3));
        assertThat(step.norm()).isCloseTo(norm, withPercentage(1e-2));
    }

    /// Whether the memory fails before a step's first gradient or after it, at one size or at
    /// several: what is learned is to the bit what it is in a training of such parts from the
    /// start, and but for rounding what it is in one of whole batches.
    @Test
    void aStepThatRunsOutOfMemoryIsRepeatedInSmallerMicroBatches() throws IOException {
        TrainConfig config =
                TinyRun.config(
                        "training.steps=7",
                        "training.batch=8",
                        "training.optimizer=adam"); // Muon makes more of rounding
        Dataset data = TinyRun.periodic(config, 9, 615);
        var network = new AutogradNetwork(data.spec());
        MicroBatchSize four = windows(data.spec(), 4);
        MicroBatchSize two = windows(data.spec(), 2);
        TrainingState never = train("never", config, data, two, network::loss);
        assertThat(events(TrainingEvent.MicroBatchHalved.class)).isEmpty();

        TrainingState atOnce =
                train("first", config, data, WHOLE, failing(network, (part, _) -> part.rows() > 3));
        assertThat(events(TrainingEvent.MicroBatchHalved.class))
                .containsExactly(
                        new TrainingEvent.MicroBatchHalved(0, 8, 4),
                        new TrainingEvent.MicroBatchHalved(0, 4, 2));
        TinyRun.requireEqual(atOnce, never);

        events.clear();
        TrainingState after =
                train("second", config, data, four, failing(network, (_, call) -> call == 2));
        assertThat(events(TrainingEvent.MicroBatchHalved.class))
                .containsExactly(new TrainingEvent.MicroBatchHalved(0, 4, 2));
        TinyRun.requireEqual(after, never);

        TrainingState whole = train("whole", config, data, WHOLE, network::loss);
        assertThat(whole.weights()).isNotEqualTo(never.weights());
        assertThat(whole.weights()).containsExactly(never.weights(), within(1e-4f));
    }

    @Test
    void tooLittleMemoryForOneWindowEndsWithACheckpoint() throws IOException {
        TrainConfig config = TinyRun.config("training.steps=7", "training.batch=4");
        Dataset data = TinyRun.periodic(config, 9, 615);
        var network = new AutogradNetwork(data.spec());
        TrainingState never = train("never", config, data, windows(data.spec(), 1), network::loss);

        // Two steps of four parts each, and a third that begins.
        var loss = failing(network, (_, call) -> call > 10);
        assertThatThrownBy(() -> train("ends", config, data, windows(data.spec(), 1), loss))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContainingAll(
                        "does not suffice for a single window after step 2, which is saved",
                        "CUDA out of memory. Tried to allocate 2.00 GiB",
                        "training.window");
        Path folder = temporary.resolve("ends");
        RunFolder run = RunFolder.open(folder, config, temporary, data);
        assertThat(run.checkpoints().newest().step()).isEqualTo(2);
        loop(config, data, run, windows(data.spec(), 1), network::loss).run();
        TinyRun.requireEqual(run.checkpoints().newest(), never);
    }

    /// Smaller micro-batches are kept when a training on a processor resumes, so that its sums are
    /// rounded as if there had been no stop.
    @Test
    void smallerMicroBatchesAreKeptOverAResume() throws IOException {
        TrainConfig config = TinyRun.config("training.steps=9", "training.batch=8");
        Dataset data = TinyRun.periodic(config, 9, 615);
        var network = new AutogradNetwork(data.spec());
        TrainingState whole =
                train("whole", config, data, WHOLE, failing(network, (part, _) -> part.rows() > 3));

        Path folder = temporary.resolve("stopped");
        RunFolder run = RunFolder.create(folder, config, temporary, data);
        var stopped = new TrainingLoop[1];
        var calls = new AtomicInteger();
        Loss stopping =
                (weights, part) -> {
                    if (calls.incrementAndGet() == 12) stopped[0].stop();
                    return failing(network, (p, _) -> p.rows() > 3).of(weights, part);
                };
        stopped[0] = loop(config, data, run, WHOLE, stopping);
        assertThat(stopped[0].run().reason()).isEqualTo(TrainingResult.Reason.STOPPED);
        assertThat(run.checkpoints().newest().step()).isBetween(1L, 8L);

        events.clear();
        RunFolder reopened = RunFolder.open(folder, config, temporary, data);
        loop(config, data, reopened, WHOLE, network::loss).run();
        assertThat(events(TrainingEvent.MicroBatchHalved.class)).isEmpty();
        TinyRun.requireEqual(reopened.checkpoints().newest(), whole);
    }

    /// Whether training runs out of memory in that part, the call-th to be learned from.
    private interface Failure {
        boolean at(Batch part, int call);
    }

    /// The network's loss on a device that fails as CUDA's allocator does.
    private static Loss failing(AutogradNetwork network, Failure failure) {
        var calls = new AtomicInteger();
        return (weights, part) -> {
            NDArray loss = network.loss(weights, part);
            if (weights.hasGradient() && failure.at(part, calls.incrementAndGet())) {
                throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB.\nmore");
            }
            return loss;
        };
    }

    private static final MicroBatchSize WHOLE = new MicroBatchSize.Targets(Integer.MAX_VALUE);

    /// As many windows, of 100 targets each where recordings are of 615 samples.
    private static MicroBatchSize windows(ModelSpec spec, int count) {
        return new MicroBatchSize.Memory(spec, count * MicroBatchSize.bytesOfWindow(spec, 100));
    }

    private TrainingState train(
            String name, TrainConfig config, Dataset data, MicroBatchSize size, Loss loss)
            throws IOException {
        RunFolder run = RunFolder.create(temporary.resolve(name), config, temporary, data);
        loop(config, data, run, size, loss).run();
        return run.checkpoints().newest();
    }
}
