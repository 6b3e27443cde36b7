package wavenet4j.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.ModelSpec;
import wavenet4j.train.checkpoint.EarlyStopping;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.ComputeConfig.Kernels;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.testing.TinyRun;

import java.util.List;
import java.util.Random;

final class AdamTest {
    private static final ModelSpec SPEC = TinyRun.spec(16, 2, List.of(1, 2));
    private static final TrainConfig CONFIG = TinyRun.config("training.optimizer=adam");

    /// The same in doubles, from the paper's algorithm 1.
    private static final class Oracle {
        final double[] weights;
        final double[] averaged;
        final double[] m;
        final double[] v;

        Oracle(float[] start) {
            weights = new double[start.length];
            for (int i = 0; i < start.length; i++) weights[i] = start[i];
            averaged = weights.clone();
            m = new double[start.length];
            v = new double[start.length];
        }

        double step(float[] gradient, int t, double rate, double clipNorm, double averaging) {
            double squares = 0;
            for (float g : gradient) squares += (double) g * g;
            double norm = Math.sqrt(squares);
            double scale = norm > clipNorm ? clipNorm / norm : 1;
            double decay = Math.min(averaging, (1.0 + t) / (10.0 + t));
            for (int i = 0; i < weights.length; i++) {
                double g = gradient[i] * scale;
                m[i] = 0.9 * m[i] + 0.1 * g;
                v[i] = 0.999 * v[i] + 0.001 * g * g;
                double mHat = m[i] / (1 - Math.pow(0.9, t));
                double vHat = v[i] / (1 - Math.pow(0.999, t));
                weights[i] -= rate * mHat / (Math.sqrt(vHat) + 1e-8);
                averaged[i] = decay * averaged[i] + (1 - decay) * weights[i];
            }
            return norm;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1e6}) // always clipped, never clipped
    void stepsAreThoseOfThePaper(double clipNorm) {
        TrainingState start = TrainingState.initial(SPEC, 2);
        var config =
                TinyRun.config(
                        "training.clipNorm=" + clipNorm,
                        "training.averaging=0.7",
                        "training.optimizer=adam");
        var oracle = new Oracle(start.weights());
        var random = new Random(8);
        try (var manager = NDManager.newBaseManager();
                var adam = new Adam(manager, SPEC, start, config.training().optimizer())) {
            for (int t = 1; t <= 20; t++) {
                var gradient = new float[start.weights().length];
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] = (float) random.nextGaussian();
                }
                double rate = 0.01 / t;
                double norm = adam.step(manager.create(gradient), t, rate);
                assertThat(norm)
                        .isCloseTo(oracle.step(gradient, t, rate, clipNorm, 0.7), within(1e-4));
            }
            TrainingState end =
                    adam.state(20, 1.5, 0.5, new EarlyStopping(3.25, 10, 2), 1000, Kernels.VECTOR);
            requireClose(end.weights(), oracle.weights, 2e-6);
            requireClose(end.averaged(), oracle.averaged, 2e-6);
            requireClose(end.moment1(), oracle.m, 1e-6);
            requireClose(end.moment2(), oracle.v, 1e-6);
            assertThat(end.step()).isEqualTo(20);
            assertThat(end.seconds()).isEqualTo(1.5);
            assertThat(end.rateScale()).isEqualTo(0.5);
            assertThat(end.best()).isEqualTo(new EarlyStopping(3.25, 10, 2));
            assertThat(end.microBatchBytes()).isEqualTo(1000);
            assertThat(end.kernels()).isEqualTo(Kernels.VECTOR);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 3e38f})
    void aGradientWithoutFiniteNormChangesNothing(float poison) {
        TrainingState start = TrainingState.initial(SPEC, 2);
        try (var manager = NDManager.newBaseManager();
                var adam = new Adam(manager, SPEC, start, CONFIG.training().optimizer())) {
            var gradient = new float[start.weights().length];
            gradient[5] = poison;
            assertThat(adam.step(manager.create(gradient), 1, 0.1)).isNotFinite();
            TrainingState end = adam.state(0, 0, 1, EarlyStopping.NONE, 0, Kernels.AUTO);
            assertThat(end.weights()).isEqualTo(start.weights());
            assertThat(end.averaged()).isEqualTo(start.averaged());
            assertThat(end.moment1()).isEqualTo(start.moment1());
            assertThat(end.moment2()).isEqualTo(start.moment2());
        }
    }

    @Test
    void noGradientMovesNothing() {
        TrainingState start = TrainingState.initial(SPEC, 2);
        try (var manager = NDManager.newBaseManager();
                var adam = new Adam(manager, SPEC, start, CONFIG.training().optimizer())) {
            assertThat(adam.step(manager.create(new float[start.weights().length]), 1, 0.1))
                    .isZero();
            assertThat(adam.state(1, 0, 1, EarlyStopping.NONE, 0, Kernels.AUTO).weights())
                    .isEqualTo(start.weights());
        }
    }

    @Test
    void loadingGoesBackWhole() {
        TrainingState start = TrainingState.initial(SPEC, 2);
        TrainingState other = TrainingState.initial(SPEC, 3);
        try (var manager = NDManager.newBaseManager();
                var adam = new Adam(manager, SPEC, start, CONFIG.training().optimizer())) {
            adam.step(manager.ones(manager.create(start.weights()).getShape()), 1, 0.1);
            adam.load(other);
            TrainingState end = adam.state(0, 0, 1, EarlyStopping.NONE, 0, Kernels.AUTO);
            assertThat(end.weights()).isEqualTo(other.weights());
            assertThat(end.averaged()).isEqualTo(other.averaged());
            assertThat(end.moment1()).isEqualTo(other.moment1());
            assertThat(end.moment2()).isEqualTo(other.moment2());
        }
    }

    private static void requireClose(float[] actual, double[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], within(tolerance));
        }
    }
}
