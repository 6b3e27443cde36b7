package wavenet4j.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;

import wavenet4j.train.data.Batch;

/// A network's loss: the mean negative log-likelihood of a micro-batch's targets, in nats.
public interface Loss {
    /// The loss.
    ///
    /// @param weights all tensors end to end in the order of [wavenet4j.ModelSpec#tensors()]
    NDArray of(NDArray weights, Batch microBatch);

    /// Adds the gradient of `share` times the loss to that of the leaf.
    ///
    /// @param share the micro-batch's share of the targets of the batch
    /// @return `share` times the loss
    default float backpropagate(
            NDArray leaf, Batch microBatch, float share, GradientCollector gradients) {
        NDArray loss = of(leaf, microBatch).mul(share);
        gradients.backward(loss);
        return loss.getFloat();
    }
}
