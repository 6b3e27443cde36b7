package wavenet4j.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.event.TrainingEvent.Diagnosed;
import wavenet4j.train.event.Verdict;
import wavenet4j.train.run.RunFolder;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What a run's diagnosis advises, as a command.
final class RemedyTest {
    @TempDir Path temporary;

    private static String command(Verdict verdict, TrainConfig config, boolean ended, Path run) {
        var diagnosis = new Diagnosed(10, verdict, "It is so.", "Do something.");
        return String.join(" ", Remedy.command(diagnosis, config, ended, run));
    }

    @Test
    void aRunThatEndedTooEarlyIsMadeTwiceAsLong() {
        Path run = Path.of("runs", "mine");
        TrainConfig steps = TinyRun.config("training.steps=400", "training.coldStarts=0.15");
        assertThat(command(Verdict.UNDERTRAINED, steps, true, run))
                .isEqualTo("wavenet-train --resume %s --steps 800".formatted(run));
        TrainConfig minutes =
                TinyRun.config(
                        "training.steps=0", "training.minutes=2.5", "training.coldStarts=0.15");
        assertThat(command(Verdict.NOISE, minutes, true, run))
                .isEqualTo("wavenet-train --resume %s --minutes 5".formatted(run));
        TrainConfig warm = TinyRun.config("training.steps=400", "training.coldStarts=0");
        assertThat(command(Verdict.SILENCE, warm, true, run))
                .isEqualTo(
                        "wavenet-train --resume %s --steps 800 --set training.coldStarts=0.15"
                                .formatted(run));
    }

    @Test
    void aLongerRunKeepsExcerpts() {
        TrainConfig without =
                TinyRun.config(
                        "training.steps=400", "training.coldStarts=0.15", "data.excerpts=false");
        Path run = Path.of("runs", "mine");
        assertThat(command(Verdict.STUCK, without, true, run))
                .isEqualTo(
                        "wavenet-train --resume %s --steps 800 --set data.excerpts=true"
                                .formatted(run));
    }

    @Test
    void aRunThatGoesWellOrOnIsLeftAlone() {
        Path run = Path.of("run");
        TrainConfig config = TinyRun.config();
        for (Verdict verdict : List.of(Verdict.LEARNING, Verdict.NOISE, Verdict.SILENCE)) {
            assertThat(command(verdict, config, false, run)).as(verdict.words()).isEmpty();
        }
        assertThat(command(Verdict.LEARNING, config, true, run)).isEqualTo("wavenet-sample run");
    }

    /// With half the rate, on the same recordings, beside the run.
    @Test
    void aRunThatCannotBeMendedIsBegunAnew() throws IOException {
        TrainConfig config = TinyRun.config("training.learningRate=0.02");
        Path run = temporary.resolve("run");
        RunFolder.create(run, config, temporary, TinyRun.periodic(config, 4, 400));
        assertThat(command(Verdict.DIVERGING, config, false, run))
                .isEqualTo(
                        "wavenet-train --data %s --config %s --set training.learningRate=0.01 --out %s-2"
                                .formatted(temporary, run.resolve("config.yaml"), run));
        assertThat(command(Verdict.DIVERGING, config, false, temporary.resolve("nowhere")))
                .as("nobody knows the recordings")
                .isEmpty();
    }
}
