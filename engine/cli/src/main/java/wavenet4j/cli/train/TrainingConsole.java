package wavenet4j.cli.train;

import org.jspecify.annotations.Nullable;

import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.DurationText;
import wavenet4j.cli.console.ProgressLine;
import wavenet4j.train.config.ScheduleConfig;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingEvent.DeviceUsed;
import wavenet4j.train.event.TrainingEvent.Diagnosed;
import wavenet4j.train.event.TrainingEvent.Evaluated;
import wavenet4j.train.event.TrainingEvent.MicroBatchHalved;
import wavenet4j.train.event.TrainingEvent.PreviewTake;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.event.TrainingEvent.Progress;
import wavenet4j.train.event.TrainingEvent.Resumed;
import wavenet4j.train.event.TrainingEvent.RolledBack;
import wavenet4j.train.event.TrainingEvent.Saved;
import wavenet4j.train.event.TrainingEvent.Stopped;
import wavenet4j.train.event.TrainingEvent.TemperatureChosen;
import wavenet4j.train.event.TrainingListener;
import wavenet4j.train.loop.TrainingResult;
import wavenet4j.train.report.Remedy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Shows the progress of a training on the console: a bar, and a line for each evaluation, preview,
/// rollback and diagnosis.
final class TrainingConsole implements TrainingListener, AutoCloseable {
    private final Console console;
    private final Path run;
    private final ProgressLine bar;
    private @Nullable Progress latest;
    private final TrainConfig config;
    private final ScheduleConfig schedule;
    private long step;
    private Work work = Work.LEARNING;
    private double heldOut = Double.NaN;
    private @Nullable Diagnosed diagnosis;

    TrainingConsole(Console console, RunPlan plan) {
        this.console = console;
        run = plan.folder();
        config = plan.config();
        schedule = config.training().schedule();
        bar = new ProgressLine(console, "training");
    }

    @Override
    public void onBegin(long step, Work work) {
        this.step = work == Work.LEARNING ? step + 1 : step;
        this.work = work;
        show();
    }

    private void show() {
        long steps = schedule.steps();
        double minutes = schedule.minutes();
        double share = latest == null ? Double.NaN : latest.progress();
        String count = "step %,d".formatted(step);
        if (steps > 0) {
            count += " of %,d".formatted(steps);
        } else if (latest != null) {
            count += ", %,.1f of %,.0f min".formatted(share * minutes, minutes);
        }
        if (work != Work.LEARNING) count += ", " + work.words();
        String verdict = diagnosis == null ? "" : ", " + diagnosis.verdict().words();
        bar.update(
                share,
                count,
                latest == null
                        ? ""
                        : "%.3f bits, %,.0f samples/s%s"
                                .formatted(latest.bits(), latest.samplesPerSecond(), verdict));
    }

    @Override
    public void onStart(long step, String products, List<TrainingEvent> earlier) {
        bar.log("%-10s %s".formatted("products", products));
    }

    @Override
    public void onEvent(TrainingEvent event) {
        switch (event) {
            case Progress progress -> {
                latest = progress;
                show();
            }
            case Evaluated evaluated -> {
                heldOut = evaluated.bits();
                bar.log(line(evaluated));
            }
            case RolledBack back ->
                    bar.log(
                            "At step %,d %s; training went back to step %,d and goes on with %s of the learning rate."
                                    .formatted(
                                            back.from(),
                                            back.reason(),
                                            back.to(),
                                            "%.0f %%".formatted(100 * back.rateScale())));
            case MicroBatchHalved halved ->
                    bar.log(
                            "In step %,d the memory did not suffice for %,d windows at once; training goes on with %,d at a time."
                                    .formatted(
                                            halved.step() + 1, halved.windows(), halved.fewer()));
            case Previewed previewed -> bar.log(line(previewed));
            case TemperatureChosen chosen ->
                    bar.log(
                            "step %,7d  temperature %.2f: takes at it come nearest to the recordings, and it is kept in the model"
                                    .formatted(chosen.step(), chosen.temperature()));
            case Diagnosed now -> {
                diagnosis = now;
                bar.log(line(now));
            }
            case DeviceUsed _ -> {} // printed before the training
            case Stopped _, Resumed _, Saved _ -> {} // shown before and after it
        }
    }

    private String line(Evaluated evaluated) {
        String line =
                "step %,7d  held out %.4f bits%s"
                        .formatted(
                                evaluated.step(),
                                evaluated.bits(),
                                evaluated.best() ? " (best)" : "       ");
        if (latest == null) return line;
        return "%s  training %.4f  %,6.0f samples/s  %s left"
                .formatted(
                        line,
                        latest.bits(),
                        latest.samplesPerSecond(),
                        DurationText.of(latest.secondsLeft()));
    }

    private String line(Previewed previewed) {
        String takes =
                previewed.takes().stream()
                        .map(take ->
                                "%.2f: %.0f dB, %.0f %% silent, flatness %.2f%s"
                                        .formatted(
                                                take.temperature(),
                                                take.decibels(),
                                                100 * take.silentShare(),
                                                take.flatness(),
                                                faults(take)))
                        .collect(Collectors.joining("; "));
        String labels = String.join(" ", previewed.labels());
        return "step %,7d  takes of %.1f s%s%s in %s (temperature %s)"
                .formatted(
                        previewed.step(),
                        previewed.seconds(),
                        previewed.cutShort() ? " (more would have taken too long)" : "",
                        labels.isEmpty() ? "" : " with " + labels,
                        run.resolve("previews"),
                        takes);
    }

    private static String faults(PreviewTake take) {
        return take.faults().stream()
                .map(fault -> ", " + fault.words())
                .collect(Collectors.joining());
    }

    private static String line(Diagnosed diagnosis) {
        return "step %,7d  %s: %s %s"
                .formatted(
                        diagnosis.step(),
                        diagnosis.verdict().words(),
                        diagnosis.sentence(),
                        diagnosis.remedy());
    }

    /// Shows that a stop was requested.
    void showStopping() {
        bar.log("Stopping: the step in progress is finished, then the run is saved ...");
    }

    /// Shows why training ended, and how to continue it or use the model.
    void showEnd(TrainingResult result) {
        bar.close();
        console.log(
                switch (result.reason()) {
                    case STOPPED ->
                            "Saved at step %,d; go on with: %s"
                                    .formatted(result.step(), command("wavenet-train", "--resume"));
                    case FINISHED ->
                            Double.isNaN(heldOut)
                                    ? "The run had reached its end already; --steps or --minutes"
                                            + " gives it a later one."
                                    : "Done after %,d steps, %.4f bits per sample on held-out recordings."
                                            .formatted(result.step(), heldOut);
                    case OUT_OF_PATIENCE ->
                            "Stopped early after %,d steps: %d evaluations in a row were no better than the best (training.patience). To train longer: %s --set training.patience=%d"
                                    .formatted(
                                            result.step(),
                                            result.best().evaluationsSince(),
                                            command("wavenet-train", "--resume"),
                                            2 * result.best().evaluationsSince());
                });
        if (result.best().evaluationsSince() > 0) {
            console.log(
                    "The best, %.4f bits at step %,d, is in %s."
                            .formatted(
                                    result.best().bits(),
                                    result.best().step(),
                                    run.resolve("best.safetensors")));
        }
        if (diagnosis != null && diagnosis.step() != result.step()) {
            console.log("Diagnosis since %s".formatted(line(diagnosis).strip()));
        }
        if (diagnosis != null && result.reason() != TrainingResult.Reason.STOPPED) {
            List<String> remedy = Remedy.command(diagnosis, config, true, run);
            if (remedy.contains("wavenet-train")) {
                console.log("What may help: " + console.commands().of(remedy));
            }
        }
        console.log("Listen: " + command("wavenet-sample"));
    }

    /// A command for this run.
    private String command(String name, String... options) {
        var arguments = new ArrayList<>(List.of(options));
        arguments.add(run.toString());
        return console.commands().of(name, arguments.toArray(String[]::new));
    }

    @Override
    public void close() {
        bar.close();
    }
}
