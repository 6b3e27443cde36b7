package wavenet4j.train.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The precision asked for the factors of PyTorch's float32 matrix products, as in
/// `torch.set_float32_matmul_precision`; sums are in float32 either way. What a machine makes of it
/// is measured when training starts.
public enum MatmulPrecision {
    /// Not rounded.
    @JsonProperty("float32")
    FLOAT32,

    /// Rounded to bfloat16, or to TF32 on a GPU, where PyTorch multiplies those faster; elsewhere
    /// float32.
    @JsonProperty("bfloat16")
    BFLOAT16
}
