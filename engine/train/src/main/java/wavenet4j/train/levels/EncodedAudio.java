package wavenet4j.train.levels;

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
}
