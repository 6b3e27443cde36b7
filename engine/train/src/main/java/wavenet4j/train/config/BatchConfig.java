package wavenet4j.train.config;

import static wavenet4j.train.config.Ranges.require;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a batch is made of, and how its windows are augmented.
///
/// @param size windows in a batch; key `training.batch`
/// @param window targets in a window, at most
/// @param coldStarts the share of the windows whose context is replaced by silence, as at the start
///   of a take
/// @param inputNoise the standard deviation, in levels, of noise on the inputs
/// @param labelDropout the share of the windows without their labels
public record BatchConfig(
        @JsonProperty("batch") int size,
        int window,
        double coldStarts,
        double inputNoise,
        double labelDropout) {
    /// Checks the ranges.
    public BatchConfig {
        require(size >= 1 && size <= 4096, "training.batch", size, "1 to 4096");
        require(window >= 1 && window <= 1 << 24, "training.window", window, "1 to 16,777,216");
        require(coldStarts >= 0 && coldStarts <= 1, "training.coldStarts", coldStarts, "0 to 1");
        require(
                inputNoise >= 0 && inputNoise <= 1000,
                "training.inputNoise",
                inputNoise,
                "0 to 1000");
        require(
                labelDropout >= 0 && labelDropout <= 1,
                "training.labelDropout",
                labelDropout,
                "0 to 1");
    }
}
