package wavenet4j.train.report;

import wavenet4j.train.config.ScheduleConfig;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.event.TrainingEvent.Diagnosed;
import wavenet4j.train.run.RunFolder;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command that does what a diagnosis advises.
public final class Remedy {
    private static final String TRAIN = "wavenet-train";
    private static final double COLD_STARTS = 0.15; // share of windows, as in the presets

    private Remedy() {}

    /// The command and its arguments; empty where the run should go on as it is, or where no
    /// command helps.
    ///
    /// @param ended whether the run has reached the end of its schedule
    public static List<String> command(
            Diagnosed diagnosis, TrainConfig config, boolean ended, Path run) {
        double rate = config.training().schedule().learningRate();
        return switch (diagnosis.verdict()) {
            case LEARNING, OVERFITTING ->
                    ended ? List.of("wavenet-sample", run.toString()) : List.of();
            case UNDERTRAINED -> ended ? longer(config, run) : another(run, rate(2 * rate));
            case NOISE, SILENCE, STUCK -> ended ? longer(config, run) : List.of();
            case DIVERGING, PLATEAU -> another(run, rate(rate / 2));
            case SILENT_CORPUS -> another(run, "data.trimDb=-50");
            case CLIPPING -> List.of();
        };
    }

    private static String rate(double rate) {
        return "training.learningRate=" + plain(Math.min(1, rate));
    }

    /// The same run to twice its length.
    private static List<String> longer(TrainConfig config, Path run) {
        ScheduleConfig schedule = config.training().schedule();
        var words = new ArrayList<>(List.of(TRAIN, "--resume", run.toString()));
        if (schedule.minutes() > 0) {
            words.addAll(List.of("--minutes", plain(2 * schedule.minutes())));
        }
        if (schedule.steps() > 0) {
            words.addAll(List.of("--steps", Long.toString(2 * schedule.steps())));
        }
        if (config.training().batches().coldStarts() < COLD_STARTS) {
            words.addAll(List.of("--set", "training.coldStarts=" + COLD_STARTS));
        }
        if (!config.data().excerpts()) words.addAll(List.of("--set", "data.excerpts=true"));
        return words;
    }

    /// A new run beside this one, with another setting.
    private static List<String> another(Path run, String setting) {
        Path recordings;
        try {
            recordings = RunFolder.readRecordings(run);
        } catch (IOException | IllegalArgumentException e) {
            return List.of(); // nobody knows what to train on
        }
        return List.of(
                TRAIN,
                "--data",
                recordings.toString(),
                "--config",
                run.resolve("config.yaml").toString(),
                "--set",
                setting,
                "--out",
                run + "-2");
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
