package wavenet4j.notes.harmony;

import wavenet4j.notes.ChordKind;

/// Between the semitones of a chord and the degrees that musicians count.
final class ChordDegrees {
    private static final int[] SEMITONES = {0, 2, 4, 5, 7, 9, 10, 12, 14, 16, 17, 19, 21};
    private static final int[] FIFTHS = {0, 2, 4, -1, 1, 3, -2}; // of the first seven of them
    private static final int[] DEGREES = {1, 2, 2, 3, 3, 4, 5, 5, 5, 6, 7, 7};

    private ChordDegrees() {}

    /// The semitones over the root of a degree that is not altered: of the major scale, but for the
    /// seventh, which is the minor one.
    ///
    /// @param degree from 1 to 13
    static int semitones(int degree) {
        return SEMITONES[degree - 1];
    }

    /// How far a degree is from the root on the line of fifths.
    ///
    /// @param degree from 1 to 13
    /// @param semitones of it over the root
    static int fifths(int degree, int semitones) {
        return FIFTHS[(degree - 1) % FIFTHS.length] + 7 * (semitones - semitones(degree));
    }

    /// The degree that a tone of a kind of chord is, from 1 to 13.
    ///
    /// @param semitones over the root
    static int degree(ChordKind kind, int semitones) {
        if (kind == ChordKind.DIMINISHED_SEVENTH && semitones == 9) return 7;
        return semitones < 12 ? DEGREES[semitones] : DEGREES[semitones - 12] + 7;
    }

    /// Whether a kind of chord has a degree, however it is altered.
    static boolean has(ChordKind kind, int degree) {
        return kind.semitones().stream().anyMatch(tone -> degree(kind, tone) == degree);
    }
}
