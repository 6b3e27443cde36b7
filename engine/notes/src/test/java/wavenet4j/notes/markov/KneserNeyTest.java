package wavenet4j.notes.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The model against Chen and Goodman's formula written down with lists: every count is found by
/// searching all pieces from their beginnings to their ends.
final class KneserNeyTest {
    /// Begins every piece of the formula's; no token and no end.
    private static final int BEGINNING = -1;

    private record Case(int order, int alphabet, int pieces, long seed) {
        List<int[]> sequences() {
            var random = new SplittableRandom(seed);
            var sequences = new ArrayList<int[]>();
            for (int i = 0; i < pieces; i++) {
                int[] sequence = new int[1 + random.nextInt(14)];
                Arrays.setAll(sequence, _ -> (int) (alphabet * Math.pow(random.nextDouble(), 1.7)));
                sequences.add(sequence);
            }
            return sequences;
        }
    }

    private static Stream<Case> cases() {
        return IntStream.rangeClosed(0, 4)
                .boxed()
                .flatMap(order ->
                        IntStream.rangeClosed(1, 12)
                                .mapToObj(n -> new Case(order, 2 + n % 3, n, 31L * n + order)));
    }

    /// Each piece as its beginning, its tokens and its end, which is the token after the last.
    private record Formula(int order, int alphabet, List<List<Integer>> pieces) {
        static Formula of(Case of) {
            var pieces = new ArrayList<List<Integer>>();
            for (int[] sequence : of.sequences()) {
                var piece = new ArrayList<Integer>();
                piece.add(BEGINNING);
                for (int token : sequence) piece.add(token);
                piece.add(of.alphabet);
                pieces.add(piece);
            }
            return new Formula(of.order, of.alphabet, pieces);
        }

        /// Every stretch of so many symbols that does not end with a beginning.
        private List<List<Integer>> stretches(int length) {
            var stretches = new ArrayList<List<Integer>>();
            for (List<Integer> piece : pieces) {
                for (int end = Math.max(2, length); end <= piece.size(); end++) {
                    stretches.add(piece.subList(end - length, end));
                }
            }
            return stretches;
        }

        /// c(h w): how often it occurs where h is of full length or begins a piece, as nothing
        /// comes before that; otherwise N1+(. h w), in how many symbols' company it does.
        private int count(List<Integer> context, int token) {
            var stretch = new ArrayList<>(context);
            stretch.add(token);
            boolean beginsPiece = !context.isEmpty() && context.getFirst() == BEGINNING;
            if (context.size() == order || beginsPiece) {
                return (int) stretches(stretch.size()).stream().filter(stretch::equals).count();
            }
            Set<Integer> before = new HashSet<>();
            for (List<Integer> longer : stretches(stretch.size() + 1)) {
                if (longer.subList(1, longer.size()).equals(stretch)) before.add(longer.getFirst());
            }
            return before.size();
        }

        /// D1, D2 and D3+ of contexts of a length, with the same bounds as the model where there is
        /// too little to estimate them from.
        private double[] discounts(int length) {
            double[] n = new double[5];
            for (List<Integer> stretch : new HashSet<>(stretches(length + 1))) {
                int count = count(stretch.subList(0, length), stretch.getLast());
                if (count <= 4) n[count]++;
            }
            if (n[1] == 0 || n[2] == 0) return new double[] {.5, .5, .5};
            double y = n[1] / (n[1] + 2 * n[2]);
            if (n[3] == 0 || n[4] == 0) return new double[] {y, y, y};
            return new double[] {
                Math.clamp(1 - 2 * y * n[2] / n[1], .1, .95),
                Math.clamp(2 - 3 * y * n[3] / n[2], .1, 1.9),
                Math.clamp(3 - 4 * y * n[4] / n[3], .1, 2.8)
            };
        }

        /// pKN(w | h) = (c(h w) - D) / c(h .) + gamma(h) pKN(w | h without its first); a context
        /// that never occurred is as the one without its first.
        double probability(List<Integer> context, int token) {
            boolean isLowest = context.isEmpty();
            double below =
                    isLowest
                            ? 1.0 / (alphabet + 1)
                            : probability(context.subList(1, context.size()), token);
            double total = 0;
            for (int other = 0; other <= alphabet; other++) total += count(context, other);
            if (total == 0) return below;
            double[] discounts = discounts(context.size());
            double held = 0;
            for (int other = 0; other <= alphabet; other++) {
                int count = count(context, other);
                if (count > 0) held += discounts[Math.min(count, 3) - 1];
            }
            int count = count(context, token);
            double kept = count == 0 ? 0 : count - discounts[Math.min(count, 3) - 1];
            return kept / total + held / total * below;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    @SuppressWarnings("ExposedPrivateType")
    void probabilitiesAreThoseOfTheFormula(Case of) {
        KneserNey model = KneserNey.of(Tokens.plain(of.alphabet), of.sequences(), of.order);
        var formula = Formula.of(of);
        var random = new SplittableRandom(of.seed);
        var seen = new HashSet<List<Integer>>();
        for (int trial = 0; trial < 60; trial++) {
            var history = new ArrayList<>(List.of(BEGINNING));
            int state = model.begin(0);
            for (int i = random.nextInt(6); i > 0; i--) {
                int token = random.nextInt(of.alphabet);
                history.add(token);
                state = model.next(state, token);
            }
            List<Integer> context =
                    history.subList(Math.max(0, history.size() - of.order), history.size());
            if (!seen.add(List.copyOf(context))) continue;
            double sum = 0;
            for (int token = 0; token <= of.alphabet; token++) {
                double probability = model.probability(state, token);
                assertThat(probability)
                        .as("%s after %s", token, context)
                        .isCloseTo(formula.probability(context, token), within(1e-12));
                sum += probability;
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
        assertThat(seen).isNotEmpty();
    }
}
