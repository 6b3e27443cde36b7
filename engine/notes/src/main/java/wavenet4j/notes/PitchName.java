package wavenet4j.notes;

/// The name of a pitch class, such as F sharp, as its place on the line of fifths: F is -1, C 0, G
/// 1, and every sharp adds 7.
///
/// @param fifths from F double flat, -15, to B double sharp, 19
public record PitchName(int fifths) {
    /// F double flat.
    public static final int FLATTEST = -15;

    /// B double sharp.
    public static final int SHARPEST = 19;

    private static final String LETTERS = "FCGDAEB";

    /// @throws IllegalArgumentException when it would need three sharps or flats
    public PitchName {
        if (fifths < FLATTEST || fifths > SHARPEST) {
            throw new IllegalArgumentException(
                    "a pitch name %d fifths from C has three sharps or flats".formatted(fifths));
        }
    }

    /// The name of a letter with that many sharps, or flats where it is negative.
    ///
    /// @throws IllegalArgumentException when there is no such letter, or alterations beyond double
    public static PitchName of(char letter, int alter) {
        int place = LETTERS.indexOf(letter);
        if (place < 0) throw new IllegalArgumentException("no note is named " + letter);
        return new PitchName(place - 1 + 7 * alter);
    }

    /// The usual name of a key where a key signature is in force: that of the scale, otherwise the
    /// one that is nearest to it on the line of fifths.
    ///
    /// @param key MIDI key, or pitch class
    /// @param signature sharps, or flats where it is negative
    public static PitchName of(int key, int signature) {
        int lowest =
                Math.clamp(
                        signature - 3L,
                        FLATTEST,
                        SHARPEST - 11); // the twelve names about the scale
        int place = Math.floorMod(7 * key - lowest, 12);
        return new PitchName(lowest + place);
    }

    /// From 0, C, to 11, B.
    public int pitchClass() {
        return Math.floorMod(7 * fifths, 12);
    }

    /// From A to G.
    public char letter() {
        return LETTERS.charAt(Math.floorMod(fifths + 1, 7));
    }

    /// Sharps, or flats where it is negative.
    public int alter() {
        return Math.floorDiv(fifths + 1, 7);
    }

    /// As `F#`, `Bb` or `C`.
    @Override
    public String toString() {
        return letter() + (alter() < 0 ? "b".repeat(-alter()) : "#".repeat(alter()));
    }
}
