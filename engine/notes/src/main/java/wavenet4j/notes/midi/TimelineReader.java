package wavenet4j.notes.midi;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.internal.Remarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Takes meters, tempos and keys from the meta events of all tracks.
final class TimelineReader {
    private final Clock clock;
    private final Remarks remarks;
    private final NavigableMap<Fraction, Meter> meters = new TreeMap<>();
    private final NavigableMap<Fraction, Tempo> tempos = new TreeMap<>();
    private final NavigableMap<Fraction, KeySignature> keys = new TreeMap<>();

    TimelineReader(Clock clock, Remarks remarks) {
        this.clock = clock;
        this.remarks = remarks;
    }

    /// Takes a tempo; none where ticks are parts of a second, since it then changes nothing.
    ///
    /// @param data microseconds of a quarter, in three bytes
    void tempo(Fraction onset, byte[] data) {
        int microseconds = data.length == 3 ? number(data) : 0;
        if (clock.seconds()) {
            remarks.count(
                    "tempo is left out, since time is counted in seconds",
                    "tempos are left out, since time is counted in seconds");
        } else if (microseconds == 0) {
            remarks.count("tempo is invalid and left out", "tempos are invalid and left out");
        } else {
            Tempo before = tempos.put(onset, new Tempo(onset, microseconds));
            if (before != null && before.microseconds() != microseconds) {
                remarks.count(
                        "tempo is left out, since another stands at its time",
                        "tempos are left out, since others stand at their times");
            }
        }
    }

    /// Takes a meter.
    ///
    /// @param data beats, and the power of two that is the unit; more bytes are for metronomes
    void meter(Fraction onset, byte[] data) {
        if (data.length < 2 || data[0] == 0 || data[1] < 0 || data[1] > 7) {
            remarks.count("meter is invalid and left out", "meters are invalid and left out");
            return;
        }
        var meter = new Meter(onset, Byte.toUnsignedInt(data[0]), 1 << data[1]);
        Meter before = meters.put(onset, meter);
        if (before != null && !before.equals(meter)) {
            remarks.count(
                    "meter is left out, since another stands at its time",
                    "meters are left out, since others stand at their times");
        }
    }

    /// Takes a key. Of several at one time it is the first, since further tracks may have keys of
    /// transposing instruments.
    ///
    /// @param data sharps, and 1 for minor
    void key(Fraction onset, byte[] data) {
        if (data.length != 2 || data[0] < -7 || data[0] > 7 || data[1] < 0 || data[1] > 1) {
            remarks.count("key is invalid and left out", "keys are invalid and left out");
            return;
        }
        var key = new KeySignature(onset, data[0], data[1] == 1);
        KeySignature before = keys.putIfAbsent(onset, key);
        if (before != null && !before.equals(key)) {
            remarks.count(
                    "key is left out, since another stands at its time",
                    "keys are left out, since others stand at their times");
        }
    }

    Timeline timeline() {
        return new Timeline(
                meaningful(meters.values()), List.copyOf(tempos.values()), changes(keys.values()));
    }

    /// Those that change the meter or begin a bar that would not begin there without them.
    private static List<Meter> meaningful(Collection<Meter> all) {
        var kept = new ArrayList<>(Timeline.DEFAULT.meters());
        for (Meter meter : all) {
            Meter last = kept.getLast();
            boolean same = last.beats() == meter.beats() && last.unit() == meter.unit();
            Fraction place = meter.onset().minus(last.onset()).modulo(last.length());
            if (!same || place.sign() > 0) kept.add(meter);
        }
        return kept;
    }

    private static List<KeySignature> changes(Collection<KeySignature> all) {
        var kept = new ArrayList<KeySignature>();
        for (KeySignature key : all) {
            boolean same =
                    !kept.isEmpty()
                            && kept.getLast().sharps() == key.sharps()
                            && kept.getLast().minor() == key.minor();
            if (!same) kept.add(key);
        }
        return kept;
    }

    private static int number(byte[] data) {
        int value = 0;
        for (byte digit : data) value = (value << 8) | Byte.toUnsignedInt(digit);
        return value;
    }
}
