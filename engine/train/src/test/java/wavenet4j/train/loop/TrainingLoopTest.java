package wavenet4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import wavenet4j.Model;
import wavenet4j.info.ModelInfo;
import wavenet4j.train.checkpoint.EarlyStopping;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.OptimizerConfig;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.run.RunFolder;
import wavenet4j.train.testing.NativeHeap;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

final class TrainingLoopTest extends TrainingLoopFixture {
    @ParameterizedTest
    @EnumSource
    void learnsWhatIsPeriodic(OptimizerConfig.Algorithm optimizer) throws IOException {
        TrainConfig config =
                TinyRun.config(
                        "training.steps=120",
                        "training.learningRate=0.02",
                        "training.optimizer=" + optimizer.name().toLowerCase(Locale.ROOT));
        Dataset data = TinyRun.periodic(config, 9, 600);
        RunFolder run = create(config, data);
        loop(config, data, run).run();

        var evaluations = events(TrainingEvent.Evaluated.class);
        assertThat(evaluations)
                .extracting(TrainingEvent.Evaluated::step)
                .containsExactly(20L, 40L, 60L, 80L, 100L, 120L);
        double bits = evaluations.getLast().bits();
        assertThat(bits).as("bits; 4 is a uniform distribution").isLessThan(1.3);
        assertThat(evaluations.getFirst().bits()).isGreaterThan(bits + 0.5);

        var best =
                evaluations.stream()
                        .min(Comparator.comparingDouble(TrainingEvent.Evaluated::bits))
                        .orElseThrow();
        assertThat(run.checkpoints().newest().best())
                .isEqualTo(
                        new EarlyStopping(
                                best.bits(), best.step(), evaluationsAfter(evaluations, best)));
        Model model = Model.load(run.best());
        assertThat(model.spec()).isEqualTo(data.spec());
        ModelInfo info = model.info();
        assertThat(info.preprocessing()).isEqualTo(config.data().preprocessing());
        var training = requireNonNull(info.training());
        assertThat(training.step()).isEqualTo(best.step());
        assertThat(training.heldOutBitsPerSample()).isEqualTo(Math.round(best.bits() * 1e4) / 1e4);
        assertThat(requireNonNull(info.data()).heldOut()).containsExactly("0.wav");

        var progress = events(TrainingEvent.Progress.class);
        assertThat(progress).hasSize(12);
        assertThat(progress.getLast().progress()).isEqualTo(1);
        assertThat(progress.getLast().secondsLeft()).isZero();
        assertThat(progress)
                .allSatisfy(p -> assertThat(p.samplesPerSecond()).isFinite().isPositive())
                .allSatisfy(p -> assertThat(p.secondsLeft()).isFinite().isNotNegative());
    }

    /// A uniform distribution costs 10 and 16 bits. A model of 16-bit samples that predicts the
    /// tone costs 8 for the noise; among 1,024 levels the noise is less than a level.
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
        var evaluations = events(TrainingEvent.Evaluated.class);
        assertThat(evaluations.getLast().bits()).isLessThan(most);
        Model model = Model.load(run.best());
        assertThat(model.spec()).isEqualTo(data.spec());
    }

    private static int evaluationsAfter(
            List<TrainingEvent.Evaluated> evaluations, TrainingEvent.Evaluated best) {
        return evaluations.size() - 1 - evaluations.indexOf(best);
    }

    @Test
    void patienceEndsTheTrainingWithTheBestModel() throws IOException {
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
        TrainingResult result = loop(config, data, run).run();
        var evaluations = events(TrainingEvent.Evaluated.class);
        assertThat(result.reason()).isEqualTo(TrainingResult.Reason.OUT_OF_PATIENCE);
        assertThat(result.step()).isLessThan(200).isEqualTo(evaluations.getLast().step());
        assertThat(evaluations.reversed().stream().takeWhile(evaluation -> !evaluation.best()))
                .hasSize(3);
        assertThat(result.best())
                .isEqualTo(
                        new EarlyStopping(
                                evaluations.reversed().get(3).bits(), result.step() - 15, 3));
        var training = requireNonNull(Model.load(run.best()).info().training());
        assertThat(training.step()).isEqualTo(result.best().step());

        events.clear();
        TrainingResult again = loop(config, data, run).run();
        assertThat(again).as("a run that has ended").isEqualTo(result);
        assertThat(events).isEmpty();

        TrainConfig patient = TinyRun.config("training.steps=200", "training.patience=0");
        RunFolder reopened = RunFolder.open(temporary.resolve("run"), patient, temporary, data);
        assertThat(loop(patient, data, reopened).run().reason())
                .isEqualTo(TrainingResult.Reason.FINISHED);
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
    void aStopIsSavedWheneverItIsRequested() throws IOException {
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
            assertThat(events(TrainingEvent.Stopped.class))
                    .containsExactly(new TrainingEvent.Stopped(step));
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
        assertThat(events(TrainingEvent.Resumed.class))
                .containsExactly(new TrainingEvent.Resumed(20));
        assertThat(events(TrainingEvent.Stopped.class)).isEmpty();
        assertThat(reopened.checkpoints().newest().step()).isEqualTo(30);
        assertThat(RunFolder.readConfig(temporary.resolve("run"), Map.of())).isEqualTo(more);
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
}
