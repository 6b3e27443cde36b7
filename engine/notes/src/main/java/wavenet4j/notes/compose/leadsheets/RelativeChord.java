package wavenet4j.notes.compose.leadsheets;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.PitchName;

import java.util.List;
import java.util.Optional;

/// A chord in relation to a key; added degrees and a bass note other than the root are not told
/// apart.
///
/// @param root semitones over the tonic of a major key, or over the third of a minor one, so that
///   keys that share a signature share chords
/// @param kind absent for «no chord»
record RelativeChord(int root, Optional<ChordKind> kind) {
    static final RelativeChord NONE = new RelativeChord(0, Optional.empty());

    /// A chord of a score.
    ///
    /// @param shift semitones from the score's key to C major or A minor
    static RelativeChord of(ChordSymbol symbol, int shift) {
        return symbol.chord()
                .map(chord ->
                        new RelativeChord(
                                Math.floorMod(chord.root().pitchClass() + shift, 12),
                                Optional.of(chord.kind())))
                .orElse(NONE);
    }

    /// The symbol in a key.
    ///
    /// @param sharps of the key signature
    ChordSymbol symbol(Fraction onset, int shift, int sharps) {
        return new ChordSymbol(
                onset,
                kind.map(of ->
                        new ChordSymbol.Chord(
                                PitchName.of(Math.floorMod(root - shift, 12), sharps), of)));
    }

    /// Whether a pitch is a tone of it.
    boolean hasTone(int pitch) {
        return semitones().stream().anyMatch(tone -> Math.floorMod(root + tone - pitch, 12) == 0);
    }

    private List<Integer> semitones() {
        return kind.map(ChordKind::semitones).orElse(List.of());
    }
}
