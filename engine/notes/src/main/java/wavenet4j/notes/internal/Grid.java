package wavenet4j.notes.internal;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Meter;

/// The time of composed scores in ticks, twelve a quarter: enough for sixteenths and triplets of
/// eighths.
public final class Grid {
    private static final int TICKS_A_QUARTER = 12;

    private Grid() {}

    /// The nearest tick.
    public static int tick(Fraction quarters) {
        return Math.toIntExact(quarters.times(TICKS_A_QUARTER).round());
    }

    /// The tick at a time.
    ///
    /// @throws IllegalArgumentException when the time lies between two ticks
    public static int exactTick(Fraction quarters) {
        if (quarters.times(TICKS_A_QUARTER).denominator() != 1) {
            throw new IllegalArgumentException(
                    "quarter %s is not on the grid of 1/%d quarter"
                            .formatted(quarters, TICKS_A_QUARTER));
        }
        return tick(quarters);
    }

    /// The time of so many ticks.
    public static Fraction quarters(int ticks) {
        return Fraction.of(ticks, TICKS_A_QUARTER);
    }

    /// Of a whole bar.
    public static int ticksOfBar(Meter meter) {
        return tick(meter.length());
    }
}
