package wavenet4j.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import wavenet4j.notes.markov.ConstrainedModel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/// Compares a conditioned model with all sequences written out.
public final class ExactDraws {
    private static final int DRAWS = 10_000;

    private ExactDraws() {}

    /// Checks that it says and draws each sequence with its probability under a condition.
    ///
    /// @param conditioned absent where no sequence should satisfy the condition
    /// @param probabilities of all sequences without it; those that do not satisfy it are removed
    public static void check(
            Optional<ConstrainedModel> conditioned,
            Map<List<Integer>, Double> probabilities,
            Predicate<List<Integer>> condition) {
        probabilities.keySet().removeIf(condition.negate());
        double total = probabilities.values().stream().mapToDouble(Double::doubleValue).sum();
        assertThat(conditioned.isPresent()).isEqualTo(total > 0);
        if (conditioned.isEmpty()) return;
        probabilities.replaceAll((_, probability) -> probability / total);
        probabilities.forEach((sequence, probability) -> {
            int[] tokens = sequence.stream().mapToInt(Integer::intValue).toArray();
            assertThat(Math.exp(conditioned.get().logConditional(tokens)))
                    .as(sequence.toString())
                    .isCloseTo(probability, within(1e-9));
        });
        var random = new SplittableRandom(11);
        var counts = new HashMap<List<Integer>, Integer>();
        for (int i = 0; i < DRAWS; i++) {
            List<Integer> drawn =
                    Arrays.stream(conditioned.get().draw(random).tokens()).boxed().toList();
            assertThat(condition.test(drawn)).isTrue();
            counts.merge(drawn, 1, Integer::sum);
        }
        assertThat(GTest.deviations(counts, probabilities, DRAWS)).isLessThan(5.2);
    }
}
