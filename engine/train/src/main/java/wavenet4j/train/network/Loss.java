package wavenet4j.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;

import wavenet4j.train.data.Batch;

/// The mean negative log-likelihood of a part of a batch under weights, in nats.
public interface Loss {
    NDArray of(NDArray weights, Batch part);

    /// Adds the gradient of a share of it to the leaf's.
    ///
    /// @return that share of it
    default float backpropagate(
            NDArray leaf, Batch part, float share, GradientCollector gradients) {
        NDArray ofPart = of(leaf, part).mul(share);
        gradients.backward(ofPart);
        return ofPart.getFloat();
    }
}
