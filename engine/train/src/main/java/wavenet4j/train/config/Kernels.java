package wavenet4j.train.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What computes a network's loss and gradient on a processor. The results differ in the rounding
/// alone.
public enum Kernels {
    /// Whichever is faster on the machine where a run begins.
    @JsonProperty("auto")
    AUTO,

    /// PyTorch's matrix products.
    @JsonProperty("pytorch")
    PYTORCH,

    /// Our own on Java's Vector API, in float32.
    @JsonProperty("vector")
    VECTOR
}
