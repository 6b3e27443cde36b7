package wavenet4j.train.device;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;

import wavenet4j.ModelSpec;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.data.Batch;
import wavenet4j.train.network.Loss;

import java.util.Arrays;
import java.util.SplittableRandom;

/// A short measurement of how fast a network's gradient is computed: two implementations in turn,
/// on one window of noise.
final class KernelTrial {
    private static final int TARGETS = 8192;
    private static final double ENOUGH_SECONDS = 3;
    private static final double TOO_MANY_SECONDS = 10;
    private static final int ENOUGH_ROUNDS = 4; // the first ones are slow while Java compiles

    private final Batch batch;
    private final float[] weights;

    KernelTrial(ModelSpec spec) {
        var random = new SplittableRandom(1);
        int levels = spec.levels();
        var labels = new float[spec.labels().names().size()];
        var mask = new float[TARGETS];
        Arrays.fill(mask, 1);
        batch =
                new Batch(
                        1,
                        TARGETS,
                        random.longs(spec.receptiveField() + TARGETS - 1L, 0, levels).toArray(),
                        random.longs(TARGETS, 0, levels).toArray(),
                        mask,
                        labels);
        weights = TrainingState.initial(spec, 1).weights();
    }

    /// How many times as fast as the other one the first is, each at its best.
    double ratio(Loss one, Loss other, NDManager manager) {
        double ofOne = Double.POSITIVE_INFINITY;
        double ofOther = Double.POSITIVE_INFINITY;
        double seconds = 0;
        for (int round = 0; round < 2 || !isEnough(round, seconds); round++) {
            double first = seconds(one, manager);
            double second = seconds(other, manager);
            ofOne = Math.min(ofOne, first);
            ofOther = Math.min(ofOther, second);
            seconds += first + second;
        }
        return ofOther / ofOne;
    }

    private static boolean isEnough(int rounds, double seconds) {
        return (rounds >= ENOUGH_ROUNDS && seconds > ENOUGH_SECONDS) || seconds > TOO_MANY_SECONDS;
    }

    private double seconds(Loss loss, NDManager parent) {
        long begun = System.nanoTime();
        try (NDManager manager = parent.newSubManager();
                NDScope scope = new NDScope();
                var gradients = Engine.getInstance().newGradientCollector()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = manager.create(weights);
            leaf.setRequiresGradient(true);
            loss.backpropagate(leaf, batch, 1, gradients);
        }
        return (System.nanoTime() - begun) * 1e-9;
    }
}
