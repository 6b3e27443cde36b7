package wavenet4j.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

final class DistributionTest {
    /// Shares, means and scales of all sizes, the scales down to the least.
    static float[] mixture(int mixtures, long seed) {
        var random = new Random(seed);
        var outputs = new float[3 * mixtures];
        for (int i = 0; i < mixtures; i++) {
            outputs[i] = (float) random.nextGaussian();
            outputs[mixtures + i] = (float) (0.4 * 16 * random.nextGaussian());
            outputs[2 * mixtures + i] = -12 * random.nextFloat();
        }
        return outputs;
    }

    /// The distribution function of a mixture at an amplitude, in double and by its definition.
    static double distribution(float[] outputs, int mixtures, double amplitude) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < mixtures; i++) {
            double share = Math.exp(outputs[i]);
            double scale = Math.exp(outputs[2 * mixtures + i]);
            sum += share / (1 + Math.exp(-(amplitude - outputs[mixtures + i] / 16) / scale));
            total += share;
        }
        return sum / total;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void probabilitiesOfAMixtureAreDifferencesOfItsDistributionFunction(int mixtures) {
        var output = new Distribution.LogisticMixture(mixtures);
        float[] outputs = mixture(mixtures, mixtures);
        double total = 0;
        double below = 0;
        for (int level = 0; level < 65536; level++) {
            double upTo =
                    level == 65535
                            ? 1
                            : distribution(outputs, mixtures, (level - 32768 + 0.5) / 32768);
            double probability = Math.exp(output.logProbability(outputs, level));
            assertThat(probability).as("level %s", level).isCloseTo(upTo - below, within(1e-12));
            total += probability;
            below = upTo;
        }
        assertThat(total).isCloseTo(1, within(1e-9));
    }

    /// Where a difference of two sigmoids has no digits left.
    @Test
    void theTailsOfAMixtureKeepTheirDigits() {
        float[] outputs = {0, 8, -9};
        var output = new Distribution.LogisticMixture(1);
        double scale = Math.exp(-9);
        for (int level : new int[] {1, 1000, 20_000}) {
            double distance = ((level - 32768) / 32768.0 - 0.5) / scale;
            // Far below the mean the density is e^distance / scale.
            double edges = Math.exp(1 / 65536.0 / scale) - Math.exp(-1 / 65536.0 / scale);
            assertThat(output.logProbability(outputs, level))
                    .isCloseTo(distance + Math.log(edges), within(1e-6));
        }
        assertThat(output.logProbability(outputs, 65535)).isBetween(-4200.0, -4000.0);
    }

    @Test
    void noScaleIsSmallerThanTheLeast() {
        var output = new Distribution.LogisticMixture(1);
        double atLeast = output.logProbability(new float[] {0, 0, -12}, 32768);
        assertThat(atLeast).isBetween(Math.log(0.5), 0.0);
        assertThat(output.logProbability(new float[] {0, 0, -1e30f}, 32768)).isEqualTo(atLeast);
        assertThat(output.logProbability(new float[] {0, 0, -11}, 32768)).isLessThan(atLeast);
    }

    @Test
    void logProbabilitiesOfLevelsAreTheLogSoftmax() {
        var output = new Distribution.Categorical(1024);
        var random = new Random(4);
        var logits = new float[1024];
        for (int q = 0; q < logits.length; q++) logits[q] = (float) (30 * random.nextGaussian());
        double total = 0;
        for (int q = 0; q < logits.length; q++) {
            total += Math.exp(output.logProbability(logits, q));
            assertThat(output.logProbability(logits, q) - output.logProbability(logits, 0))
                    .isCloseTo((double) logits[q] - logits[0], within(1e-9));
        }
        assertThat(total).isCloseTo(1, within(1e-9));
    }

    @Test
    void whatTheyAreIsSaid() {
        var levels = new Distribution.Categorical(1024);
        assertThat(levels.describe()).isEqualTo("1,024 mu-law levels");
        assertThat(levels.width()).isEqualTo(1024);
        assertThat(levels.quantizer()).isInstanceOf(MuLaw.class);
        var mixture = new Distribution.LogisticMixture(10);
        assertThat(mixture.describe()).isEqualTo("a mixture of 10 logistics over 16-bit samples");
        assertThat(mixture.width()).isEqualTo(30);
        assertThat(mixture.levels()).isEqualTo(65536);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Distribution.LogisticMixture(0))
                .withMessage("mixtures is 0; it must be between 1 and 1,024");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Distribution.Categorical(65537))
                .withMessage("levels is 65,537; it must be between 2 and 65,536");
    }
}
