package wavenet4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.event.EventLog;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.run.RunFolder;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

final class PreviewedTrainingTest extends TrainingLoopFixture {
    /// Previews and diagnoses change neither the weights nor the training time.
    @Test
    void previewsAreMeasuredAndDiagnosed() throws IOException {
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
        long start = System.nanoTime();
        loop(
                        config,
                        data,
                        run,
                        event -> {
                            if (event instanceof TrainingEvent.Previewed) pause(400);
                        })
                .run();
        double passed = (System.nanoTime() - start) * 1e-9;
        TinyRun.requireEqual(run.checkpoints().newest(), without.checkpoints().newest());

        var previews = events(TrainingEvent.Previewed.class);
        assertThat(previews.getFirst().step()).isEqualTo(20);
        assertThat(previews.getLast().step()).isEqualTo(50);
        assertThat(run.checkpoints().newest().seconds()).isLessThan(passed - 0.4);
        for (var take : previews.getLast().takes()) {
            assertThat(run.folder().resolve(take.file())).isNotEmptyFile();
        }
        var diagnoses = events(TrainingEvent.Diagnosed.class);
        assertThat(diagnoses.getFirst().step()).isLessThanOrEqualTo(20);
        assertThat(diagnoses.getLast().step()).isEqualTo(50);
        assertThat(events.indexOf(diagnoses.getFirst()))
                .as("after the event it follows from")
                .isPositive();
        var recorded = new ArrayList<TrainingEvent>(List.of(new TrainingEvent.Saved(0)));
        recorded.addAll(events);
        assertThat(EventLog.of(run.folder()).read()).isEqualTo(recorded);
        assertThat(run.folder().resolve("metrics.jsonl"))
                .content()
                .contains(
                        "{\"event\":\"previewed\",\"step\":50,\"labels\":[],\"seconds\":0.05,\"cutShort\":false,\"takes\":[{\"temperature\":0.9,\"file\":\"previews/step-000000050-t0.90.wav\",\"decibels\":",
                        "{\"event\":\"judged\",\"step\":50,\"verdict\":\"UNDERTRAINED\",\"sentence\":\"");
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
        long start = System.nanoTime();
        loop[0].run();
        assertThat((System.nanoTime() - start) * 1e-9).isLessThan(20);
        assertThat(events(TrainingEvent.Previewed.class)).isEmpty();
        assertThat(events.stream().filter(e -> e instanceof TrainingEvent.Saved)).hasSize(2);
        assertThat(run.checkpoints().newest().step()).isEqualTo(11);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
