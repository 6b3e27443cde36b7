package wavenet4j.train.network;

import ai.djl.ndarray.index.NDIndex;

import wavenet4j.ModelSpec;
import wavenet4j.spec.TensorSpec;

import java.util.ArrayList;
import java.util.List;

/// The place of a tensor in the flat array of all weights.
///
/// @param from the index of its first value
public record TensorSpan(TensorSpec tensor, long from) {
    /// The places of all tensors, end to end in the order of [ModelSpec#tensors()].
    public static List<TensorSpan> all(ModelSpec spec) {
        var spans = new ArrayList<TensorSpan>();
        long from = 0;
        for (TensorSpec tensor : spec.tensors()) {
            var span = new TensorSpan(tensor, from);
            spans.add(span);
            from = span.to();
        }
        return spans;
    }

    /// The index after that of its last value.
    public long to() {
        return from + tensor.shape().size();
    }

    /// Its values in a flat array of all weights.
    public NDIndex slice() {
        return new NDIndex().addSliceDim(from, to());
    }
}
