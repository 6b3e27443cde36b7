package wavenet4j.notes;

/// A key signature.
///
/// @param onset in quarters
/// @param sharps from 7 flats, -7, to 7 sharps
/// @param minor whether it stands for the minor key
public record KeySignature(Fraction onset, int sharps, boolean minor) {
    /// @throws IllegalArgumentException when it has more than seven
    public KeySignature {
        Score.requireTime(onset);
        if (sharps < -7 || sharps > 7) {
            throw new IllegalArgumentException(
                    "a key signature has %d sharps or flats".formatted(Math.abs(sharps)));
        }
    }

    public PitchName tonic() {
        return new PitchName(minor ? sharps + 3 : sharps);
    }

    /// As `D major`.
    public String name() {
        return tonic() + (minor ? " minor" : " major");
    }
}
