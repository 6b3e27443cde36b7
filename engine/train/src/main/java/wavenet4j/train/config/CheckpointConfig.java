package wavenet4j.train.config;

import static wavenet4j.train.config.Ranges.require;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How often a run is saved.
///
/// @param every steps between checkpoints; key `training.checkpointEvery`
/// @param kept how many are kept, the newest; key `training.checkpointsKept`
public record CheckpointConfig(
        @JsonProperty("checkpointEvery") int every, @JsonProperty("checkpointsKept") int kept) {
    /// Checks the ranges.
    public CheckpointConfig {
        require(every >= 1, "training.checkpointEvery", every, "at least 1");
        // A disk may damage the newest: there must be one before it.
        require(kept >= 2, "training.checkpointsKept", kept, "at least 2");
    }
}
