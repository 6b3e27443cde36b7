package wavenet4j.train.network;

import ai.djl.ndarray.NDArray;

import wavenet4j.ModelSpec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The tensors of a network as views of its flat weights: one split, so that the backward pass
/// concatenates the gradients once.
final class WeightViews {
    private final Map<String, NDArray> views = new HashMap<>();

    /// @param flat all tensors end to end in the order of [ModelSpec#tensors()]
    WeightViews(ModelSpec spec, NDArray flat) {
        List<TensorSpan> spans = TensorSpan.all(spec);
        var parts =
                flat.split(spans.stream().skip(1).mapToLong(TensorSpan::from).toArray()).iterator();
        for (TensorSpan span : spans) {
            var shape = span.tensor().shape().dimensions().stream().mapToLong(d -> d).toArray();
            views.put(span.tensor().name(), parts.next().reshape(shape));
        }
    }

    NDArray get(String name) {
        return Objects.requireNonNull(views.get(name), name);
    }

    NDArray get(int layer, String name) {
        return get("layers." + layer + "." + name);
    }
}
