package wavenet4j.notes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// What all parts of a score share: meters, tempos and keys, each by onset, one at an onset. A
/// meter and a tempo stand at 0.
public record Timeline(List<Meter> meters, List<Tempo> tempos, List<KeySignature> keys) {
    /// Those of 4/4 in the longest time that a score may take. More are taken for damage.
    private static final int MOST_BARS = Score.MOST_QUARTERS / 4;

    /// 4/4, 120 quarters a minute, no key.
    public static final Timeline DEFAULT = new Timeline(List.of(), List.of(), List.of());

    /// Sorts them; of several at one onset the last one given counts. Where none stands at 0, 4/4
    /// and 120 quarters a minute do.
    public Timeline {
        meters = sorted(meters, Meter::onset);
        tempos = sorted(tempos, Tempo::onset);
        keys = sorted(keys, KeySignature::onset);
        if (meters.isEmpty() || meters.getFirst().onset().sign() > 0) {
            meters = before(new Meter(Fraction.ZERO, 4, 4), meters);
        }
        if (tempos.isEmpty() || tempos.getFirst().onset().sign() > 0) {
            tempos = before(new Tempo(Fraction.ZERO, Tempo.DEFAULT_MICROSECONDS), tempos);
        }
    }

    /// The bars up to an end, which cuts the last one short where it lies in it.
    ///
    /// @param end in quarters
    /// @throws IllegalArgumentException when there are more than 1,500,000
    public List<Bar> bars(Fraction end) {
        requireBounded(end);
        var bars = new ArrayList<Bar>();
        for (int i = 0; i < meters.size(); i++) {
            Meter meter = meters.get(i);
            boolean last = i + 1 == meters.size();
            Fraction until = last ? end : meters.get(i + 1).onset().min(end);
            Fraction onset = meter.onset();
            Fraction whole = meter.length();
            while (onset.compareTo(until) < 0) {
                Fraction length = whole.min(until.minus(onset));
                int first = bars.isEmpty() && length.compareTo(whole) < 0 && !last ? 0 : 1;
                int number = bars.isEmpty() ? first : bars.getLast().number() + 1;
                bars.add(new Bar(number, onset, length, meter));
                onset = onset.plus(whole);
            }
        }
        return List.copyOf(bars);
    }

    /// Counts the bars before anything is made of them: a short meter over a long time makes more
    /// than memory holds.
    ///
    /// @throws IllegalArgumentException when there are more than 1,500,000
    void requireBounded(Fraction end) {
        double bars = 0;
        for (int i = 0; i < meters.size(); i++) {
            Meter meter = meters.get(i);
            Fraction until = i + 1 < meters.size() ? meters.get(i + 1).onset().min(end) : end;
            double quarters = until.toDouble() - meter.onset().toDouble();
            bars += Math.max(0, Math.ceil(quarters / meter.length().toDouble()));
        }
        if (bars > MOST_BARS) {
            throw new IllegalArgumentException(
                    "%,d quarters have %,.0f bars, more than %,d"
                            .formatted(end.floor(), bars, MOST_BARS));
        }
    }

    /// The meter in force.
    public Meter meterAt(Fraction time) {
        return last(meters, Meter::onset, time);
    }

    /// The time since the bar began, in quarters.
    public Fraction placeInBar(Fraction time) {
        Meter meter = meterAt(time);
        return time.minus(meter.onset()).modulo(meter.length());
    }

    /// The key signature in force; that of C major where there is none.
    public KeySignature keyAt(Fraction time) {
        return keys.isEmpty() || keys.getFirst().onset().compareTo(time) > 0
                ? new KeySignature(Fraction.ZERO, 0, false)
                : last(keys, KeySignature::onset, time);
    }

    /// When a time sounds, in seconds.
    ///
    /// @param time in quarters
    public double seconds(Fraction time) {
        double seconds = 0;
        for (int i = 0; i < tempos.size(); i++) {
            Tempo tempo = tempos.get(i);
            if (tempo.onset().compareTo(time) >= 0) break;
            Fraction until = i + 1 < tempos.size() ? tempos.get(i + 1).onset().min(time) : time;
            seconds += until.minus(tempo.onset()).toDouble() * tempo.microseconds() * 1e-6;
        }
        return seconds;
    }

    private static <T> List<T> sorted(List<T> changes, Function<T, Fraction> onset) {
        var kept = new ArrayList<T>();
        for (T change : changes.stream().sorted(Comparator.comparing(onset)).toList()) {
            if (!kept.isEmpty() && onset.apply(kept.getLast()).equals(onset.apply(change))) {
                kept.removeLast();
            }
            kept.add(change);
        }
        return List.copyOf(kept);
    }

    private static <T> List<T> before(T first, List<T> others) {
        var all = new ArrayList<T>();
        all.add(first);
        all.addAll(others);
        return List.copyOf(all);
    }

    /// The last of them that is not after a time, by halving.
    private static <T> T last(List<T> changes, Function<T, Fraction> onset, Fraction time) {
        int low = 0;
        int high = changes.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (onset.apply(changes.get(middle)).compareTo(time) <= 0) low = middle;
            else high = middle - 1;
        }
        return changes.get(low);
    }
}
