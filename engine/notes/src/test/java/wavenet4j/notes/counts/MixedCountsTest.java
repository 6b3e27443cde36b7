package wavenet4j.notes.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

final class MixedCountsTest {
    private static final int[] TOKENS = {4, 7};

    @Test
    void probabilitiesOfAllTokensSumToOneAnywhereInAPiece() {
        var random = new Random(4);
        var model = new MixedCounts(TOKENS, true, pieces(random, 20), pieces(random, 5));
        MixedCounts.Reader reader = model.new Reader();
        for (Choice choice : piece(random, 50)) {
            double sum =
                    IntStream.range(0, TOKENS[choice.kind()])
                            .mapToObj(token -> new Choice(choice.kind(), token, choice.contexts()))
                            .mapToDouble(reader::probability)
                            .sum();
            assertThat(sum).isCloseTo(1, within(1e-12));
            reader.add(choice);
        }
    }

    @Test
    void whatIsDrawnAtRandomTakesItsEntropyAndLittleMore() {
        var random = new Random(9);
        var model = new MixedCounts(TOKENS, true, pieces(random, 60), pieces(random, 10));
        double bits = 0;
        for (int i = 0; i < 20; i++) bits += model.bits(piece(random, 50));
        double entropy = 20 * 25 * (Math.log(4) + Math.log(7)) / Math.log(2);
        assertThat(bits / entropy).isBetween(.99, 1.03);
    }

    @Test
    void whatAPieceRepeatsTakesFewerBitsThanAtFirst() {
        var random = new Random(1);
        // In training and tuning as well, repeats are what is certain.
        var model = new MixedCounts(TOKENS, true, twice(random, 30), twice(random, 10));
        List<Choice> once = piece(random, 50);
        double first = model.bits(once);
        double both = model.bits(doubled(once));
        assertThat(both - first).isLessThan(.5 * first);
    }

    private static List<List<Choice>> pieces(Random random, int count) {
        return IntStream.range(0, count).mapToObj(_ -> piece(random, 50)).toList();
    }

    private static List<List<Choice>> twice(Random random, int count) {
        return pieces(random, count).stream().map(MixedCountsTest::doubled).toList();
    }

    private static List<Choice> doubled(List<Choice> piece) {
        var choices = new ArrayList<>(piece);
        choices.addAll(piece);
        return choices;
    }

    /// Choices of both kinds in turn that no context tells anything about, each with its place.
    private static List<Choice> piece(Random random, int length) {
        var choices = new ArrayList<Choice>();
        for (int i = 0; i < length; i++) {
            int token = random.nextInt(TOKENS[i % 2]);
            choices.add(new Choice(i % 2, token, new int[] {i}, new int[] {random.nextInt(3)}));
        }
        return choices;
    }
}
