package wavenet4j.train.kernels;

/// Some rows for each row of a product, one for each tap of a convolution: they are read where they
/// lie, and need not be copied side by side.
///
/// @param rows the first tap's
/// @param distance floats from one tap's row to the next tap's; negative in a transposed
///   convolution
/// @param first the number of the first tap among those of the weights
/// @param count how many taps follow, itself included
public record Taps(Rows rows, int distance, int first, int count) {
    /// One tap: the product is one of matrices.
    public static Taps one(Rows rows) {
        return new Taps(rows, 0, 0, 1);
    }
}
