package wavenet4j.notes.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.stream.IntStream;

final class BackoffCountsTest {
    @Test
    void withoutCountsAllTokensAreEquallyLikely() {
        assertThat(new BackoffCounts(5, 2).probability(new int[] {3, 4}, 1)).isEqualTo(.2);
    }

    @Test
    void probabilitiesAreThoseOfKneserAndNeyByHand() {
        var counts = new BackoffCounts(4, 1);
        int[] one = {7};
        int[] other = {8};
        counts.add(one, 0);
        counts.add(one, 0);
        counts.add(one, 1);
        counts.add(other, 0);
        // Token 0 followed two contexts, token 1 one of them: discounts are (n1 + 1) over
        // (n1 + 2 n2 + 2), here of 1 and 1 below, and of 2 and 1 above.
        double below = 2 / 5.0;
        double above = 3 / 6.0;
        double lower0 = (2 - below + 2 * below / 4) / 3;
        double lower2 = 2 * below / 4 / 3;
        assertThat(counts.probability(one, 0))
                .isCloseTo((2 - above + 2 * above * lower0) / 3, within(1e-12));
        assertThat(counts.probability(one, 2)).isCloseTo(2 * above * lower2 / 3, within(1e-12));
        assertThat(counts.probability(new int[] {9}, 0)).isCloseTo(lower0, within(1e-12));
    }

    @Test
    void probabilitiesAfterAnyContextSumToOne() {
        var random = new Random(2);
        var counts = new BackoffCounts(6, 3);
        for (int i = 0; i < 3_000; i++) counts.add(context(random), random.nextInt(1 + i % 6));
        for (int i = 0; i < 200; i++) {
            int[] context = context(random);
            double sum =
                    IntStream.range(0, 6).mapToDouble(t -> counts.probability(context, t)).sum();
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
    }

    private static int[] context(Random random) {
        return new int[] {random.nextInt(4) - 1, random.nextInt(9), random.nextInt(30)};
    }
}
