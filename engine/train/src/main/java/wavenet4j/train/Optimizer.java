package wavenet4j.train;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What makes steps of gradients.
public enum Optimizer {
    /// [Adam] for all weights.
    @JsonProperty("adam")
    ADAM,

    /// [Muon] for the matrices within the network, Adam for the rest.
    @JsonProperty("muon")
    MUON
}
