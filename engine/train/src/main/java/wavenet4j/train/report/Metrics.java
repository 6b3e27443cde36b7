package wavenet4j.train.report;

import org.jspecify.annotations.Nullable;

import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingEvent.Judged;
import wavenet4j.train.event.TrainingEvent.PartsHalved;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.event.TrainingEvent.Progress;
import wavenet4j.train.event.TrainingEvent.SteppedBack;
import wavenet4j.train.event.TrainingEvent.Validated;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What a run's events tell so far, for its report. What a setback undid gives way to what is made
/// in its place.
public final class Metrics {
    private final List<Told<Progress>> progress = new ArrayList<>();
    private final List<Told<Validated>> looks = new ArrayList<>();
    private final List<Told<Previewed>> previews = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private @Nullable Told<Validated> best;
    private @Nullable Judged judgement;

    private long step;
    private long made;

    /// Seconds of training by steps made.
    private final NavigableMap<Long, Double> clock = new TreeMap<>();

    /// When something was told.
    ///
    /// @param step as the run counts
    /// @param made steps until then, with those that setbacks undid
    record Moment(long step, long made) {}

    /// An event and its moment.
    record Told<E extends TrainingEvent>(Moment at, E event) {}

    /// Something to know when reading the curves.
    record Mark(Moment at, String text) {}

    public Metrics() {
        clock.put(0L, 0.0);
    }

    public static Metrics of(List<TrainingEvent> events) {
        var metrics = new Metrics();
        events.forEach(metrics::add);
        return metrics;
    }

    List<Told<Progress>> progress() {
        return progress;
    }

    /// Looks at the held-out recordings.
    List<Told<Validated>> looks() {
        return looks;
    }

    List<Told<Previewed>> previews() {
        return previews;
    }

    List<Mark> marks() {
        return marks;
    }

    /// The latest of all.
    @Nullable Judged judgement() {
        return judgement;
    }

    /// The look with the fewest bits, whether or not a setback undid it: its model is kept.
    @Nullable Told<Validated> best() {
        return best;
    }

    /// The latest of all moments.
    Moment latest() {
        return new Moment(step, made);
    }

    /// Minutes of training: known at each look, and taken to pass evenly between them; no number
    /// before there is one.
    double minutes(Moment at) {
        if (clock.size() < 2) return Double.NaN;
        var before = clock.floorEntry(at.made());
        var after = clock.higherEntry(at.made());
        if (after == null) { // since the last look, as fast as before it
            after = clock.lastEntry();
            before = clock.lowerEntry(after.getKey());
        }
        double seconds = after.getValue() - before.getValue();
        long steps = after.getKey() - before.getKey();
        return (before.getValue() + seconds / steps * (at.made() - before.getKey())) / 60;
    }

    public void add(TrainingEvent event) {
        made += Math.max(0, event.step() - step);
        step = event.step();
        var at = new Moment(step, made);
        switch (event) {
            case Progress some -> put(progress, new Told<>(at, some));
            case Validated look -> {
                var told = new Told<>(at, look);
                put(looks, told);
                if (look.bits() < (best == null ? Double.POSITIVE_INFINITY : best.event().bits())) {
                    best = told;
                }
                if (Double.isFinite(look.seconds())) clock.put(made, look.seconds());
            }
            case Previewed takes -> put(previews, new Told<>(at, takes));
            case Judged now -> {
                if (judgement == null || judgement.verdict() != now.verdict()) {
                    mark("Judged %s: %s", now.verdict().words(), now.sentence());
                }
                judgement = now;
            }
            case SteppedBack back -> {
                long to = Math.clamp(back.to(), 0, step);
                mark(
                        "Setback: %s; training went back to step %,d and goes on with %.0f %% of"
                                + " the learning rate.",
                        back.reason(), to, 100 * back.rateScale());
                step = to;
            }
            case PartsHalved halved ->
                    mark(
                            "The memory did not suffice for %,d windows at once; training goes on"
                                    + " with %,d at a time.",
                            halved.windows(), halved.fewer());
            case TrainingEvent.Saved _ -> {} // nothing that a report shows
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is no dependency of ours
    private void mark(String format, Object... told) {
        marks.add(new Mark(latest(), String.format(Locale.ROOT, format, told)));
    }

    /// The curves go by the steps, which a run makes anew after a setback.
    private static <E extends TrainingEvent> void put(List<Told<E>> list, Told<E> next) {
        while (!list.isEmpty() && list.getLast().at().step() >= next.at().step()) {
            list.removeLast();
        }
        list.add(next);
    }
}
