package wavenet4j.train.levels;

import wavenet4j.distribution.Quantizer;

/// A recording as levels.
///
/// @param levels lead-in and tail included
/// @param lowest of the levels of the sound itself
/// @param highest of them
public record EncodedAudio(Levels levels, int lowest, int highest) {
    /// Whether the sound has one level, or two neighbouring ones: nothing to learn.
    ///
    /// @param q how many levels there may be
    public boolean isTooQuiet(int q) {
        return highest - lowest < Math.min(2, q - 1);
    }

    /// Whether the sound is one value other than silence, such as an offset.
    public boolean isConstant(Quantizer quantizer) {
        return lowest == highest && Math.abs(lowest - quantizer.silence()) > 1;
    }
}
