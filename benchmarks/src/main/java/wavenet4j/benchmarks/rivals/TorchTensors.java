package wavenet4j.benchmarks.rivals;

import static java.util.Objects.requireNonNull;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;

import wavenet4j.Model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tensors of a model as PyTorch arrays, by their names in the model file.
final class TorchTensors implements AutoCloseable {
    private final NDManager manager;
    private final Map<String, NDArray> tensors = new LinkedHashMap<>();

    /// @param threads PyTorch threads within an operator, for the whole process
    TorchTensors(Model model, int threads) {
        manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        JniUtils.setNumThreads(threads);
        model.spec()
                .shapes()
                .forEach((name, shape) -> {
                    var values = model.weights().tensor(name);
                    var dimensions = shape.dimensions().stream().mapToLong(d -> d).toArray();
                    tensors.put(name, manager.create(values, new Shape(dimensions)));
                });
    }

    NDManager manager() {
        return manager;
    }

    NDArray get(String name) {
        return requireNonNull(tensors.get(name), name);
    }

    NDArray get(int layer, String name) {
        return get("layers." + layer + "." + name);
    }

    /// All, in the order of the model file.
    List<NDArray> all() {
        return List.copyOf(tensors.values());
    }

    @Override
    public void close() {
        manager.close();
    }
}
