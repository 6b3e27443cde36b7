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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.train.RunListeners;
import wavenet4j.train.checkpoint.EarlyStopping;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.OptimizerChoice;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Batch;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.MicroBatchSize;
import wavenet4j.train.data.WindowSampler;
import wavenet4j.train.device.TrainingDevice;
import wavenet4j.train.event.EventLog;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingListener;
import wavenet4j.train.network.AutogradNetwork;
import wavenet4j.train.network.Loss;
import wavenet4j.train.run.RunFolder;
import wavenet4j.train.testing.NativeHeap;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

final class TrainingLoopTest {
    @TempDir Path temporary;
    private final List<TrainingEvent> events = new ArrayList<>();

    private <E extends TrainingEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private RunFolder create(TrainConfig config, Dataset data) throws IOException {
        return RunFolder.create(temporary.resolve("run"), config, temporary, data);
    }

    private TrainingLoop loop(TrainConfig config, Dataset data, RunFolder run) {
        return loop(config, data, run, event -> {});
    }

    private TrainingLoop loop(
            TrainConfig config, Dataset data, RunFolder run, TrainingListener also) {
        TrainingListener listener = RunListeners.of(run, config, also, events::add);
        return new TrainingLoop(config, data, TrainingDevice.processor(), run, listener);
    }

    @ParameterizedTest
    @EnumSource
    void learnsWhatIsPeriodic(OptimizerChoice optimizer) throws IOException {
        TrainConfig config =
                TinyRun.config(
                        "training.steps=120",
                        "training.learningRate=0.02",
                        "training.optimizer=" + optimizer.name().toLowerCase(Locale.ROOT));
        Dataset data = TinyRun.periodic(config, 9, 600);
        RunFolder run = create(config, data);
        loop(config, data, run).run();

        var looks = events(TrainingEvent.Evaluated.class);
        assertThat(looks)
                .extracting(TrainingEvent.Evaluated::step)
                .containsExactly(20L, 40L, 60L, 80L, 100L, 120L);
        double bits = looks.getLast().bits();
        assertThat(bits).as("bits; 4 is a uniform distribution").isLessThan(1.3);
        assertThat(looks.getFirst().bits()).isGreaterThan(bits + 0.5);

        var best =
                looks.stream()
                        .min(Comparator.comparingDouble(TrainingEvent.Evaluated::bits))
                        .orElseThrow();
        assertThat(run.checkpoints().newest().best())
                .isEqualTo(new EarlyStopping(best.bits(), best.step(), looksAfter(looks, best)));
        Model model = Model.load(run.best());
        assertThat(model.spec()).isEqualTo(data.spec());
        assertThat(model.training())
                .containsEntry("step", Long.toString(best.step()))
                .containsEntry("heldOut", "0.wav")
                .containsKeys("minutes", "heldOutBitsPerSample", "data", "leadIn");
        assertThat(Double.parseDouble(model.training().get("heldOutBitsPerSample")))
                .isEqualTo(Math.round(best.bits() * 1e4) / 1e4);

        var progress = events(TrainingEvent.Progress.class);
        assertThat(progress).hasSize(12);
        assertThat(progress.getLast().progress()).isEqualTo(1);
        assertThat(progress.getLast().secondsLeft()).isZero();
        assertThat(progress)
                .allSatisfy(p -> assertThat(p.samplesPerSecond()).isFinite().isPositive())
                .allSatisfy(p -> assertThat(p.secondsLeft()).isFinite().isNotNegative());
    }

    /// Knowing nothing costs 10 and 16 bits. A model over 16-bit samples that knows the tone pays 8
    /// for the noise; among 1,024 levels hardly a level's is left of it.
    @ParameterizedTest
    @CsvSource({"network.levels=1024,7", "network.output=logistics,12"})
    void learnsFinerThan256Levels(String setting, double most) throws IOException {
        TrainConfig config =
                TinyRun.config(
                        setting,
                        "network.mixtures=3",
                        "training.steps=300",
                        "training.learningRate=0.02");
        Dataset data = TinyRun.tones(config, 9, 600);
        RunFolder run = create(config, data);
        loop(config, data, run).run();
        assertThat(events(TrainingEvent.RolledBack.class)).isEmpty();
        var looks = events(TrainingEvent.Evaluated.class);
        assertThat(looks.getLast().bits()).isLessThan(most);
        Model model = Model.load(run.best());
        assertThat(model.spec()).isEqualTo(data.spec());
    }

    private static int looksAfter(
            List<TrainingEvent.Evaluated> looks, TrainingEvent.Evaluated best) {
        return looks.size() - 1 - looks.indexOf(best);
    }

    /// Windows too long for one part: what is learned is as if the batch were one.
    @Test
    void thePartsOfABatchAddUpToTheWhole() throws IOException {
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
    void aStepThatRunsOutOfMemoryIsBegunAnewInSmallerParts() throws IOException {
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
        requireEqual(atOnce, never);

        events.clear();
        TrainingState after =
                train("second", config, data, four, failing(network, (_, call) -> call == 2));
        assertThat(events(TrainingEvent.MicroBatchHalved.class))
                .containsExactly(new TrainingEvent.MicroBatchHalved(0, 4, 2));
        requireEqual(after, never);

        TrainingState whole = train("whole", config, data, WHOLE, network::loss);
        assertThat(whole.weights()).isNotEqualTo(never.weights());
        assertThat(whole.weights()).containsExactly(never.weights(), within(1e-4f));
    }

    @Test
    void tooLittleMemoryForOneWindowEndsInASentenceAndAWholeCheckpoint() throws IOException {
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
        requireEqual(run.checkpoints().newest(), never);
    }

    /// The memory of a processor does not come back with a new sitting: what it did not hold once
    /// is kept, so that the sums are rounded as if there had been no stop.
    @Test
    void smallerPartsAreKeptOverAResume() throws IOException {
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
        requireEqual(reopened.checkpoints().newest(), whole);
    }

    @Test
    void patienceEndsTheTrainingAndSaysWhereTheBestIs() throws IOException {
        // At once too fast to learn any further; no patience would make 200 steps of it.
        TrainConfig config =
                TinyRun.config(
                        "training.steps=200",
                        "training.learningRate=0.3",
                        "training.validateEvery=5",
                        "training.checkpointEvery=7",
                        "training.patience=3");
        Dataset data = TinyRun.periodic(config, 6, 500);
        RunFolder run = create(config, data);
        TrainingResult ending = loop(config, data, run).run();
        var looks = events(TrainingEvent.Evaluated.class);
        assertThat(ending.reason()).isEqualTo(TrainingResult.Reason.OUT_OF_PATIENCE);
        assertThat(ending.step()).isLessThan(200).isEqualTo(looks.getLast().step());
        assertThat(looks.reversed().stream().takeWhile(look -> !look.best())).hasSize(3);
        assertThat(ending.best())
                .isEqualTo(
                        new EarlyStopping(looks.reversed().get(3).bits(), ending.step() - 15, 3));
        assertThat(Model.load(run.best()).training())
                .containsEntry("step", Long.toString(ending.best().step()));

        events.clear();
        TrainingResult again = loop(config, data, run).run();
        assertThat(again).as("a run that has ended").isEqualTo(ending);
        assertThat(events).isEmpty();

        TrainConfig patient = TinyRun.config("training.steps=200", "training.patience=0");
        RunFolder reopened = RunFolder.open(temporary.resolve("run"), patient, temporary, data);
        assertThat(loop(patient, data, reopened).run().reason())
                .isEqualTo(TrainingResult.Reason.FINISHED);
    }

    /// Whether training runs out of memory in that part, the call-th to be learned from.
    private interface Failure {
        boolean at(Batch part, int call);
    }

    /// The network's loss on a device that says what CUDA's allocator says.
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

    private TrainingLoop loop(
            TrainConfig config, Dataset data, RunFolder run, MicroBatchSize size, Loss loss) {
        var device = TrainingDevice.processor();
        TrainingListener listener = RunListeners.of(run, config, events::add);
        return new TrainingLoop(config, data, device, size, run, listener, loss);
    }

    private static void requireEqual(TrainingState actual, TrainingState expected) {
        assertThat(actual.step()).isEqualTo(expected.step());
        assertThat(actual.weights()).isEqualTo(expected.weights());
        assertThat(actual.averaged()).isEqualTo(expected.averaged());
        assertThat(actual.moment1()).isEqualTo(expected.moment1());
        assertThat(actual.moment2()).isEqualTo(expected.moment2());
    }

    @Test
    void minutesEndARunAsStepsDo() throws IOException {
        TrainConfig config =
                TinyRun.config(
                        "training.steps=0",
                        "training.minutes=0.01",
                        "training.validateEvery=1000000",
                        "training.checkpointEvery=1000000");
        Dataset data = TinyRun.periodic(config, 4, 400);
        RunFolder run = create(config, data);
        loop(config, data, run).run();
        assertThat(run.checkpoints().newest().step()).isPositive();
        assertThat(run.checkpoints().newest().seconds()).isBetween(0.6, 5.0);
        assertThat(events(TrainingEvent.Evaluated.class)).hasSize(1);
        assertThat(events(TrainingEvent.Saved.class)).hasSize(1);
    }

    @Test
    void aStopIsSavedWheneverItIsAskedFor() throws IOException {
        TrainConfig config = TinyRun.config("training.steps=1000");
        Dataset data = TinyRun.periodic(config, 4, 400);
        for (Class<?> moment :
                List.of(
                        TrainingEvent.Progress.class,
                        TrainingEvent.Evaluated.class,
                        TrainingEvent.Saved.class)) {
            events.clear();
            Path folder = temporary.resolve(moment.getSimpleName());
            RunFolder run = RunFolder.create(folder, config, temporary, data);
            var loop = new TrainingLoop[1];
            loop[0] =
                    loop(
                            config,
                            data,
                            run,
                            event -> {
                                if (moment.isInstance(event)) loop[0].stop();
                            });
            loop[0].run();
            assertThat(events.getLast()).isInstanceOf(TrainingEvent.Saved.class);
            long step = ((TrainingEvent.Saved) events.getLast()).step();
            assertThat(step).isLessThan(50);
            assertThat(run.checkpoints().newest().step()).isEqualTo(step);
            assertThat(run.best()).exists();
        }
    }

    @Test
    void aFinishedRunTakesNoStepUntilItIsGivenMore() throws IOException {
        TrainConfig config = TinyRun.config("training.steps=20");
        Dataset data = TinyRun.periodic(config, 4, 400);
        RunFolder run = create(config, data);
        loop(config, data, run).run();
        TrainingState end = run.checkpoints().newest();
        assertThat(end.step()).isEqualTo(20);

        events.clear();
        loop(config, data, RunFolder.open(temporary.resolve("run"), config, temporary, data)).run();
        assertThat(events).isEmpty();

        TrainConfig more = TinyRun.config("training.steps=30");
        RunFolder reopened = RunFolder.open(temporary.resolve("run"), more, temporary, data);
        loop(more, data, reopened).run();
        assertThat(reopened.checkpoints().newest().step()).isEqualTo(30);
        assertThat(RunFolder.readConfig(temporary.resolve("run"), Map.of())).isEqualTo(more);
    }

    @Test
    void anExplosionStepsBackToALowerRateAndGoesOn() throws IOException {
        TrainConfig config =
                TinyRun.config(
                        "training.learningRate=1",
                        "training.warmupSteps=0",
                        "training.clipNorm=1e9",
                        "training.steps=60");
        Dataset data = TinyRun.periodic(config, 4, 400);
        RunFolder run = create(config, data);
        loop(config, data, run).run();
        var setbacks = events(TrainingEvent.RolledBack.class);
        assertThat(setbacks).isNotEmpty();
        double scale = 1;
        for (TrainingEvent.RolledBack setback : setbacks) {
            scale /= 2;
            assertThat(setback.rateScale()).isEqualTo(scale);
            assertThat(setback.to()).isLessThan(setback.from());
            assertThat(setback.reason()).contains("the loss");
        }
        TrainingState end = run.checkpoints().newest();
        assertThat(end.step()).isEqualTo(60);
        assertThat(end.rateScale()).isEqualTo(scale);
        assertThat(events(TrainingEvent.Progress.class).getLast().rate()).isLessThan(scale);
    }

    @Test
    void theLowerRateIsKeptWhenTheRunIsCutOffRightAfter() throws IOException {
        TrainConfig config =
                TinyRun.config(
                        "training.learningRate=1",
                        "training.warmupSteps=0",
                        "training.clipNorm=1e9");
        Dataset data = TinyRun.periodic(config, 4, 400);
        RunFolder run = create(config, data);
        assertThatThrownBy(() ->
                        loop(
                                        config,
                                        data,
                                        run,
                                        event -> {
                                            if (event instanceof TrainingEvent.Saved
                                                    && !events(TrainingEvent.RolledBack.class)
                                                            .isEmpty()) {
                                                throw new IllegalStateException("cut off");
                                            }
                                        })
                                .run())
                .hasMessage("cut off");
        assertThat(run.checkpoints().newest().rateScale()).isEqualTo(0.5);
    }

    @Test
    void aCheckpointThatWasSpoiltIsGivenUpForTheOneBefore() throws IOException {
        TrainConfig config = TinyRun.config("training.steps=60");
        Dataset data = TinyRun.periodic(config, 4, 400);
        RunFolder run = create(config, data);
        run.checkpoints().write(spoilt(run.checkpoints().newest(), 10));
        loop(config, data, run).run();
        assertThat(events(TrainingEvent.RolledBack.class))
                .containsExactly(
                        new TrainingEvent.RolledBack(
                                10, 0, 0.5, "the loss or its gradient was not finite"));
        assertThat(run.checkpoints().newest().step()).isEqualTo(60);
        assertThat(events(TrainingEvent.Evaluated.class).getLast().bits()).isLessThan(4);
    }

    @Test
    void trainingThatKeepsFailingEndsInASentence() throws IOException {
        TrainConfig config = TinyRun.config();
        Dataset data = TinyRun.periodic(config, 4, 400);
        RunFolder run = create(config, data);
        run.checkpoints().write(spoilt(run.checkpoints().newest(), 0));
        assertThatThrownBy(() -> loop(config, data, run).run())
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageStartingWith("the loss keeps exploding at step 0")
                .hasMessageEndingWith("start with a lower training.learningRate");
        assertThat(events(TrainingEvent.RolledBack.class)).hasSize(8);
    }

    /// Takes and judgements change nothing of what is learned, and no time of it.
    @Test
    void previewsAreHeardMeasuredAndJudged() throws IOException {
        TrainConfig silent = TinyRun.config("training.steps=50");
        Dataset data = TinyRun.periodic(silent, 6, 600);
        RunFolder without = RunFolder.create(temporary.resolve("none"), silent, temporary, data);
        loop(silent, data, without).run();
        assertThat(events(TrainingEvent.Previewed.class)).isEmpty();
        assertThat(temporary.resolve("none/previews")).doesNotExist();

        events.clear();
        TrainConfig config =
                TinyRun.config("training.steps=50", "training.previews={every: 20, seconds: 0.05}");
        RunFolder run = create(config, data);
        long begun = System.nanoTime();
        loop(
                        config,
                        data,
                        run,
                        event -> {
                            if (event instanceof TrainingEvent.Previewed) pause(400);
                        })
                .run();
        double passed = (System.nanoTime() - begun) * 1e-9;
        requireEqual(run.checkpoints().newest(), without.checkpoints().newest());

        var previews = events(TrainingEvent.Previewed.class);
        assertThat(previews.getFirst().step()).isEqualTo(20);
        assertThat(previews.getLast().step()).isEqualTo(50);
        assertThat(run.checkpoints().newest().seconds()).isLessThan(passed - 0.4);
        for (var take : previews.getLast().takes()) {
            assertThat(run.folder().resolve(take.file())).isNotEmptyFile();
        }
        var judged = events(TrainingEvent.Diagnosed.class);
        assertThat(judged.getFirst().step()).isLessThanOrEqualTo(20);
        assertThat(judged.getLast().step()).isEqualTo(50);
        assertThat(events.indexOf(judged.getFirst())).as("told after what it judges").isPositive();
        var recorded = new ArrayList<TrainingEvent>(List.of(new TrainingEvent.Saved(0)));
        recorded.addAll(events);
        assertThat(EventLog.of(run.folder()).read()).isEqualTo(recorded);
        assertThat(run.folder().resolve("metrics.jsonl"))
                .content()
                .contains(
                        "{\"event\":\"previewed\",\"step\":50,\"labels\":[],\"seconds\":0.05,\"cutShort\":false,\"takes\":[{\"temperature\":0.9,\"file\":\"previews/step-000000050-t0.90.wav\",\"decibels\":",
                        "{\"event\":\"judged\",\"step\":50,\"verdict\":\"UNDERTRAINED\",\"sentence\":\"");
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStopDuringAPreviewEndsItSoon() throws IOException {
        TrainConfig config =
                TinyRun.config(
                        "training.steps=1000",
                        "training.validateEvery=10",
                        "training.checkpointEvery=10",
                        // Hours of it, at least: the reference is slow.
                        "training.previews={every: 10, seconds: 60}",
                        "network.channels={residual: 64, gate: 64, skip: 256, head: 256}");
        Dataset data = TinyRun.periodic(config, 4, 400);
        RunFolder run = create(config, data);
        var loop = new TrainingLoop[1];
        var stopper =
                new Thread(() -> {
                    pause(300); // well into the preview, which begins at once
                    loop[0].stop();
                });
        loop[0] =
                loop(
                        config,
                        data,
                        run,
                        event -> {
                            if (event instanceof TrainingEvent.Evaluated v && v.step() == 10) {
                                stopper.start();
                            }
                        });
        long begun = System.nanoTime();
        loop[0].run();
        assertThat((System.nanoTime() - begun) * 1e-9).isLessThan(20);
        assertThat(events(TrainingEvent.Previewed.class)).isEmpty();
        assertThat(events.stream().filter(e -> e instanceof TrainingEvent.Saved)).hasSize(2);
        assertThat(run.checkpoints().newest().step()).isEqualTo(11);
    }

    /// The smallest tensor of a step, five channels of 32,000 samples, would make 50 MB from step
    /// 20 to step 100 if it were not freed. What else comes and goes is of Java's own compilers.
    @Test
    void memoryStaysFlat() throws IOException {
        TrainConfig config =
                TinyRun.config(
                        "network.dilations=[1,2]",
                        "training.steps=100",
                        "training.window=32000",
                        "training.batch=1",
                        "training.validateEvery=20",
                        "training.checkpointEvery=20");
        Dataset data = TinyRun.periodic(config, 3, 32004);
        RunFolder run = create(config, data);
        var inUse = new ArrayList<Long>();
        loop(
                        config,
                        data,
                        run,
                        event -> {
                            if (event instanceof TrainingEvent.Saved) inUse.add(NativeHeap.bytes());
                        })
                .run();
        assertThat(inUse).hasSize(5);
        assertThat(inUse.getLast() - inUse.getFirst())
                .as("bytes in use after each 20 steps: %s", inUse)
                .isLessThan(25L << 20);
    }

    /// Finite weights that give infinite logits.
    private static TrainingState spoilt(TrainingState state, long step) {
        float[] weights = state.weights().clone();
        Arrays.fill(weights, 1e30f);
        return new TrainingState(
                step,
                state.seconds(),
                state.rateScale(),
                state.best(),
                state.partBytes(),
                weights,
                state.averaged(),
                state.moment1(),
                state.moment2());
    }
}
