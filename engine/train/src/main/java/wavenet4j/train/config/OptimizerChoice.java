package wavenet4j.train.config;

import com.fasterxml.jackson.annotation.JsonProperty;

import wavenet4j.train.optimizer.Adam;
import wavenet4j.train.optimizer.Muon;

/// What makes steps of gradients.
public enum OptimizerChoice {
    /// [Adam] for all weights.
    @JsonProperty("adam")
    ADAM,

    /// [Muon] for the matrices within the network, Adam for the rest.
    @JsonProperty("muon")
    MUON
}
