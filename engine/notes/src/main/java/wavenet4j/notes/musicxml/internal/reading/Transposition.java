package wavenet4j.notes.musicxml.internal.reading;

import org.audiveris.proxymusic.Transpose;

import wavenet4j.notes.PitchName;

/// From a written to the sounding pitch.
///
/// @param semitones up
/// @param fifths that names move along the line of fifths
record Transposition(int semitones, int fifths) {
    static final Transposition NONE = new Transposition(0, 0);

    private static final int MOST_OCTAVES = 10;

    /// As a part says it. Where the steps are not given or go with no such interval, those of the
    /// nearest usual one.
    static Transposition of(Transpose transpose) {
        int chromatic =
                transpose.getChromatic() == null
                        ? 0
                        : clamp(Numbers.exact(transpose.getChromatic()).round());
        int octaves = clamp(Numbers.integer(transpose.getOctaveChange()).orElse(0));
        int usual = Math.round(chromatic * 7 / 12f);
        int diatonic = clamp(Numbers.integer(transpose.getDiatonic()).orElse(usual));
        int fifths = 7 * chromatic - 12 * diatonic;
        return new Transposition(
                chromatic + 12 * octaves,
                Math.abs(fifths) <= 7 ? fifths : 7 * chromatic - 12 * usual);
    }

    /// The name of a pitch class after transposing.
    ///
    /// @param fifths its written place on the line of fifths
    PitchName name(int fifths) {
        return new PitchName(within(fifths + this.fifths, -15, 19));
    }

    /// The sharps of a key signature after transposing.
    ///
    /// @param sharps as written
    int sharps(int sharps) {
        return within(sharps + fifths, -7, 7);
    }

    /// The enharmonic equal of a place on the line of fifths that lies in a range.
    static int within(int fifths, int least, int most) {
        if (fifths < least) return least + Math.floorMod(fifths - least, 12);
        return fifths > most ? most - Math.floorMod(most - fifths, 12) : fifths;
    }

    private static int clamp(long number) {
        return Math.clamp(number, -12 * MOST_OCTAVES, 12 * MOST_OCTAVES);
    }
}
