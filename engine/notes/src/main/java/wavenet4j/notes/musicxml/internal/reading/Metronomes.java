package wavenet4j.notes.musicxml.internal.reading;

import org.audiveris.proxymusic.BeatUnitTied;
import org.audiveris.proxymusic.Metronome;

import wavenet4j.notes.Fraction;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Metronome marks as tempos.
final class Metronomes {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}(\\.\\d{1,6})?");

    private static final Map<String, Fraction> QUARTERS =
            Map.ofEntries(
                    Map.entry("maxima", Fraction.of(32)),
                    Map.entry("long", Fraction.of(16)),
                    Map.entry("breve", Fraction.of(8)),
                    Map.entry("whole", Fraction.of(4)),
                    Map.entry("half", Fraction.of(2)),
                    Map.entry("quarter", Fraction.ONE),
                    Map.entry("eighth", Fraction.of(1, 2)),
                    Map.entry("16th", Fraction.of(1, 4)),
                    Map.entry("32nd", Fraction.of(1, 8)),
                    Map.entry("64th", Fraction.of(1, 16)));

    private Metronomes() {}

    /// The tempo of a mark; absent for one without a number, such as a beat equal to another.
    static OptionalDouble quartersPerMinute(Metronome mark) {
        if (mark.getPerMinute() == null || mark.getPerMinute().getValue() == null) {
            return OptionalDouble.empty();
        }
        Matcher number = NUMBER.matcher(mark.getPerMinute().getValue());
        Fraction beat = beat(mark.getBeatUnit(), mark.getBeatUnitDot().size());
        for (BeatUnitTied tied : mark.getBeatUnitTied()) {
            beat = beat.plus(beat(tied.getBeatUnit(), tied.getBeatUnitDot().size()));
        }
        return number.find() && beat.sign() > 0
                ? OptionalDouble.of(Double.parseDouble(number.group()) * beat.toDouble())
                : OptionalDouble.empty();
    }

    private static Fraction beat(String unit, int dots) {
        Fraction length = QUARTERS.getOrDefault(unit, Fraction.ZERO);
        long power = 1L << Math.min(dots, 4);
        return length.times(Fraction.of(2 * power - 1, power));
    }
}
