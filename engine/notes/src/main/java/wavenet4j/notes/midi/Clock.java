package wavenet4j.notes.midi;

import wavenet4j.notes.Fraction;

import javax.sound.midi.Sequence;

/// How long a tick of a file is.
///
/// @param tick in quarters
/// @param seconds whether ticks are parts of a second; a quarter then is half a second
record Clock(Fraction tick, boolean seconds) {
    /// As far as the times of a score go.
    private static final int MOST_QUARTERS = 6_000_000;

    static Clock of(Sequence sequence) {
        Fraction ticks = Fraction.of(sequence.getResolution());
        float division = sequence.getDivisionType();
        if (division == Sequence.PPQ) return new Clock(Fraction.ONE.over(ticks), false);
        Fraction frames =
                division == Sequence.SMPTE_30DROP
                        ? Fraction.of(30_000, 1_001)
                        : Fraction.of((long) division);
        return new Clock(Fraction.of(2).over(frames.times(ticks)), true);
    }

    Fraction quarters(long ticks) {
        return tick.times(ticks);
    }

    /// The last one that is read.
    long lastTick() {
        return Fraction.of(MOST_QUARTERS).over(tick).floor();
    }
}
