package wavenet4j.notes.musicxml.internal.playing;

import org.jspecify.annotations.Nullable;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.internal.Remarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the parts share, played out in an order of measures.
final class Performance {
    private static final int[] UNITS = {4, 8, 2, 16, 32, 64, 128, 1};
    private static final int MOST_BEATS = 255;

    private final List<Measures> measures;
    private final Remarks remarks;
    private final List<Meter> meters = new ArrayList<>();
    private final List<Tempo> tempos = new ArrayList<>();
    private final List<KeySignature> keys = new ArrayList<>();
    private final List<ChordSymbol> chords = new ArrayList<>();
    private final List<Fraction> fermatas = new ArrayList<>();
    private final List<Fraction> onsets = new ArrayList<>();

    /// The key and the tempo in force where each measure begins, as written.
    private final List<@Nullable KeySignature> keysBefore = new ArrayList<>();

    private final List<@Nullable Tempo> temposBefore = new ArrayList<>();
    private boolean barEnds = true;
    private Fraction time = Fraction.ZERO;

    Performance(List<Measures> measures, List<Integer> order, Remarks remarks) {
        this.measures = measures;
        this.remarks = remarks;
        KeySignature key = null;
        Tempo tempo = null;
        for (Measures measure : measures) {
            keysBefore.add(key);
            temposBefore.add(tempo);
            if (!measure.keys().isEmpty()) key = measure.keys().getLast();
            if (!measure.tempos().isEmpty()) tempo = measure.tempos().getLast();
        }
        var seen = new boolean[measures.size()];
        for (int i = 0; i < order.size(); i++) {
            int number = order.get(i);
            play(number, !seen[number], i == 0 ? number == 0 : order.get(i - 1) == number - 1);
            seen[number] = true;
        }
    }

    Timeline timeline() {
        return new Timeline(meters, tempos, keys);
    }

    List<ChordSymbol> chords() {
        return chords;
    }

    List<Fraction> fermatas() {
        return fermatas;
    }

    /// Where each measure of the order begins, in quarters.
    List<Fraction> onsets() {
        return onsets;
    }

    Fraction end() {
        return time;
    }

    /// Plays a measure.
    ///
    /// @param first whether it was not played before
    /// @param follows whether it follows the one before it as written
    private void play(int number, boolean first, boolean follows) {
        Measures measure = measures.get(number);
        onsets.add(time);
        if (!follows) {
            KeySignature key = keysBefore.get(number);
            if (key != null) add(Fraction.ZERO, key, false);
            Tempo tempo = temposBefore.get(number);
            if (tempo != null) add(Fraction.ZERO, tempo, false);
        }
        measure.keys().forEach(key -> add(key.onset(), key, first));
        measure.tempos().forEach(tempo -> add(tempo.onset(), tempo, first));
        for (ChordSymbol chord : measure.chords()) {
            chords.add(new ChordSymbol(time.plus(chord.onset()), chord.chord()));
        }
        measure.fermatas().forEach(onset -> fermatas.add(time.plus(onset)));
        Optional<Meter> meter = measure.before();
        Fraction from = Fraction.ZERO;
        boolean said = false;
        for (PartMeasure.TimeSignature signature : measure.signatures()) {
            if (signature.onset().compareTo(from) > 0) {
                bar(meter, time.plus(from), signature.onset().minus(from), said && first);
            }
            meter = signature.meter();
            from = signature.onset();
            said = true;
        }
        bar(meter, time.plus(from), measure.length().minus(from), said && first);
        time = time.plus(measure.length());
    }

    /// Adds a bar, and a meter where it is said, or where bars would not fall together otherwise.
    private void bar(Optional<Meter> signature, Fraction onset, Fraction length, boolean said) {
        Optional<Meter> own = meter(onset, length, signature);
        boolean longer = signature.isEmpty() || length.compareTo(signature.get().length()) > 0;
        Meter meter = longer && own.isPresent() ? own.get() : signature.orElse(last());
        if (said || !barEnds || meters.isEmpty() || !meter.signature().equals(last().signature())) {
            meters.add(new Meter(onset, meter.beats(), meter.unit()));
        }
        if (longer && own.isEmpty()) {
            remarks.happened("measure", "longer than its meter, and split into bars");
        }
        barEnds = length.modulo(meter.length()).sign() == 0;
    }

    private Meter last() {
        return meters.isEmpty() ? new Meter(Fraction.ZERO, 4, 4) : meters.getLast();
    }

    /// A meter of that length, of the unit in force if it has one.
    private static Optional<Meter> meter(
            Fraction onset, Fraction length, Optional<Meter> signature) {
        if (signature.isPresent()) {
            Optional<Meter> same = meter(onset, length, signature.get().unit());
            if (same.isPresent()) return same;
        }
        for (int unit : UNITS) {
            Optional<Meter> meter = meter(onset, length, unit);
            if (meter.isPresent()) return meter;
        }
        return Optional.empty();
    }

    private static Optional<Meter> meter(Fraction onset, Fraction length, int unit) {
        Fraction beats = length.times(Fraction.of(unit, 4));
        boolean fits =
                beats.denominator() == 1 && beats.sign() > 0 && beats.numerator() <= MOST_BEATS;
        return fits
                ? Optional.of(new Meter(onset, (int) beats.numerator(), unit))
                : Optional.empty();
    }

    private void add(Fraction offset, KeySignature key, boolean always) {
        boolean same =
                !keys.isEmpty()
                        && keys.getLast().sharps() == key.sharps()
                        && keys.getLast().minor() == key.minor();
        if (always || !same) {
            keys.add(new KeySignature(time.plus(offset), key.sharps(), key.minor()));
        }
    }

    private void add(Fraction offset, Tempo tempo, boolean always) {
        boolean same = !tempos.isEmpty() && tempos.getLast().microseconds() == tempo.microseconds();
        if (always || !same) tempos.add(new Tempo(time.plus(offset), tempo.microseconds()));
    }
}
