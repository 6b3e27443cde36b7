package wavenet4j.notes.grid;

import static wavenet4j.notes.ChordKind.*;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol.Chord;
import wavenet4j.notes.ChordSymbol.Degree;
import wavenet4j.notes.PitchName;

import java.util.List;

/// The tokens of a grid: the 88 keys of a piano, four signs, and a chord of each of twelve
/// qualities over each of twelve roots.
public final class GridVocabulary {
    public static final int LOWEST_KEY = 21;
    public static final int HIGHEST_KEY = 108;

    /// The note or chord before goes on.
    public static final int HOLD = 88;

    /// Nothing sounds.
    public static final int REST = 89;

    /// The piece is over.
    public static final int END = 90;

    public static final int NO_CHORD = 91;

    private static final int CHORDS = 92;

    /// The kinds that have tokens: those of most symbols of lead sheets.
    public static final List<ChordKind> QUALITIES =
            List.of(
                    MAJOR,
                    MINOR,
                    DOMINANT,
                    MINOR_SEVENTH,
                    MAJOR_SEVENTH,
                    DIMINISHED,
                    DIMINISHED_SEVENTH,
                    HALF_DIMINISHED,
                    AUGMENTED,
                    AUGMENTED_SEVENTH,
                    MAJOR_SIXTH,
                    MINOR_SIXTH);

    /// The number of tokens; they are from 0 up to it.
    public static final int SIZE = CHORDS + 12 * QUALITIES.size();

    private GridVocabulary() {}

    public static boolean isKey(int token) {
        return token >= 0 && token <= HIGHEST_KEY - LOWEST_KEY;
    }

    public static boolean isChord(int token) {
        return token >= CHORDS && token < SIZE;
    }

    /// Whether a piano has that key, which thus has a token.
    ///
    /// @param key MIDI key
    public static boolean hasKey(int key) {
        return key >= LOWEST_KEY && key <= HIGHEST_KEY;
    }

    /// The token of a note's beginning.
    ///
    /// @param key MIDI key from 21 to 108
    public static int ofKey(int key) {
        return key - LOWEST_KEY;
    }

    /// The MIDI key of a token.
    public static int key(int token) {
        return token + LOWEST_KEY;
    }

    /// The token of a chord's beginning: of its own quality, or of the nearest one that there is.
    /// Ninths and what is above them are left out, also where a kind has them; a fourth or second
    /// in place of the third is taken for the third; and so are a missing third, as in `C5`, and
    /// the major seventh of a minor chord. The bass is left out.
    public static int ofChord(Chord chord) {
        return CHORDS + 12 * QUALITIES.indexOf(quality(chord)) + chord.root().pitchClass();
    }

    /// The chord of a token.
    ///
    /// @param sharps of the key signature that names its root, or flats where they are negative
    public static Chord chord(int token, int sharps) {
        int place = token - CHORDS;
        return new Chord(PitchName.of(place % 12, sharps), QUALITIES.get(place / 12));
    }

    private static ChordKind quality(Chord chord) {
        return switch (chord.kind()) {
            case DOMINANT_NINTH, DOMINANT_11TH, DOMINANT_13TH -> DOMINANT;
            case MAJOR_NINTH, MAJOR_11TH, MAJOR_13TH -> MAJOR_SEVENTH;
            case MINOR_NINTH, MINOR_11TH, MINOR_13TH -> MINOR_SEVENTH;
            case MAJOR_MINOR -> MINOR;
            case SUSPENDED_SECOND, SUSPENDED_FOURTH, POWER ->
                    chord.degrees().contains(new Degree(Degree.Change.ADD, 7, 0))
                            ? DOMINANT
                            : MAJOR;
            default -> chord.kind();
        };
    }
}
