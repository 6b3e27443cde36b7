package wavenet4j.train.loop;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;

import wavenet4j.train.data.Batch;
import wavenet4j.train.device.OutOfDeviceMemoryException;
import wavenet4j.train.network.Loss;
import wavenet4j.train.optimizer.Adam;

import java.util.List;

/// What a network learns from a batch, and what batches cost it.
///
/// @param manager that all arrays are made by
/// @param loss of the network
/// @param adam its weights and how they are learned
record Learner(NDManager manager, Loss loss, Adam adam) implements AutoCloseable {
    private static final double NATS_PER_BIT = Math.log(2);

    /// One optimizer step on one batch, whose parts' gradients add up.
    ///
    /// @param number of the step, from 1
    /// @throws OutOfDeviceMemoryException when a part is too large; then nothing has changed
    StepResult step(List<Batch> parts, long number, double rate) {
        long samples = parts.stream().mapToLong(Batch::counted).sum();
        // A scope closes every array made in it: nothing else frees what autograd holds.
        try (NDManager stepManager = manager.newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = adam.leaf(stepManager);
            double nats = backpropagate(leaf, parts, samples);
            double norm = adam.step(leaf.getGradient(), number, rate);
            return new StepResult(nats / NATS_PER_BIT, samples, norm);
        }
    }

    /// Adds up the gradients of all parts at the leaf.
    ///
    /// @return the mean loss over all samples, in nats
    private double backpropagate(NDArray leaf, List<Batch> parts, long samples) {
        double nats = 0;
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            for (Batch part : parts) {
                try (NDScope partScope = new NDScope()) {
                    partScope.suppressNotUsedWarning();
                    float share = (float) part.counted() / samples;
                    nats += loss.backpropagate(leaf, part, share, gradients);
                }
            }
        } catch (EngineException e) {
            throw OutOfDeviceMemoryException.isMeantBy(e) ? new OutOfDeviceMemoryException(e) : e;
        }
        return nats;
    }

    /// Bits per sample of batches under the averaged weights. No graph is kept: they ask for no
    /// gradient.
    double bits(List<Batch> batches) {
        double bits = 0;
        long samples = 0;
        for (Batch batch : batches) {
            try (NDManager batchManager = manager.newSubManager();
                    NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray view = adam.averaged().duplicate();
                view.attach(batchManager);
                bits += loss.of(view, batch).getFloat() / NATS_PER_BIT * batch.counted();
                samples += batch.counted();
            }
        }
        return bits / samples;
    }

    @Override
    public void close() {
        adam.close();
        manager.close();
    }
}
