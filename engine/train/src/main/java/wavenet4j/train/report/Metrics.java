package wavenet4j.train.report;

import org.jspecify.annotations.Nullable;

import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingEvent.Diagnosed;
import wavenet4j.train.event.TrainingEvent.Evaluated;
import wavenet4j.train.event.TrainingEvent.MicroBatchHalved;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.event.TrainingEvent.Progress;
import wavenet4j.train.event.TrainingEvent.RolledBack;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The events of a run as series over its steps. What a rollback has undone is replaced by what
/// comes in its place.
final class Metrics {
    private final List<Recorded<Progress>> progress = new ArrayList<>();
    private final List<Recorded<Evaluated>> evaluations = new ArrayList<>();
    private final List<Recorded<Previewed>> previews = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private @Nullable Recorded<Evaluated> best;
    private @Nullable Diagnosed diagnosis;

    private long step;
    private long made;

    /// Seconds of training by steps made.
    private final NavigableMap<Long, Double> clock = new TreeMap<>();

    /// A moment of a run.
    ///
    /// @param step of the run
    /// @param made steps until then, those that rollbacks undid included
    record Moment(long step, long made) {}

    /// An event and its moment.
    record Recorded<E extends TrainingEvent>(Moment at, E event) {}

    /// A remark on the curves.
    record Mark(Moment at, String text) {}

    Metrics() {
        clock.put(0L, 0.0);
    }

    static Metrics of(List<TrainingEvent> events) {
        var metrics = new Metrics();
        events.forEach(metrics::add);
        return metrics;
    }

    List<Recorded<Progress>> progress() {
        return progress;
    }

    /// Whether the schedule has ended.
    boolean ended() {
        return !progress.isEmpty() && !(progress.getLast().event().progress() < 1);
    }

    /// Evaluations on the held-out recordings.
    List<Recorded<Evaluated>> evaluations() {
        return evaluations;
    }

    List<Recorded<Previewed>> previews() {
        return previews;
    }

    List<Mark> marks() {
        return marks;
    }

    /// The latest diagnosis.
    @Nullable Diagnosed diagnosis() {
        return diagnosis;
    }

    /// The evaluation with the fewest bits, whether or not a rollback undid it: its model is kept.
    @Nullable Recorded<Evaluated> best() {
        return best;
    }

    /// The latest of all moments.
    Moment latest() {
        return new Moment(step, made);
    }

    /// Minutes of training: known at each evaluation, interpolated between them, and NaN before the
    /// first.
    double minutes(Moment at) {
        if (clock.size() < 2) return Double.NaN;
        var before = clock.floorEntry(at.made());
        var after = clock.higherEntry(at.made());
        if (after == null) { // since the last evaluation, as fast as before it
            after = clock.lastEntry();
            before = clock.lowerEntry(after.getKey());
        }
        double seconds = after.getValue() - before.getValue();
        long steps = after.getKey() - before.getKey();
        return (before.getValue() + seconds / steps * (at.made() - before.getKey())) / 60;
    }

    void add(TrainingEvent event) {
        made += Math.max(0, event.step() - step);
        step = event.step();
        var at = new Moment(step, made);
        switch (event) {
            case Progress some -> put(progress, new Recorded<>(at, some));
            case Evaluated evaluated -> {
                var recorded = new Recorded<>(at, evaluated);
                put(evaluations, recorded);
                if (evaluated.bits()
                        < (best == null ? Double.POSITIVE_INFINITY : best.event().bits())) {
                    best = recorded;
                }
                if (Double.isFinite(evaluated.seconds())) clock.put(made, evaluated.seconds());
            }
            case Previewed takes -> put(previews, new Recorded<>(at, takes));
            case Diagnosed now -> {
                if (diagnosis == null || diagnosis.verdict() != now.verdict()) {
                    mark("Diagnosis: %s. %s", now.verdict().words(), now.sentence());
                }
                diagnosis = now;
            }
            case RolledBack back -> {
                long to = Math.clamp(back.to(), 0, step);
                mark(
                        "Rollback: %s; training went back to step %,d and goes on with %.0f %% of"
                                + " the learning rate.",
                        back.reason(), to, 100 * back.rateScale());
                step = to;
            }
            case MicroBatchHalved halved ->
                    mark(
                            "The memory did not suffice for %,d windows at once; training goes on"
                                    + " with %,d at a time.",
                            halved.windows(), halved.fewer());
            case TrainingEvent.TemperatureChosen chosen ->
                    mark(
                            "Temperature: takes at %.2f come nearest to the recordings.",
                            chosen.temperature());
            case TrainingEvent.Stopped _ -> mark("Stopped, and saved.");
            case TrainingEvent.Resumed _ -> mark("Went on from the checkpoint.");
            case TrainingEvent.DeviceUsed _, TrainingEvent.Saved _ -> {} // not shown
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is no dependency of ours
    private void mark(String format, Object... values) {
        marks.add(new Mark(latest(), String.format(Locale.ROOT, format, values)));
    }

    /// A run repeats steps after a rollback: the earlier values at those steps are dropped.
    private static <E extends TrainingEvent> void put(List<Recorded<E>> list, Recorded<E> next) {
        while (!list.isEmpty() && list.getLast().at().step() >= next.at().step()) {
            list.removeLast();
        }
        list.add(next);
    }
}
