package wavenet4j.info;

import org.jspecify.annotations.Nullable;

/// What is done to each recording besides resampling and quantizing. Evaluation repeats what
/// training did.
///
/// @param trimDb trims silence at both ends that is this far below the recording's peak, in dB,
///   from -1000 to below 0; null trims nothing
/// @param normalize scales the recording to a peak of 1
/// @param leadIn whether a receptive field of silence precedes the recording, which is the state in
///   which a take begins
/// @param tailSeconds of silence after the recording, from 0 to 60
public record Preprocessing(
        @Nullable Double trimDb, boolean normalize, boolean leadIn, double tailSeconds) {
    /// Recordings as they are.
    public static final Preprocessing NONE = new Preprocessing(null, false, false, 0);

    public Preprocessing {
        if (trimDb != null && !(trimDb < 0 && trimDb >= -1000)) {
            throw new IllegalArgumentException(
                    "trimDb is " + trimDb + "; it must be below 0 and at least -1000");
        }
        if (!(tailSeconds >= 0 && tailSeconds <= 60)) {
            throw new IllegalArgumentException(
                    "tailSeconds is " + tailSeconds + "; it must be between 0 and 60");
        }
    }
}
