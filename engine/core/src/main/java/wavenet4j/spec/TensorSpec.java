package wavenet4j.spec;

/// A tensor that a network learns.
///
/// @param name in the model file
/// @param shape in PyTorch's order: (out, in, tap)
/// @param role by which it is initialized, optimized and rounded
public record TensorSpec(String name, Shape shape, Role role) {
    /// What a tensor does in the network.
    public enum Role {
        /// The table of the levels, [Q, R].
        INPUT_EMBEDDING,
        /// What an amplitude is multiplied by, [R, 1].
        INPUT_WEIGHT,
        /// The bias beside [#INPUT_WEIGHT], `[R]`.
        INPUT_BIAS,
        /// The table of the labels, [labels, E].
        LABEL_EMBEDDING,
        /// What a layer makes of the labels' embedding, [2G, E].
        LABEL_WEIGHT,
        /// A product within the network, (out, in) or (out, in, tap). Its bias follows it.
        WEIGHT,
        /// The bias of the weight before it.
        BIAS,
        /// The product whose outputs are the distribution's parameters.
        OUTPUT_WEIGHT,
        /// The bias beside [#OUTPUT_WEIGHT].
        OUTPUT_BIAS
    }
}
