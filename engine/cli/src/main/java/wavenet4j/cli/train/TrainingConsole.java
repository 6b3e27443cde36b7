package wavenet4j.cli.train;

import org.jspecify.annotations.Nullable;

import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.DurationText;
import wavenet4j.cli.console.ProgressLine;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingEvent.Judged;
import wavenet4j.train.event.TrainingEvent.PartsHalved;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.event.TrainingEvent.Progress;
import wavenet4j.train.event.TrainingEvent.Saved;
import wavenet4j.train.event.TrainingEvent.SteppedBack;
import wavenet4j.train.event.TrainingEvent.Validated;
import wavenet4j.train.loop.TrainingResult;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Tells how a training goes: a bar that moves, and a line for each look at the held-out
/// recordings.
final class TrainingConsole implements Consumer<TrainingEvent>, AutoCloseable {
    private static final int BAR_STEPS = 1000;

    private final Console console;
    private final Path run;
    private final ProgressLine bar;
    private @Nullable Progress latest;
    private double heldOut = Double.NaN;
    private @Nullable Judged judged;

    TrainingConsole(Console console, Path run) {
        this.console = console;
        this.run = run;
        bar = new ProgressLine(console, "training", BAR_STEPS);
    }

    @Override
    public void accept(TrainingEvent event) {
        switch (event) {
            case Progress progress -> {
                latest = progress;
                bar.at(Math.round(progress.progress() * BAR_STEPS));
                bar.remark(
                        "%.3f bits, %,.0f/s%s"
                                .formatted(
                                        progress.bits(),
                                        progress.samplesPerSecond(),
                                        judged == null ? "" : ", " + judged.verdict().words()));
            }
            case Validated look -> {
                heldOut = look.bits();
                bar.say(line(look));
            }
            case SteppedBack back ->
                    bar.say(
                            "At step %,d %s; training went back to step %,d and goes on with %s of the learning rate."
                                    .formatted(
                                            back.from(),
                                            back.reason(),
                                            back.to(),
                                            "%.0f %%".formatted(100 * back.rateScale())));
            case PartsHalved halved ->
                    bar.say(
                            "In step %,d the memory did not suffice for %,d windows at once; training goes on with %,d at a time."
                                    .formatted(
                                            halved.step() + 1, halved.windows(), halved.fewer()));
            case Previewed previewed -> bar.say(line(previewed));
            case Judged now -> {
                judged = now;
                bar.say(line(now));
            }
            case Saved _ -> {} // said at the end
        }
    }

    private String line(Validated look) {
        String line =
                "step %,7d  held out %.4f bits%s"
                        .formatted(look.step(), look.bits(), look.best() ? " (best)" : "       ");
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
                                "%.2f: %.0f dB, %.0f %% silent, flatness %.2f"
                                        .formatted(
                                                take.temperature(),
                                                take.decibels(),
                                                100 * take.silentShare(),
                                                take.flatness()))
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

    private static String line(Judged judged) {
        return "step %,7d  %s: %s %s"
                .formatted(
                        judged.step(),
                        judged.verdict().words(),
                        judged.sentence(),
                        judged.remedy());
    }

    /// Says that the end was asked for.
    void stopping() {
        bar.say("Stopping: the step in progress is finished, then the run is saved ...");
    }

    /// Says what is there now, and why training ended.
    void end(TrainingResult ending) {
        bar.close();
        console.say(
                switch (ending.reason()) {
                    case STOPPED ->
                            "Saved at step %,d; go on with: wavenet-train --resume %s"
                                    .formatted(ending.step(), run);
                    case FINISHED ->
                            Double.isNaN(heldOut)
                                    ? "The run had reached its end already; --steps or --minutes"
                                            + " gives it a later one."
                                    : "Done after %,d steps, %.4f bits per sample on held-out recordings."
                                            .formatted(ending.step(), heldOut);
                    case OUT_OF_PATIENCE ->
                            "Ended after %,d steps: %d looks at the held-out recordings in a row without a better one (training.patience). More patience goes on: wavenet-train --resume %s --set training.patience=%d"
                                    .formatted(
                                            ending.step(),
                                            ending.best().looksSince(),
                                            run,
                                            2 * ending.best().looksSince());
                });
        if (ending.best().looksSince() > 0) {
            console.say(
                    "The best, %.4f bits at step %,d, is in %s."
                            .formatted(
                                    ending.best().bits(),
                                    ending.best().step(),
                                    run.resolve("best.safetensors")));
        }
        if (judged != null && judged.step() != ending.step()) {
            console.say("So far, since %s".formatted(line(judged).strip()));
        }
        console.say("Listen: wavenet-sample " + run);
    }

    @Override
    public void close() {
        bar.close();
    }
}
