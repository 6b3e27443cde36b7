package wavenet4j.train.config;

import static wavenet4j.train.config.Ranges.require;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

import wavenet4j.info.Preprocessing;

import java.util.Locale;

/// How recordings are preprocessed, labelled and split.
///
/// @param labels the label rule: `none`, `folders`, `pattern:REGEX` or `csv:FILE`
/// @param split what is held out
/// @param heldOut the share that is not trained on, at most; of the sound, or of the files where
///   these are split
/// @param trimDb silence at both ends that is this far below the file's own peak is trimmed, in dB
///   below 0; null trims nothing
/// @param normalize scales each recording to a peak of 1
/// @param leadIn puts a receptive field of silence before each recording, the state in which a take
///   begins, so that beginnings are learned too
/// @param tailSeconds of silence put after each recording, so that endings are learned too
/// @param cache the folder where the levels of the recordings are kept; null for the run's own
/// @param licence of the recordings, with their attribution, which the model file will carry; null
///   for none
/// @param excerpts keeps short excerpts of the training recordings in the model file, for takes to
///   begin after
public record DataConfig(
        String labels,
        SplitRule split,
        double heldOut,
        @Nullable Double trimDb,
        boolean normalize,
        boolean leadIn,
        double tailSeconds,
        @Nullable String cache,
        @Nullable String licence,
        boolean excerpts) {
    /// What is held out.
    public enum SplitRule {
        /// The ends of some recordings, and short ones whole.
        @JsonProperty("parts")
        PARTS,
        /// Whole files, as in earlier versions; the sample rate is then that of most files.
        @JsonProperty("files")
        FILES;

        /// As it is written.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Checks the ranges.
    public DataConfig {
        require(heldOut > 0 && heldOut < 1, "data.heldOut", heldOut, "above 0 and below 1");
        require(
                trimDb == null || (trimDb < 0 && trimDb >= -200),
                "data.trimDb",
                trimDb,
                "below 0 and at least -200");
        require(tailSeconds >= 0 && tailSeconds <= 60, "data.tailSeconds", tailSeconds, "0 to 60");
    }

    /// What is done to each recording before it is quantized.
    public Preprocessing preprocessing() {
        return new Preprocessing(trimDb, normalize, leadIn, tailSeconds);
    }
}
