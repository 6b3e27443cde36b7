package wavenet4j.notes;

import java.util.Map;

/// Whether draws have the probabilities that they should, by the G-test.
public final class GTest {
    /// Outcomes expected fewer times than this count as one.
    private static final int LEAST = 50;

    private GTest() {}

    /// How many standard deviations G is too large, by the approximation of Wilson and Hilferty;
    /// 5.2 are p = 1e-4 over a thousand cases.
    ///
    /// @param counts of the outcomes drawn
    /// @param probabilities of all outcomes, with the sum 1
    public static <T> double deviations(
            Map<T, Integer> counts, Map<T, Double> probabilities, int draws) {
        double g = 0;
        double rareExpected = 0;
        int rare = 0;
        int outcomes = 0;
        for (Map.Entry<T, Double> outcome : probabilities.entrySet()) {
            double expected = draws * outcome.getValue();
            int count = counts.getOrDefault(outcome.getKey(), 0);
            if (expected < LEAST) {
                rareExpected += expected;
                rare += count;
                continue;
            }
            outcomes++;
            if (count > 0) g += 2 * count * Math.log(count / expected);
        }
        if (rareExpected > 0) {
            outcomes++;
            if (rare > 0) g += 2 * rare * Math.log(rare / rareExpected);
        }
        if (outcomes < 2) return 0;
        double degrees = outcomes - 1;
        return (Math.cbrt(g / degrees) - (1 - 2 / (9 * degrees))) / Math.sqrt(2 / (9 * degrees));
    }
}
