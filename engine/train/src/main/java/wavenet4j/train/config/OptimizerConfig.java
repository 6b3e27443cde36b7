package wavenet4j.train.config;

import static wavenet4j.train.config.Ranges.require;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How the optimizer makes a step of a gradient.
///
/// @param algorithm key `training.optimizer`
/// @param clipNorm the largest global norm of a gradient; a longer one is scaled down to it
/// @param averaging the decay per step of the running average of the weights, which is what is
///   evaluated and kept
public record OptimizerConfig(
        @JsonProperty("optimizer") Algorithm algorithm, double clipNorm, double averaging) {
    /// The optimizers there are.
    public enum Algorithm {
        /// Adam for all weights.
        @JsonProperty("adam")
        ADAM,

        /// Muon for the matrices between channels, Adam for the rest.
        @JsonProperty("muon")
        MUON
    }

    /// Checks the ranges.
    public OptimizerConfig {
        require(
                clipNorm > 0 && clipNorm <= 1e9,
                "training.clipNorm",
                clipNorm,
                "above 0 and at most a billion");
        require(averaging >= 0 && averaging < 1, "training.averaging", averaging, "0 to below 1");
    }
}
