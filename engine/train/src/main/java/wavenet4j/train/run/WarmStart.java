package wavenet4j.train.run;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Shape;
import wavenet4j.Weights;

import java.util.LinkedHashMap;

/// What a run begins with.
public final class WarmStart {
    private WarmStart() {}

    /// The weights of a trained model, to teach it other recordings. What depends on the labels
    /// begins afresh where they are others.
    ///
    /// @param spec of the network to train, with the model's layers
    /// @param seed of what begins afresh
    /// @throws IllegalArgumentException when the network has not the model's layers
    public static Weights from(Model model, ModelSpec spec, long seed) {
        boolean sameLabels = model.spec().labels().equals(spec.labels());
        var tensors = new LinkedHashMap<String, float[]>(Weights.initial(spec, seed).tensors());
        for (var tensor : model.spec().tensors().entrySet()) {
            String name = tensor.getKey();
            boolean ofLabels = name.equals("labels.embedding") || name.endsWith(".label.weight");
            if (ofLabels && !sameLabels) continue;
            Shape wanted = spec.tensors().get(name);
            if (!tensor.getValue().equals(wanted)) {
                throw new IllegalArgumentException(
                        "the model to start from has %s %s where the network to train has %s"
                                .formatted(name, tensor.getValue(), wanted));
            }
            tensors.put(name, model.weights().tensor(name));
        }
        return new Weights(tensors);
    }
}
