package wavenet4j.cpu.internal.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.distribution.CategoricalPicker;
import wavenet4j.distribution.Sampling;

import java.util.Random;

class VectorPickerTest {
    private static final int LEVELS = 37; // vectors and a tail

    @Test
    void itsWeightsHaveTheBitsOfTheScalarOnes() {
        var random = new Random(1);
        var scalar = new ScalarPicker();
        var vector = new VectorPicker(LEVELS);
        var logits = new float[LEVELS];
        var expected = new float[LEVELS];
        var actual = new float[LEVELS];
        for (int trial = 0; trial < 10_000; trial++) {
            float spread = (float) Math.exp(3 * random.nextGaussian());
            for (int q = 0; q < LEVELS; q++) logits[q] = (float) (spread * random.nextGaussian());
            if (trial % 10 == 0) logits[random.nextInt(LEVELS)] = Float.NEGATIVE_INFINITY;
            if (trial % 50 == 1) logits[random.nextInt(LEVELS)] = Float.POSITIVE_INFINITY;
            if (trial % 50 == 2) logits[random.nextInt(LEVELS)] = Float.NaN;
            float temperature = trial % 2 == 0 ? 1 : 0.01f + 2 * random.nextFloat();
            scalar.weigh(logits, temperature, expected);
            vector.weigh(logits, temperature, actual);
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void itPicksWhatTheScalarOnePicks() {
        var random = new Random(2);
        for (int levels : new int[] {2, 15, 16, 17, 256, 1000}) {
            var vector = new VectorPicker(levels);
            var scalar = new CategoricalPicker(levels);
            var logits = new float[levels];
            for (int trial = 0; trial < 2000; trial++) {
                for (int q = 0; q < levels; q++) logits[q] = (float) (5 * random.nextGaussian());
                if (trial % 50 == 0) logits[random.nextInt(levels)] = Float.NEGATIVE_INFINITY;
                float uniform = random.nextFloat();
                var sampling =
                        trial % 2 == 0 ? new Sampling(0.9f, 0, 1) : new Sampling(1.1f, 40, 0.9f);
                assertThat(vector.pick(logits, sampling, uniform))
                        .isEqualTo(scalar.pick(logits, sampling, uniform));
            }
        }
    }

    private static final class ScalarPicker extends CategoricalPicker {
        ScalarPicker() {
            super(LEVELS);
        }

        @Override // to be called from here
        protected void weigh(float[] logits, float temperature, float[] weights) {
            super.weigh(logits, temperature, weights);
        }
    }
}
