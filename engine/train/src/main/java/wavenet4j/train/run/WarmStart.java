package wavenet4j.train.run;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.spec.Shape;
import wavenet4j.spec.TensorSpec;
import wavenet4j.spec.TensorSpec.Role;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Initial weights from a trained model (fine-tuning).
public final class WarmStart {
    private WarmStart() {}

    /// The weights of a trained model for a network to train. Where the labels differ, the label
    /// embedding and the label weights are initialized at random.
    ///
    /// @param spec of the network to train
    /// @param seed of the random initialization
    /// @throws IllegalArgumentException when a tensor of the model has another shape in the network
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
