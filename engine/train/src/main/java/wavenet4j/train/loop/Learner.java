package wavenet4j.train.loop;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;

import wavenet4j.ModelSpec;
import wavenet4j.train.checkpoint.EarlyStopping;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.TrainingConfig;
import wavenet4j.train.data.Batch;
import wavenet4j.train.data.MicroBatchSize;
import wavenet4j.train.device.Computation;
import wavenet4j.train.device.OutOfDeviceMemoryException;
import wavenet4j.train.device.TrainingDevice;
import wavenet4j.train.optimizer.Adam;
import wavenet4j.train.optimizer.LearningRateSchedule;

import java.util.List;

/// The network in training: its weights and optimizer on the device, and the counters beside them.
/// It is the mutable form of a [TrainingState].
final class Learner implements AutoCloseable {
    private static final double NATS_PER_BIT = Math.log(2);

    private final ModelSpec spec;
    private final Computation computation;
    private final TrainingConfig config;
    private final LearningRateSchedule schedule;
    private final MicroBatchSize deviceSize;
    private final TrainingClock clock;
    private final NDManager manager;
    private final Adam adam;
    private long microBatchBytes;
    private double rateScale;
    private EarlyStopping best;
    private long step;
    private double progress;

    /// @param deviceSize of the micro-batches that the device has memory for
    Learner(
            TrainingDevice device,
            ModelSpec spec,
            Computation computation,
            MicroBatchSize deviceSize,
            TrainingConfig config,
            TrainingState start) {
        this.spec = spec;
        this.computation = computation;
        this.deviceSize = deviceSize;
        this.config = config;
        schedule = new LearningRateSchedule(config.schedule());
        clock = new TrainingClock(start.seconds());
        // On a GPU, whose sums are in no fixed order, the memory that is free now decides.
        microBatchBytes = device.isProcessor() ? start.microBatchBytes() : Long.MAX_VALUE;
        rateScale = start.rateScale();
        best = start.best();
        step = start.step();
        progress = schedule.progress(step, clock.seconds());
        manager = device.newManager();
        adam = new Adam(manager, spec, start, config.optimizer());
    }

    /// Optimizer steps so far.
    long step() {
        return step;
    }

    /// Whether the number of steps so far is a multiple of that one.
    boolean every(long steps) {
        return step % steps == 0;
    }

    /// The share of the schedule that is done, from 0 to 1, as of the latest step.
    double progress() {
        return progress;
    }

    /// Whether the schedule has ended, or as many evaluations as `training.patience` in a row were
    /// no better.
    boolean isFinished() {
        return progress >= 1 || best.exhausts(config.evaluation().patience());
    }

    /// The factor on the learning rate, below 1 after rollbacks.
    double rateScale() {
        return rateScale;
    }

    EarlyStopping best() {
        return best;
    }

    void setBest(EarlyStopping best) {
        this.best = best;
    }

    TrainingClock clock() {
        return clock;
    }

    /// How many windows are learned from at once.
    MicroBatchSize microBatchSize() {
        return new MicroBatchSize.Smaller(
                deviceSize, new MicroBatchSize.Memory(spec, microBatchBytes));
    }

    /// Limits the micro-batches from now on to half of one that did not fit into memory.
    void halve(Batch tooLarge) {
        microBatchBytes = MicroBatchSize.bytesOfHalf(spec, tooLarge);
    }

    /// One optimizer step on a batch: the gradients of its micro-batches add up. The step counts
    /// where the result [is healthy][StepResult#isHealthy].
    ///
    /// @throws OutOfDeviceMemoryException when a micro-batch is too large; then nothing has changed
    StepResult learn(List<Batch> microBatches) {
        long samples = microBatches.stream().mapToLong(Batch::targetCount).sum();
        double rate = rateScale * schedule.rate(step, clock.seconds());
        StepResult result;
        // A scope closes every array made in it: nothing else frees what autograd holds.
        try (NDManager stepManager = manager.newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = adam.leaf(stepManager);
            double nats = backpropagate(leaf, microBatches, samples);
            double norm = adam.step(leaf.getGradient(), step + 1, rate);
            result = new StepResult(nats / NATS_PER_BIT, samples, norm, rate);
        }
        if (result.isHealthy(spec.distribution())) {
            step++;
            progress = schedule.progress(step, clock.seconds());
        }
        return result;
    }

    /// Adds the gradients of all micro-batches to the leaf's.
    ///
    /// @return the mean loss over all samples, in nats
    private double backpropagate(NDArray leaf, List<Batch> microBatches, long samples) {
        double nats = 0;
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            for (Batch part : microBatches) {
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    float share = (float) part.targetCount() / samples;
                    nats += computation.loss().backpropagate(leaf, part, share, gradients);
                }
            }
        } catch (EngineException e) {
            throw OutOfDeviceMemoryException.matches(e) ? new OutOfDeviceMemoryException(e) : e;
        } catch (OutOfMemoryError e) {
            throw new OutOfDeviceMemoryException(e);
        }
        return nats;
    }

    /// The mean loss of the averaged weights on some batches, in bits per sample.
    double evaluate(List<Batch> batches) {
        double bits = 0;
        long samples = 0;
        for (Batch batch : batches) {
            // The averaged weights require no gradient, so that no graph is kept.
            try (NDManager batchManager = manager.newSubManager();
                    NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray view = adam.averaged().duplicate();
                view.attach(batchManager);
                bits +=
                        computation.loss().of(view, batch).getFloat()
                                / NATS_PER_BIT
                                * batch.targetCount();
                samples += batch.targetCount();
            }
        }
        return bits / samples;
    }

    /// Goes back to the weights, the optimizer's moments and the step of a checkpoint.
    void rollBack(TrainingState checkpoint, double lowerRateScale) {
        adam.load(checkpoint);
        step = checkpoint.step();
        rateScale = lowerRateScale;
        progress = schedule.progress(step, clock.seconds());
    }

    /// A copy of everything, as a checkpoint.
    TrainingState state() {
        return state(best);
    }

    /// A copy of everything, with that evaluation as the best.
    TrainingState state(EarlyStopping best) {
        return adam.state(
                step, clock.seconds(), rateScale, best, microBatchBytes, computation.kernels());
    }

    @Override
    public void close() {
        adam.close();
        manager.close();
    }
}
