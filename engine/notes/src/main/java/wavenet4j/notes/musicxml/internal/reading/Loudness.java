package wavenet4j.notes.musicxml.internal.reading;

import wavenet4j.notes.Fraction;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/// The velocity in force in a part, from its dynamics.
final class Loudness {
    /// Where nothing says it: mezzo forte.
    static final int USUAL = 80;

    /// Of the velocity that 100 % stand for.
    private static final double FORTE = 90;

    /// As programs of notation play them.
    private static final Map<String, Integer> MARKS =
            Map.ofEntries(
                    Map.entry("pppppp", 1),
                    Map.entry("ppppp", 5),
                    Map.entry("pppp", 10),
                    Map.entry("ppp", 16),
                    Map.entry("pp", 33),
                    Map.entry("p", 49),
                    Map.entry("mp", 64),
                    Map.entry("mf", 80),
                    Map.entry("f", 96),
                    Map.entry("ff", 112),
                    Map.entry("fff", 126),
                    Map.entry("ffff", 127),
                    Map.entry("fffff", 127),
                    Map.entry("ffffff", 127));

    private final TreeMap<Fraction, Integer> inMeasure = new TreeMap<>();
    private int before = USUAL;

    /// The velocity of a dynamics mark such as `mf`; absent for one of a single note.
    static OptionalInt ofMark(String mark) {
        Integer velocity = MARKS.get(mark);
        return velocity == null ? OptionalInt.empty() : OptionalInt.of(velocity);
    }

    /// The velocity of a share of forte.
    static int ofPercent(BigDecimal percent) {
        return Math.clamp(Math.round(percent.doubleValue() * FORTE / 100), 1, 127);
    }

    /// From a place in the current measure on.
    void set(Fraction onset, int velocity) {
        inMeasure.put(onset, velocity);
    }

    int at(Fraction onset) {
        Map.Entry<Fraction, Integer> last = inMeasure.floorEntry(onset);
        return last == null ? before : last.getValue();
    }

    void endMeasure() {
        if (!inMeasure.isEmpty()) before = inMeasure.lastEntry().getValue();
        inMeasure.clear();
    }
}
