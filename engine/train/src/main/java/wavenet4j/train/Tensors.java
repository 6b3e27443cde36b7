package wavenet4j.train;

import ai.djl.ndarray.NDArray;

import wavenet4j.ModelSpec;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Flat weights as views by name: one split, so that its gradient is one concatenation.
final class Tensors {
    private final Map<String, NDArray> views = new HashMap<>();

    /// @param flat all tensors end to end in the order of [ModelSpec#tensors()]
    Tensors(ModelSpec spec, NDArray flat) {
        var tensors = spec.tensors();
        var ends = new long[tensors.size() - 1];
        long end = 0;
        int next = 0;
        for (var shape : tensors.values()) {
            end += shape.size();
            if (next < ends.length) ends[next++] = end;
        }
        var parts = flat.split(ends).iterator();
        for (var tensor : tensors.entrySet()) {
            var shape = tensor.getValue().dimensions().stream().mapToLong(d -> d).toArray();
            views.put(tensor.getKey(), parts.next().reshape(shape));
        }
    }

    NDArray get(String name) {
        return Objects.requireNonNull(views.get(name), name);
    }

    NDArray get(int layer, String name) {
        return get("layers." + layer + "." + name);
    }
}
