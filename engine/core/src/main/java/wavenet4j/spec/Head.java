package wavenet4j.spec;

import java.util.List;

/// The part of the network that turns the trunk's sum into the parameters of a distribution.
public sealed interface Head permits SampleHead {
    /// A, the width of its hidden layer.
    int hidden();

    /// Its tensors, in the order of the file.
    ///
    /// @param skip S, the width of the trunk's sum
    /// @param outputs the number of parameters of the distribution
    List<TensorSpec> tensors(int skip, int outputs);
}
