package wavenet4j.notes.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.notes.GTest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Draws under constraints against all sequences written out, each with the model's probability.
final class ConstrainedModelTest {
    private static final int TICKS = 6;

    /// A constraint twice: as the sampler takes it, and as a plain question about a sequence.
    private record Rule(
            Demand demand, Predicate<List<Integer>> holds, ToDoubleFunction<List<Integer>> weight) {
        static Rule of(Demand demand, Predicate<List<Integer>> holds) {
            return new Rule(demand, holds, _ -> 1);
        }
    }

    private record Case(int order, Tokens tokens, boolean closed, List<Rule> rules) {
        @Override
        public String toString() {
            return "order %d, %d slots, %s: %s"
                    .formatted(
                            order,
                            tokens.slots(),
                            closed ? "classes" : "no classes",
                            rules.stream().map(rule -> rule.demand().text()).toList());
        }
    }

    private static Stream<Case> cases() {
        var cases = new ArrayList<Case>();
        for (boolean closed : new boolean[] {false, true}) {
            for (Tokens tokens : List.of(Tokens.plain(3), timed())) {
                List<Rule> rules = rules(tokens);
                for (int order = 0; order <= 4; order++) {
                    cases.add(new Case(order, tokens, closed, List.of()));
                    for (int i = 0; i < rules.size(); i++) {
                        cases.add(new Case(order, tokens, closed, List.of(rules.get(i))));
                        for (int j = 0; j < i; j++) {
                            cases.add(
                                    new Case(
                                            order,
                                            tokens,
                                            closed,
                                            List.of(rules.get(i), rules.get(j))));
                        }
                    }
                }
            }
        }
        return cases.stream();
    }

    /// Two slots; tokens of one and two ticks in each.
    private static Tokens timed() {
        return new Tokens(2, new int[] {0, 0, 0, 1, 1}, new int[] {1, 2, 2, 1, 2});
    }

    private static List<Rule> rules(Tokens tokens) {
        var last = new BitSet();
        last.set(1);
        last.set(3);
        return List.of(
                Rule.of(
                        Demand.allowing(
                                "only token 1 where it fits at tick 2",
                                (tick, token) -> tick != 2 || token == 1),
                        sequence -> onsets(tokens, sequence).getOrDefault(2, 1) == 1),
                Rule.of(
                        Demand.allowing(
                                "never token 2 after tick 1",
                                (tick, token) -> tick <= 1 || token != 2),
                        sequence ->
                                onsets(tokens, sequence).entrySet().stream()
                                        .noneMatch(e -> e.getKey() > 1 && e.getValue() == 2)),
                new Rule(
                        Demand.weighting(
                                "0 three times as likely, and 1 half as likely at even ticks",
                                (tick, token) ->
                                        token == 0 ? 3 : token == 1 && tick % 2 == 0 ? 0.5 : 1),
                        _ -> true,
                        sequence ->
                                onsets(tokens, sequence).entrySet().stream()
                                        .mapToDouble(e ->
                                                e.getValue() == 0
                                                        ? 3
                                                        : e.getValue() == 1 && e.getKey() % 2 == 0
                                                                ? 0.5
                                                                : 1)
                                        .reduce(1, (a, b) -> a * b)),
                Rule.of(
                        Demand.accepting("ends with 1 or 3", new LastToken(last)),
                        sequence -> sequence.getLast() == 1 || sequence.getLast() == 3),
                Rule.of(
                        Demand.accepting(
                                "no token twice", new ForbiddenPairs(tokens, (a, b) -> a == b)),
                        sequence -> {
                            for (int i = 1; i < sequence.size(); i++) {
                                if (sequence.get(i).equals(sequence.get(i - 1))) return false;
                            }
                            return true;
                        }),
                Rule.of(
                        Demand.accepting("no 0 1 2", new NoZeroOneTwo()),
                        sequence -> !sequence.toString().contains("0, 1, 2")));
    }

    private static Map<Integer, Integer> onsets(Tokens tokens, List<Integer> sequence) {
        var onsets = new HashMap<Integer, Integer>();
        int tick = 0;
        for (int token : sequence) {
            onsets.put(tick, token);
            tick += tokens.length(token);
        }
        return onsets;
    }

    /// States 1 and 2: after 0, and after 0 1.
    private record NoZeroOneTwo() implements FailureAutomaton {
        @Override
        public int start() {
            return 0;
        }

        @Override
        public int failure(int state) {
            return 0;
        }

        @Override
        public int[] tokens(int state) {
            return state == 1 ? new int[] {1} : state == 2 ? new int[] {2} : new int[0];
        }

        @Override
        public int next(int state, int token) {
            if (state == 1 && token == 1) return 2;
            if (state == 2 && token == 2) return DEAD;
            return token == 0 ? 1 : 0;
        }

        @Override
        public boolean accepts(int state) {
            return true;
        }
    }

    /// Odd and even tokens, by the slot that follows them, after which any end may come.
    private record Parity(Tokens tokens) implements TokenClasses {
        @Override
        public int of(int token) {
            if (token >= tokens.count()) return -1;
            return token % 2 + 2 * ((tokens.slot(token) + tokens.length(token)) % tokens.slots());
        }

        @Override
        public int[] followers(int tokenClass) {
            return new int[] {tokens.end(tokenClass / 2)};
        }
    }

    private static KneserNey model(Tokens tokens, boolean closed, int order) {
        var random = new SplittableRandom(5);
        var sequences = new ArrayList<int[]>();
        for (int i = 0; i < 6; i++) {
            var sequence = new ArrayList<Integer>();
            int slot = 0;
            for (int n = 0; n < 9; n++) {
                int at = slot;
                int[] fitting =
                        IntStream.range(0, tokens.count())
                                .filter(t -> tokens.slot(t) == at)
                                .toArray();
                int token = fitting[(int) (fitting.length * Math.pow(random.nextDouble(), 2))];
                sequence.add(token);
                slot = (slot + tokens.length(token)) % tokens.slots();
            }
            sequences.add(sequence.stream().mapToInt(Integer::intValue).toArray());
        }
        double[] prior = random.doubles(tokens.count() + tokens.slots(), 0.5, 1).toArray();
        return KneserNey.of(
                tokens, sequences, closed ? new Parity(tokens) : TokenClasses.NONE, prior, order);
    }

    /// Every sequence that fills the ticks, with the probability that the model gives it by the
    /// plain product of one token after the other.
    private static Map<List<Integer>, Double> all(KneserNey model, Tokens tokens) {
        var all = new HashMap<List<Integer>, Double>();
        extend(model, tokens, new ArrayList<>(), 0, all);
        return all;
    }

    private static void extend(
            KneserNey model,
            Tokens tokens,
            List<Integer> sequence,
            int tick,
            Map<List<Integer>, Double> all) {
        if (tick == TICKS) {
            all.put(
                    List.copyOf(sequence),
                    Math.exp(
                            model.logProbability(
                                    sequence.stream().mapToInt(Integer::intValue).toArray())));
            return;
        }
        for (int token = 0; token < tokens.count(); token++) {
            if (tokens.slot(token) != tick % tokens.slots() || tick + tokens.length(token) > TICKS)
                continue;
            sequence.add(token);
            extend(model, tokens, sequence, tick + tokens.length(token), all);
            sequence.removeLast();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    @SuppressWarnings("ExposedPrivateType")
    void drawsHaveTheConditionalProbability(Case of) {
        KneserNey model = model(of.tokens(), of.closed(), of.order());
        Map<List<Integer>, Double> all = all(model, of.tokens());
        all.replaceAll((sequence, probability) -> probability * weight(of, sequence));
        double total =
                all.entrySet().stream()
                        .filter(e -> holds(of, e.getKey()))
                        .mapToDouble(Map.Entry::getValue)
                        .sum();
        List<Demand> demands = of.rules().stream().map(Rule::demand).toList();
        Optional<ConstrainedModel> conditioned =
                ConstrainedModel.of(new Task(model, demands, 0, TICKS));
        assertThat(conditioned.isPresent()).isEqualTo(total > 0);
        if (total == 0) return;
        all.forEach((sequence, probability) -> {
            double conditional = holds(of, sequence) ? probability / total : 0;
            double sampler =
                    Math.exp(
                            conditioned
                                    .get()
                                    .logConditional(
                                            sequence.stream()
                                                    .mapToInt(Integer::intValue)
                                                    .toArray()));
            assertThat(sampler).as(sequence.toString()).isCloseTo(conditional, within(1e-9));
        });
        gTest(of, conditioned.get(), all, total);
    }

    private static boolean holds(Case of, List<Integer> sequence) {
        return of.rules().stream().allMatch(rule -> rule.holds().test(sequence));
    }

    private static double weight(Case of, List<Integer> sequence) {
        return of.rules().stream()
                .mapToDouble(rule -> rule.weight().applyAsDouble(sequence))
                .reduce(1, (a, b) -> a * b);
    }

    private static void gTest(
            Case of, ConstrainedModel model, Map<List<Integer>, Double> all, double total) {
        int draws = 20_000;
        var random = new SplittableRandom(7);
        var counts = new HashMap<List<Integer>, Integer>();
        for (int i = 0; i < draws; i++) {
            ConstrainedModel.Draw draw = model.draw(random);
            List<Integer> sequence = Arrays.stream(draw.tokens()).boxed().toList();
            assertThat(holds(of, sequence)).isTrue();
            counts.merge(sequence, 1, Integer::sum);
        }
        var probabilities = new HashMap<List<Integer>, Double>();
        all.forEach((sequence, probability) -> {
            if (holds(of, sequence)) probabilities.put(sequence, probability / total);
        });
        assertThat(GTest.deviations(counts, probabilities, draws)).isLessThan(5.2);
    }

    @Test
    void everyContextHasOneDistribution() {
        for (Tokens tokens : List.of(Tokens.plain(3), timed())) {
            for (int order = 0; order <= 4; order++) {
                KneserNey model = model(tokens, false, order);
                var random = new SplittableRandom(3);
                for (int trial = 0; trial < 50; trial++) {
                    int slot = 0;
                    int state = model.begin(0);
                    for (int i = 0; i < trial % 7; i++) {
                        int at = slot;
                        int[] fitting =
                                IntStream.range(0, tokens.count())
                                        .filter(t -> tokens.slot(t) == at)
                                        .toArray();
                        int token = fitting[random.nextInt(fitting.length)];
                        state = model.next(state, token);
                        slot = (slot + tokens.length(token)) % tokens.slots();
                    }
                    double sum = model.probability(state, tokens.end(slot));
                    for (int token = 0; token < tokens.count(); token++) {
                        if (tokens.slot(token) == slot) sum += model.probability(state, token);
                    }
                    assertThat(sum).isCloseTo(1, within(1e-12));
                }
            }
        }
    }
}
