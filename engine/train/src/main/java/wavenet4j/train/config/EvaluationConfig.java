package wavenet4j.train.config;

import static wavenet4j.train.config.Ranges.require;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Evaluation on the held-out recordings, and early stopping by it.
///
/// @param every steps between evaluations; key `training.validateEvery`
/// @param windows of held-out recordings, spread evenly; key `training.validationWindows`
/// @param patience evaluations in a row without an improvement after which training stops; 0 for no
///   early stopping
public record EvaluationConfig(
        @JsonProperty("validateEvery") int every,
        @JsonProperty("validationWindows") int windows,
        int patience) {
    /// Checks the ranges.
    public EvaluationConfig {
        require(every >= 1, "training.validateEvery", every, "at least 1");
        require(windows >= 1, "training.validationWindows", windows, "at least 1");
        require(patience >= 0, "training.patience", patience, "at least 0");
    }
}
