package wavenet4j.train.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;

import org.jspecify.annotations.Nullable;

import wavenet4j.ModelSpec;
import wavenet4j.train.checkpoint.EarlyStopping;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.ComputeConfig.Kernels;
import wavenet4j.train.config.OptimizerConfig;

/// Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2014) on flat weights, with
/// gradient clipping by the global norm and a running average of the weights; where it is
/// configured, [Muon] updates the matrices between channels. DJL's own Adam does not give its
/// moments out, so a run could not be resumed with it.
public final class Adam implements AutoCloseable {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final @Nullable Muon muon;
    private final NDManager manager;
    private final double clipNorm;
    private final double averaging;
    private final NDArray weights;
    private final NDArray averaged;
    private final NDArray moment1;
    private final NDArray moment2;

    /// The optimizer of a network in that state.
    public Adam(NDManager parent, ModelSpec spec, TrainingState state, OptimizerConfig config) {
        muon = config.algorithm() == OptimizerConfig.Algorithm.MUON ? new Muon(spec) : null;
        manager = parent.newSubManager();
        clipNorm = config.clipNorm();
        averaging = config.averaging();
        weights = manager.create(state.weights());
        averaged = manager.create(state.averaged());
        moment1 = manager.create(state.moment1());
        moment2 = manager.create(state.moment2());
    }

    /// Restores a state.
    public void load(TrainingState state) {
        weights.set(state.weights());
        averaged.set(state.averaged());
        moment1.set(state.moment1());
        moment2.set(state.moment2());
    }

    /// A copy of the weights as a leaf of the autograd graph, whose gradient [#step] takes.
    public NDArray leaf(NDManager stepManager) {
        NDArray leaf = weights.duplicate();
        leaf.attach(stepManager);
        leaf.setRequiresGradient(true);
        return leaf;
    }

    /// One optimizer step.
    ///
    /// @param number of the step, from 1
    /// @param rate the learning rate
    /// @return the gradient's norm before clipping; where it is not finite, the step is left out
    public double step(NDArray gradient, long number, double rate) {
        double norm = gradient.square().sum().sqrt().getFloat();
        if (!Double.isFinite(norm)) return norm;
        NDArray g = gradient.mul((float) Math.min(1, clipNorm / norm));
        moment1.muli(BETA1).addi(g.mul(1 - BETA1));
        moment2.muli(BETA2).addi(g.square().muli(1 - BETA2));
        double correction1 = 1 - Math.pow(BETA1, (double) number);
        double correction2 = 1 - Math.pow(BETA2, (double) number);
        NDArray scale = moment2.div((float) correction2).sqrt().addi(EPSILON);
        NDArray steps = moment1.div((float) correction1).divi(scale);
        if (muon != null) muon.replace(moment1, steps);
        weights.subi(steps.muli((float) rate));
        // The decay rises with the steps, so that the average soon forgets the random start.
        double decay = Math.min(averaging, (1.0 + number) / (10.0 + number));
        averaged.addi(weights.sub(averaged).muli((float) (1 - decay)));
        return norm;
    }

    /// The averaged weights; not to be changed.
    public NDArray averaged() {
        return averaged;
    }

    /// A copy of the state, for a checkpoint.
    public TrainingState state(
            long step,
            double seconds,
            double rateScale,
            EarlyStopping best,
            long microBatchBytes,
            Kernels kernels) {
        // Of an array on a GPU, reading it makes one on the processor, which the scope closes.
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return new TrainingState(
                    step,
                    seconds,
                    rateScale,
                    best,
                    microBatchBytes,
                    kernels,
                    weights.toFloatArray(),
                    averaged.toFloatArray(),
                    moment1.toFloatArray(),
                    moment2.toFloatArray());
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
