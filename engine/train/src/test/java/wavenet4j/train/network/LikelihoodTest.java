package wavenet4j.train.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.distribution.Distribution;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/// The likelihoods in float32 on arrays against those in double, sample for sample.
final class LikelihoodTest {
    private static final int MIXTURES = 4;
    private static final Distribution MIXTURE = new Distribution.LogisticMixture(MIXTURES);

    @Test
    void ofASoftmax() {
        var output = new Distribution.Categorical(1024);
        var random = new Random(1);
        var outputs = new float[50 * 1024];
        for (int i = 0; i < outputs.length; i++) outputs[i] = (float) (4 * random.nextGaussian());
        long[] wanted = random.longs(50, 0, 1024).toArray();
        compare(output, outputs, wanted, 1e-5);
    }

    /// At the outermost levels and inside, near the means and far from them, with scales on both
    /// sides of the least.
    @Test
    void ofAMixture() {
        var random = new Random(2);
        int samples = 2000;
        var outputs = new float[samples * MIXTURE.width()];
        long[] wanted = random.longs(samples, 0, 65_536).toArray();
        for (int n = 0; n < samples; n++) {
            if (n % 10 == 0) wanted[n] = 0;
            if (n % 10 == 1) wanted[n] = 65_535;
            for (int i = 0; i < MIXTURES; i++) {
                int at = n * MIXTURE.width() + i;
                outputs[at] = (float) (3 * random.nextGaussian());
                outputs[at + MIXTURES] = (float) (16 * random.nextGaussian());
                outputs[at + 2 * MIXTURES] = 2 - 16 * random.nextFloat();
            }
        }
        compare(MIXTURE, outputs, wanted, 2e-4);
    }

    private static void compare(
            Distribution output, float[] outputs, long[] wanted, double tolerance) {
        try (var manager = NDManager.newBaseManager();
                var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray array = manager.create(outputs, new Shape(wanted.length, output.width()));
            float[] logs = Likelihood.of(output).logOf(wanted, array).toFloatArray();
            assertThat(logs).hasSize(wanted.length);
            for (int n = 0; n < wanted.length; n++) {
                int at = n * output.width();
                float[] ofSample = Arrays.copyOfRange(outputs, at, at + output.width());
                double expected = output.logProbability(ofSample, (int) wanted[n]);
                assertThat((double) logs[n])
                        .as("sample %s, level %s", n, wanted[n])
                        .isCloseTo(expected, within(tolerance * Math.max(1, Math.abs(expected))));
            }
        }
    }

    /// Each output's slope, by differences of the likelihood in double.
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 20_000, 32_768, 33_000, 65_534, 65_535})
    void gradientOfAMixtureIsItsSlope(long level) {
        float[] outputs = {0.3f, -0.2f, 1, 0, 0.2f, -9, 14, -0.3f, -4, -2.5f, -6, -7.5f};
        float[] gradient;
        try (var manager = NDManager.newBaseManager();
                var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = manager.create(outputs, new Shape(1, outputs.length));
            leaf.setRequiresGradient(true);
            try (var gradients = Engine.getInstance().newGradientCollector()) {
                gradients.backward(Likelihood.of(MIXTURE).logOf(new long[] {level}, leaf).sum());
            }
            gradient = leaf.getGradient().toFloatArray();
        }
        float step = 0x1p-12f;
        for (int i : IntStream.range(0, outputs.length).toArray()) {
            float[] above = outputs.clone();
            float[] below = outputs.clone();
            above[i] += step;
            below[i] -= step;
            double rise =
                    MIXTURE.logProbability(above, (int) level)
                            - MIXTURE.logProbability(below, (int) level);
            double slope = rise / ((double) above[i] - below[i]);
            assertThat((double) gradient[i])
                    .as("output %s", i)
                    .isCloseTo(slope, within(1e-3 + 0.01 * Math.abs(slope)));
        }
    }

    /// However odd the outputs, so that one sample never spoils a step.
    @Test
    void gradientsOfAMixtureAreNumbers() {
        float[] outputs = {50, -50, 0, 0, 50, -50, 0, 0.02f, -40, -12, 15, -1};
        for (long level : new long[] {0, 1, 32_768, 65_534, 65_535}) {
            try (var manager = NDManager.newBaseManager();
                    var scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray leaf = manager.create(outputs, new Shape(1, outputs.length));
                leaf.setRequiresGradient(true);
                try (var gradients = Engine.getInstance().newGradientCollector()) {
                    NDArray log = Likelihood.of(MIXTURE).logOf(new long[] {level}, leaf).sum();
                    assertThat(log.getFloat()).isFinite();
                    gradients.backward(log);
                }
                for (float value : leaf.getGradient().toFloatArray()) {
                    assertThat(value).as("level %s", level).isFinite();
                }
            }
        }
    }
}
