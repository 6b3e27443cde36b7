package wavenet4j.notes.compose;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Tempo;

/// The frame of a lead sheet.
///
/// @param pickup what comes before the first bar, in quarters; 0 for nothing
/// @param bars whole ones
public record Form(Fraction pickup, int bars, Meter meter, KeySignature key, Tempo tempo) {
    private static final int MOST_BARS = 1_000;

    /// Checks it.
    ///
    /// @throws IllegalArgumentException when there is no bar or are more than a thousand, or the
    ///   pickup is not shorter than a bar
    public Form {
        if (bars < 1 || bars > MOST_BARS) {
            throw new IllegalArgumentException(
                    "a sheet of %,d bars is none from 1 to %,d".formatted(bars, MOST_BARS));
        }
        if (pickup.sign() < 0 || pickup.compareTo(meter.length()) >= 0) {
            throw new IllegalArgumentException(
                    "a pickup of %s quarters is not shorter than a bar of %s"
                            .formatted(pickup, meter.signature()));
        }
    }

    /// Of all of it, in quarters.
    public Fraction length() {
        return pickup.plus(meter.length().times(bars));
    }

    /// Semitones up to C major or A minor, the nearest of them.
    public int shift() {
        int tonic = key.tonic().pitchClass();
        return Math.floorMod((key.minor() ? 9 : 0) - tonic + 6, 12) - 6;
    }
}
