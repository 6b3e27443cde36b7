package wavenet4j.notes.compose;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.internal.Grid;

import java.util.ArrayList;
import java.util.List;

/// The frame of what is composed.
///
/// @param pickup what comes before the first bar, in quarters; 0 for nothing
/// @param bars whole ones
public record Form(Fraction pickup, int bars, Meter meter, KeySignature key, Tempo tempo) {
    private static final int MOST_BARS = 1_000;

    /// Checks it.
    ///
    /// @throws IllegalArgumentException when there is no bar or are more than a thousand, a bar is
    ///   shorter than a tick, or the pickup is not shorter than a bar
    public Form {
        if (bars < 1 || bars > MOST_BARS) {
            throw new IllegalArgumentException(
                    "a sheet of %,d bars is none from 1 to %,d".formatted(bars, MOST_BARS));
        }
        if (Grid.ticksOfBar(meter) == 0) {
            throw new IllegalArgumentException(
                    "a bar of %s is too short to compose; take a longer one"
                            .formatted(meter.signature()));
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

    /// Where it begins in its first bar, in quarters; not 0 where there is a pickup.
    public Fraction start() {
        return pickup.sign() == 0 ? Fraction.ZERO : meter.length().minus(pickup);
    }

    /// Meter, tempo and key of the score that is made.
    public Timeline timeline() {
        var meters = new ArrayList<Meter>();
        meters.add(new Meter(Fraction.ZERO, meter.beats(), meter.unit()));
        if (pickup.sign() > 0) meters.add(new Meter(pickup, meter.beats(), meter.unit()));
        return new Timeline(meters, List.of(tempo), List.of(key));
    }

    /// Whether a piece is in this meter all along, pickups aside, and in this mode.
    public boolean suits(Timeline piece, KeySignature itsKey) {
        return itsKey.minor() == key.minor()
                && piece.meters().stream().allMatch(of -> of.signature().equals(meter.signature()));
    }

    /// Semitones up to C major or A minor, the nearest of them.
    public int shift() {
        return shift(key);
    }

    /// Likewise, of another key.
    public static int shift(KeySignature key) {
        int tonic = key.tonic().pitchClass();
        return Math.floorMod((key.minor() ? 9 : 0) - tonic + 6, 12) - 6;
    }
}
