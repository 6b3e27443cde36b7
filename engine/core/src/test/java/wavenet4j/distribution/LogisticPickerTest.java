package wavenet4j.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.testing.Allocation;

import java.util.Arrays;
import java.util.Random;

final class LogisticPickerTest {
    /// The first level whose running probability, by the definition and in double, exceeds the
    /// uniform number; every level is asked in its order.
    private static int independentPick(float[] outputs, int mixtures, double uniform) {
        for (int level = 0; level < 65535; level++) {
            double edge = (level - 32768 + 0.5) / 32768;
            if (DistributionTest.distribution(outputs, mixtures, edge) > uniform) return level;
        }
        return 65535;
    }

    @Test
    void picksAreThoseOfAnIndependentSampler() {
        var random = new Random(1);
        int compared = 0;
        for (int trial = 0; trial < 300; trial++) {
            int mixtures = 1 + random.nextInt(12);
            float[] outputs = DistributionTest.mixture(mixtures, trial);
            float uniform = (random.nextInt(1 << 23) + 0.5f) * 0x1p-23f;
            int low = independentPick(outputs, mixtures, uniform - 1e-6);
            int high = independentPick(outputs, mixtures, uniform + 1e-6);
            int picked = new LogisticPicker(mixtures).pick(outputs, Sampling.DEFAULT, uniform);
            assertThat(picked).as("trial %s, uniform %s", trial, uniform).isBetween(low, high);
            if (low == high) compared++;
        }
        assertThat(compared).as("picks that float32 leaves no choice").isGreaterThan(150);
    }

    /// Many seeds' levels, sorted into sixteenths of the distribution.
    @Test
    void frequenciesMatchTheDistribution() {
        float[] outputs = DistributionTest.mixture(5, 77);
        var picker = new LogisticPicker(5);
        var edges = new int[15];
        for (int part = 0; part < 15; part++) {
            edges[part] = independentPick(outputs, 5, (part + 1) / 16.0);
        }
        int draws = 200_000;
        var counts = new int[16];
        for (int t = 0; t < draws; t++) {
            int level = picker.pick(outputs, Sampling.DEFAULT, Philox.uniform(3, t, 0));
            int part = 0;
            while (part < 15 && level > edges[part]) part++;
            counts[part]++;
        }
        double chiSquare = 0;
        double before = 0;
        for (int part = 0; part < 16; part++) {
            double upTo =
                    part == 15
                            ? 1
                            : DistributionTest.distribution(
                                    outputs, 5, (edges[part] - 32767.5) / 32768);
            double expected = draws * (upTo - before);
            chiSquare += (counts[part] - expected) * (counts[part] - expected) / expected;
            before = upTo;
        }
        assertThat(chiSquare).isLessThan(15 + 4 * 5.5); // 15 degrees of freedom
    }

    @Test
    void aTemperatureSharpensSharesAndScales() {
        float[] outputs = {0, 1, -8, 8, -5, -6};
        var picker = new LogisticPicker(2);
        for (float temperature : new float[] {0.5f, 2}) {
            float[] sharpened = {0, 1 / temperature, -8, 8, 0, 0};
            sharpened[4] = outputs[4] + (float) Math.log(temperature);
            sharpened[5] = outputs[5] + (float) Math.log(temperature);
            for (int i = 0; i < 1000; i++) {
                float uniform = (i + 0.5f) / 1000;
                int expected = picker.pick(sharpened, Sampling.DEFAULT, uniform);
                int picked = picker.pick(outputs, new Sampling(temperature, 0, 1), uniform);
                assertThat(Math.abs(picked - expected)).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void temperatureZeroIsTheMeanOfTheLikeliest() {
        var zero = new Sampling(0, 0, 1);
        var picker = new LogisticPicker(3);
        float[] outputs = {1, 3, 3, 14, -4, 8, -3, -3, -3};
        assertThat(picker.pick(outputs, zero, 0.99f)).isEqualTo(32768 - 8192);
        outputs[4] = 17;
        assertThat(picker.pick(outputs, zero, 0.99f)).isEqualTo(65535);
        outputs[4] = -17;
        assertThat(picker.pick(outputs, zero, 0.99f)).isZero();
    }

    @Test
    void theOutermostLevelsTakeAllBeyondThem() {
        var picker = new LogisticPicker(1);
        float[] beyond = {0, 24, -6};
        float[] below = {0, -24, -6};
        float[] wide = {0, 0, 6};
        for (float uniform : new float[] {0x1p-24f, 0.3f, 0.7f, 1 - 0x1p-24f}) {
            assertThat(picker.pick(beyond, Sampling.DEFAULT, uniform)).isEqualTo(65535);
            assertThat(picker.pick(below, Sampling.DEFAULT, uniform)).isZero();
            assertThat(picker.pick(wide, Sampling.DEFAULT, uniform))
                    .isEqualTo(uniform < 0.5 ? 0 : 65535);
        }
    }

    @Test
    void whateverTheOutputsALevelIsDrawn() {
        var samplings =
                new Sampling[] {Sampling.DEFAULT, new Sampling(0, 0, 1), new Sampling(100, 0, 1)};
        var picker = new LogisticPicker(2);
        for (float odd :
                new float[] {
                    Float.NaN,
                    Float.POSITIVE_INFINITY,
                    Float.NEGATIVE_INFINITY,
                    Float.MAX_VALUE,
                    -Float.MAX_VALUE
                }) {
            for (int at = 0; at < 6; at++) {
                var outputs = new float[6];
                outputs[at] = odd;
                for (Sampling sampling : samplings) {
                    assertThat(picker.pick(outputs, sampling, 0.4f)).isBetween(0, 65535);
                }
            }
        }
    }

    @Test
    void aPickAllocatesNothingAndLeavesTheOutputs() {
        float[] outputs = DistributionTest.mixture(10, 5);
        float[] before = outputs.clone();
        var picker = new LogisticPicker(10);
        for (int i = 0; i < 20_000; i++)
            picker.pick(outputs, Sampling.DEFAULT, (i + 0.5f) / 20_000);
        long bytes =
                Allocation.of(() -> {
                    for (int i = 0; i < 1000; i++) {
                        picker.pick(outputs, Sampling.DEFAULT, (i + 0.5f) / 1000);
                    }
                });
        assertThat(bytes).isLessThan(1000); // of a thousand picks
        assertThat(Arrays.equals(outputs, before)).isTrue();
    }
}
