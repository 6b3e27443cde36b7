package wavenet4j.train.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What computes the steps.
///
/// @param matmulPrecision asked for PyTorch's matrix products
/// @param kernels of a processor
public record ComputeConfig(MatmulPrecision matmulPrecision, Kernels kernels) {
    /// The precision asked for the factors of PyTorch's float32 matrix products, as in
    /// `torch.set_float32_matmul_precision`; sums are in float32 either way. What a machine makes
    /// of it is measured when training starts.
    public enum MatmulPrecision {
        /// Not rounded.
        @JsonProperty("float32")
        FLOAT32,

        /// Rounded to bfloat16, or to TF32 on a GPU, where PyTorch multiplies those faster;
        /// elsewhere float32.
        @JsonProperty("bfloat16")
        BFLOAT16
    }

    /// What computes a network's loss and gradient on a processor. The results differ in the
    /// rounding alone.
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
}
