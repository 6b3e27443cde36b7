package wavenet4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.run.RunFolder;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.util.Arrays;

final class RollbackTest extends TrainingLoopFixture {
    @Test
    void anExplosionRollsBackToALowerRate() throws IOException {
        TrainConfig config =
                TinyRun.config(
                        "training.learningRate=1",
                        "training.warmupSteps=0",
                        "training.clipNorm=1e9",
                        "training.steps=60");
        Dataset data = TinyRun.periodic(config, 4, 400);
        RunFolder run = create(config, data);
        loop(config, data, run).run();
        var rollbacks = events(TrainingEvent.RolledBack.class);
        assertThat(rollbacks).isNotEmpty();
        double scale = 1;
        for (TrainingEvent.RolledBack rollback : rollbacks) {
            scale /= 2;
            assertThat(rollback.rateScale()).isEqualTo(scale);
            assertThat(rollback.to()).isLessThan(rollback.from());
            assertThat(rollback.reason()).contains("the loss");
        }
        TrainingState end = run.checkpoints().newest();
        assertThat(end.step()).isEqualTo(60);
        assertThat(end.rateScale()).isEqualTo(scale);
        assertThat(events(TrainingEvent.Progress.class).getLast().rate()).isLessThan(scale);
    }

    @Test
    void theLowerRateIsSavedAtOnce() throws IOException {
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
    void trainingThatKeepsFailingEnds() throws IOException {
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

    /// Finite weights that give infinite logits.
    private static TrainingState spoilt(TrainingState state, long step) {
        float[] weights = state.weights().clone();
        Arrays.fill(weights, 1e30f);
        return new TrainingState(
                step,
                state.seconds(),
                state.rateScale(),
                state.best(),
                state.microBatchBytes(),
                state.kernels(),
                weights,
                state.averaged(),
                state.moment1(),
                state.moment2());
    }
}
