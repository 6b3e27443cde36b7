package wavenet4j.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

final class CategoricalPickerTest {
    private static final List<Sampling> SAMPLINGS =
            List.of(
                    Sampling.DEFAULT,
                    new Sampling(0.7f, 0, 1),
                    new Sampling(3, 0, 1),
                    new Sampling(1, 1, 1),
                    new Sampling(1, 5, 1),
                    new Sampling(1, 1000, 1),
                    new Sampling(1, 0, 0.5f),
                    new Sampling(1, 0, 1e-6f),
                    new Sampling(0.9f, 20, 0.9f));

    @Test
    void picksAreThoseOfAnIndependentSampler() {
        var random = new Random(1);
        int compared = 0;
        for (int trial = 0; trial < 20_000; trial++) {
            int levels = 2 + random.nextInt(300);
            var logits = new float[levels];
            for (int q = 0; q < levels; q++) logits[q] = (float) (3 * random.nextGaussian());
            Sampling sampling = SAMPLINGS.get(trial % SAMPLINGS.size());
            double uniform = (random.nextInt(1 << 23) + 0.5) / (1 << 23);
            int expected = independentPick(logits, sampling, uniform);
            if (expected < 0) continue; // on an edge that float32 may round either way
            compared++;
            assertThat(new CategoricalPicker(levels).pick(logits, sampling, (float) uniform))
                    .as("%s, uniform %s", sampling, uniform)
                    .isEqualTo(expected);
        }
        assertThat(compared).isGreaterThan(19_000);
    }

    /// The same draw in double precision over a sorted list, or -1 where an edge lies so near that
    /// float32 sums may fall on its other side.
    private static int independentPick(float[] logits, Sampling sampling, double uniform) {
        double edge = 1e-5;
        var likeliestFirst =
                IntStream.range(0, logits.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(q -> -logits[q]))
                        .toList();
        int kept = sampling.topK() == 0 ? logits.length : Math.min(sampling.topK(), logits.length);
        var probability = new double[logits.length];
        double total = 0;
        for (int i = 0; i < kept; i++) {
            int q = likeliestFirst.get(i);
            probability[q] = Math.exp(logits[q] / (double) sampling.temperature());
            total += probability[q];
        }
        if (sampling.topP() < 1) {
            double sum = 0;
            int nucleus = 0;
            while (nucleus < kept && sum / total < sampling.topP()) {
                sum += probability[likeliestFirst.get(nucleus++)];
                if (Math.abs(sum / total - sampling.topP()) < edge) return -1;
            }
            for (int i = nucleus; i < kept; i++) probability[likeliestFirst.get(i)] = 0;
            total = sum;
        }
        double sum = 0;
        for (int q = 0; q < logits.length; q++) {
            sum += probability[q] / total;
            if (probability[q] > 0 && Math.abs(sum - uniform) < edge) return -1;
            if (sum > uniform) return q;
        }
        throw new AssertionError("the probabilities do not reach " + uniform);
    }

    @Test
    void frequenciesMatchTheSoftmax() {
        int levels = 64;
        int draws = 400_000;
        var random = new Random(2);
        var logits = new float[levels];
        for (int q = 0; q < levels; q++) logits[q] = (float) random.nextGaussian();
        var picker = new CategoricalPicker(levels);
        var counts = new int[levels];
        for (int t = 0; t < draws; t++) {
            counts[picker.pick(logits, Sampling.DEFAULT, Philox.uniform(3, t, 0))]++;
        }
        double total = 0;
        for (float logit : logits) total += Math.exp(logit);
        double chiSquare = 0;
        for (int q = 0; q < levels; q++) {
            double expected = draws * Math.exp(logits[q]) / total;
            chiSquare += (counts[q] - expected) * (counts[q] - expected) / expected;
        }
        // 63 degrees of freedom: mean 63, standard deviation 11.2.
        assertThat(chiSquare).isBetween(63 - 3.5 * 11.2, 63 + 4 * 11.2);
    }

    @Test
    void temperatureZeroIsTheFirstOfTheLikeliest() {
        var greedy = new Sampling(0, 0, 1);
        assertThat(pick(greedy, 0.999f, -5, 2, 7, 7, 1)).isEqualTo(2);
        assertThat(pick(greedy, 0.001f, Float.NEGATIVE_INFINITY, -1e30f)).isEqualTo(1);
        // So small that its reciprocal overflows.
        assertThat(pick(new Sampling(Float.MIN_VALUE, 0, 1), 0.999f, -5, 2, 7, 6, 1)).isEqualTo(2);
    }

    @Test
    void tiesStayTogether() {
        var topTwo = new Sampling(1, 2, 1);
        // 3, 2, 2, 2: the second place is shared, so all four stay.
        assertThat(picks(topTwo, 2, 3, 2, 2)).containsExactly(0, 1, 2, 3);
        assertThat(picks(topTwo, 2, 3, 1, 1)).containsExactly(0, 1);
        assertThat(picks(new Sampling(1, 1, 1), 4, 1, 4, 1)).containsExactly(0, 2);
        assertThat(picks(new Sampling(1, 0, 0.1f), 4, 1, 4, 1)).containsExactly(0, 2);
        assertThat(picks(Sampling.DEFAULT, 0, 0, 0, 0)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void extremeLogits() {
        assertThat(picks(Sampling.DEFAULT, 1e30f, -1e30f, 1e30f)).containsExactly(0, 2);
        assertThat(picks(Sampling.DEFAULT, -1e30f, -2e30f, -1e30f)).containsExactly(0, 2);
        assertThat(picks(Sampling.DEFAULT, Float.MAX_VALUE, -Float.MAX_VALUE)).containsExactly(0);
        assertThat(picks(Sampling.DEFAULT, 0, Float.NEGATIVE_INFINITY, 0)).containsExactly(0, 2);
        // Nothing sensible can be drawn from these, but a level of the model always is.
        for (float odd :
                new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            for (Sampling sampling : SAMPLINGS) {
                assertThat(picks(sampling, odd, odd, odd)).allMatch(q -> q >= 0 && q < 3);
                assertThat(picks(sampling, 1, odd, 2)).allMatch(q -> q >= 0 && q < 3);
            }
        }
    }

    @Test
    void whatIsNextToImpossibleIsNeverDrawn() {
        var logits = new float[256]; // level 0 at e^-17 = 4e-8 of the others, as in silence
        logits[0] = -17 - (float) Math.log(2);
        Arrays.fill(logits, 1, 256, (float) -Math.log(255));
        var picker = new CategoricalPicker(256);
        assertThat(picker.pick(logits, Sampling.DEFAULT, 0x1p-24f)).isEqualTo(1);
        assertThat(picker.pick(logits, Sampling.DEFAULT, 1 - 0x1p-24f)).isEqualTo(255);
    }

    @Test
    void logitsAreLeftAsTheyAre() {
        var logits = new float[] {3, 1, 2};
        new CategoricalPicker(3).pick(logits, new Sampling(0.5f, 2, 0.9f), 0.5f);
        assertThat(logits).containsExactly(3, 1, 2);
    }

    private static int pick(Sampling sampling, float uniform, float... logits) {
        return new CategoricalPicker(logits.length).pick(logits, sampling, uniform);
    }

    /// Every level that some uniform number draws, in order.
    private static List<Integer> picks(Sampling sampling, float... logits) {
        var picker = new CategoricalPicker(logits.length);
        return IntStream.range(0, 1000)
                .map(i -> picker.pick(logits, sampling, (i + 0.5f) / 1000))
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }
}
