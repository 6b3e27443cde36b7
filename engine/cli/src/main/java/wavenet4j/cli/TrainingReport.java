package wavenet4j.cli;

import org.jspecify.annotations.Nullable;

import wavenet4j.train.TrainingEvent;
import wavenet4j.train.TrainingEvent.PartsHalved;
import wavenet4j.train.TrainingEvent.Progress;
import wavenet4j.train.TrainingEvent.Saved;
import wavenet4j.train.TrainingEvent.SteppedBack;
import wavenet4j.train.TrainingEvent.Validated;

import java.nio.file.Path;
import java.util.function.Consumer;

/// Tells how a training goes: a bar that moves, and a line for each look at the held-out
/// recordings.
final class TrainingReport implements Consumer<TrainingEvent>, AutoCloseable {
    private static final int BAR_STEPS = 1000;

    private final Console console;
    private final Path run;
    private final Bar bar;
    private @Nullable Progress latest;
    private double heldOut = Double.NaN;
    private @Nullable Saved saved;

    TrainingReport(Console console, Path run) {
        this.console = console;
        this.run = run;
        bar = new Bar(console, "training", BAR_STEPS);
    }

    @Override
    public void accept(TrainingEvent event) {
        switch (event) {
            case Progress progress -> {
                latest = progress;
                bar.at(Math.round(progress.progress() * BAR_STEPS));
                bar.remark(
                        "%.3f bits, %,.0f/s"
                                .formatted(progress.bits(), progress.samplesPerSecond()));
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
            case Saved now -> saved = now;
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
                        Span.of(latest.secondsLeft()));
    }

    /// Says that the end was asked for.
    void stopping() {
        bar.say("Stopping: one more look at the held-out recordings, then the run is saved ...");
    }

    /// Says what is there now.
    ///
    /// @param stopped whether the end was asked for
    void end(boolean stopped) {
        bar.close();
        if (saved == null) {
            console.say(
                    "The run had reached its end already; --steps or --minutes gives it a later"
                            + " one.");
        } else if (stopped) {
            console.say(
                    "Saved at step %,d; go on with: wavenet-train --resume %s"
                            .formatted(saved.step(), run));
        } else {
            console.say(
                    "Done after %,d steps, %.4f bits per sample on held-out recordings."
                            .formatted(saved.step(), heldOut));
        }
        console.say("Listen: wavenet-sample " + run);
    }

    @Override
    public void close() {
        bar.close();
    }
}
