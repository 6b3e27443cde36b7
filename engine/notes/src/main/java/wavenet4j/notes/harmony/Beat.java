package wavenet4j.notes.harmony;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What sounds in a beat of a score.
final class Beat {
    private static final int NO_KEY = 128;

    /// More would take long, and much memory.
    private static final int MOST = 300_000;

    /// Shorter units of a meter are none that chords change with.
    private static final Fraction SHORTEST = Fraction.of(1, 4);

    private final Fraction onset;
    private final Fraction end;
    private final boolean beginsBar;

    /// How long each pitch class sounds, in quarters.
    private final double[] durations = new double[12];

    private double sum;
    private int lowest = NO_KEY;

    private Beat(Fraction onset, Fraction end, boolean beginsBar) {
        this.onset = onset;
        this.end = end;
        this.beginsBar = beginsBar;
    }

    /// The beats of all bars in order.
    ///
    /// @throws IllegalArgumentException when there are more than 300,000
    static List<Beat> of(Score score) {
        NavigableMap<Fraction, Beat> beats = new TreeMap<>();
        for (Bar bar : score.bars()) {
            Fraction step = bar.meter().beat().max(SHORTEST);
            Fraction onset = bar.onset();
            while (onset.compareTo(bar.end()) < 0) {
                Fraction end = onset.plus(step).min(bar.end());
                beats.put(onset, new Beat(onset, end, onset.equals(bar.onset())));
                onset = end;
            }
            if (beats.size() > MOST) {
                throw new IllegalArgumentException(
                        "%,d quarters have more than %,d beats; find the chords of some of them"
                                .formatted(score.end().floor(), MOST));
            }
        }
        for (Part part : score.parts()) {
            if (part.percussion()) continue;
            for (Note note : part.notes()) {
                if (note.isGrace()) continue;
                Fraction first = beats.floorKey(note.onset());
                beats.subMap(first, note.end()).values().forEach(beat -> beat.add(note));
            }
        }
        return new ArrayList<>(beats.values());
    }

    private void add(Note note) {
        double length = note.end().min(end).minus(note.onset().max(onset)).toDouble();
        durations[note.key() % 12] += length;
        sum += length;
        lowest = Math.min(lowest, note.key());
    }

    /// In quarters.
    Fraction onset() {
        return onset;
    }

    boolean beginsBar() {
        return beginsBar;
    }

    boolean isSilent() {
        return lowest == NO_KEY;
    }

    /// The share of a pitch class in all that sounds; 0 in silence.
    double share(int pitchClass) {
        return sum == 0 ? 0 : durations[pitchClass] / sum;
    }

    /// The pitch class of the lowest tone; -1 in silence.
    int bass() {
        return isSilent() ? -1 : lowest % 12;
    }
}
