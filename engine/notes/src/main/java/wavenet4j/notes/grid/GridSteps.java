package wavenet4j.notes.grid;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Timeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Where the steps of a grid begin. Every bar begins a step, a pickup too: the last step of a bar
/// that is no whole number of steps long is shorter.
final class GridSteps {
    /// At 12 steps a quarter and 120 quarters a minute, over eleven hours.
    static final int MOST = 1_000_000;

    /// The onsets of all steps, and the end.
    private final List<Fraction> bounds;

    private GridSteps(List<Fraction> bounds) {
        this.bounds = bounds;
    }

    /// The steps up to an end.
    ///
    /// @throws IllegalArgumentException when there are too many
    static GridSteps until(Fraction end, int perQuarter, Timeline timeline) {
        if (perQuarter < 1 || perQuarter > VoiceGrid.MOST_STEPS_PER_QUARTER) {
            throw new IllegalArgumentException(
                    "%d steps a quarter are not from 1 to %d"
                            .formatted(perQuarter, VoiceGrid.MOST_STEPS_PER_QUARTER));
        }
        var bounds = new ArrayList<Fraction>();
        List<Meter> meters = timeline.meters();
        for (int i = 0; i < meters.size(); i++) {
            Meter meter = meters.get(i);
            Fraction until = i + 1 < meters.size() ? meters.get(i + 1).onset().min(end) : end;
            Fraction bar = meter.onset();
            while (bar.compareTo(until) < 0) {
                Fraction barEnd = bar.plus(meter.length()).min(until);
                Fraction step = bar;
                for (int k = 1; step.compareTo(barEnd) < 0; k++) {
                    bounds.add(step);
                    step = bar.plus(Fraction.of(k, perQuarter));
                }
                if (bounds.size() > MOST) {
                    throw new IllegalArgumentException(
                            "a score of %,d quarters has more than %,d steps; cut it"
                                    .formatted(end.floor(), MOST));
                }
                bar = barEnd;
            }
        }
        bounds.add(end);
        return new GridSteps(bounds);
    }

    /// As many steps from the beginning on.
    ///
    /// @throws IllegalArgumentException when there are too many
    static GridSteps count(int steps, int perQuarter, Timeline timeline) {
        Fraction end = Fraction.of(steps, Math.max(1, perQuarter));
        return new GridSteps(until(end, perQuarter, timeline).bounds.subList(0, steps + 1));
    }

    int size() {
        return bounds.size() - 1;
    }

    /// Of a step, in quarters; of the step after the last, the end.
    Fraction onset(int step) {
        return bounds.get(step);
    }

    /// The step that begins nearest to a time, the later one of two; it may be the end.
    int nearest(Fraction time) {
        int place = Collections.binarySearch(bounds, time);
        if (place >= 0) return place;
        int after = -place - 1;
        if (after == 0 || after > size()) return Math.min(after, size());
        Fraction toNext = bounds.get(after).minus(time);
        Fraction toLast = time.minus(bounds.get(after - 1));
        return toNext.compareTo(toLast) <= 0 ? after : after - 1;
    }

    /// Whether a step begins at that time, or the end is there.
    boolean has(Fraction time) {
        return Collections.binarySearch(bounds, time) >= 0;
    }
}
