package wavenet4j.notes;

import java.util.List;

/// What a chord symbol says over its root; names and contents as MusicXML has them.
public enum ChordKind {
    MAJOR("", 0, 4, 7),
    MINOR("m", 0, 3, 7),
    AUGMENTED("+", 0, 4, 8),
    DIMINISHED("dim", 0, 3, 6),
    DOMINANT("7", 0, 4, 7, 10),
    MAJOR_SEVENTH("maj7", 0, 4, 7, 11),
    MINOR_SEVENTH("m7", 0, 3, 7, 10),
    DIMINISHED_SEVENTH("dim7", 0, 3, 6, 9),
    AUGMENTED_SEVENTH("7#5", 0, 4, 8, 10),
    HALF_DIMINISHED("m7b5", 0, 3, 6, 10),
    MAJOR_MINOR("m(maj7)", 0, 3, 7, 11),
    MAJOR_SIXTH("6", 0, 4, 7, 9),
    MINOR_SIXTH("m6", 0, 3, 7, 9),
    DOMINANT_NINTH("9", 0, 4, 7, 10, 14),
    MAJOR_NINTH("maj9", 0, 4, 7, 11, 14),
    MINOR_NINTH("m9", 0, 3, 7, 10, 14),
    DOMINANT_11TH("11", 0, 4, 7, 10, 14, 17),
    MAJOR_11TH("maj11", 0, 4, 7, 11, 14, 17),
    MINOR_11TH("m11", 0, 3, 7, 10, 14, 17),
    DOMINANT_13TH("13", 0, 4, 7, 10, 14, 21),
    MAJOR_13TH("maj13", 0, 4, 7, 11, 14, 21),
    MINOR_13TH("m13", 0, 3, 7, 10, 14, 21),
    SUSPENDED_SECOND("sus2", 0, 2, 7),
    SUSPENDED_FOURTH("sus4", 0, 5, 7),
    POWER("5", 0, 7);

    private final String suffix;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<Integer> semitones;

    ChordKind(String suffix, Integer... semitones) {
        this.suffix = suffix;
        this.semitones = List.of(semitones);
    }

    /// What a lead sheet writes after the root.
    public String suffix() {
        return suffix;
    }

    /// Of its tones over the root, ascending.
    public List<Integer> semitones() {
        return semitones;
    }
}
