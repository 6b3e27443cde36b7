package wavenet4j.spec;

import java.util.List;

/// The part of the network that remembers: from the embedded sample to the sum that the head reads.
public sealed interface Trunk permits DilatedConvolutions {
    /// R, the width of the embedded sample.
    int input();

    /// S, the width of the sum that the head reads.
    int skip();

    /// L, the number of layers.
    int layers();

    /// The number of values that conditioning adds to each layer before its activation.
    int biases();

    /// The number of past samples, the present one included, that one output depends on.
    int receptiveField();

    /// The tensors of the layers, in the order of the file.
    ///
    /// @param conditioning what the layers are conditioned on
    List<TensorSpec> tensors(Conditioning conditioning);
}
