package wavenet4j.train.run;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.spec.Shape;
import wavenet4j.spec.TensorSpec;
import wavenet4j.spec.TensorSpec.Role;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

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
        SequencedMap<String, Shape> shapes = spec.shapes();
        for (TensorSpec tensor : model.spec().tensors()) {
            boolean ofLabels =
                    tensor.role() == Role.LABEL_EMBEDDING || tensor.role() == Role.LABEL_WEIGHT;
            if (ofLabels && !sameLabels) continue;
            Shape wanted = shapes.get(tensor.name());
            if (!tensor.shape().equals(wanted)) {
                throw new IllegalArgumentException(
                        "the model to start from has %s %s where the network to train has %s"
                                .formatted(tensor.name(), tensor.shape(), wanted));
            }
            tensors.put(tensor.name(), model.weights().tensor(tensor.name()));
        }
        return new Weights(tensors);
    }
}
