package wavenet4j.notes.compose;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Meter;

/// The time of lead sheets in ticks, twelve a quarter: enough for sixteenths and triplets of
/// eighths.
final class Grid {
    static final int TICKS_A_QUARTER = 12;

    private Grid() {}

    /// The nearest tick.
    static int tick(Fraction quarters) {
        return Math.toIntExact(quarters.times(TICKS_A_QUARTER).round());
    }

    static Fraction quarters(int ticks) {
        return Fraction.of(ticks, TICKS_A_QUARTER);
    }

    static int ticksOfBar(Meter meter) {
        return tick(meter.length());
    }
}
