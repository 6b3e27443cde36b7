package wavenet4j.notes.compose.voices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.notes.ExactDraws;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.compose.Constraint;
import wavenet4j.notes.compose.voices.PlainVoices.Sung;
import wavenet4j.notes.compose.voices.Slice.Tone;
import wavenet4j.notes.markov.ConstrainedModel;
import wavenet4j.notes.markov.Demand;
import wavenet4j.notes.markov.KneserNey;
import wavenet4j.notes.markov.Task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Draws of two voices under each constraint and each pair of them, against all that the model can
/// say written out, each with its probability; what a constraint means is asked of the notes.
final class VoicesConstraintsTest {
    private static final int BAR = 36;
    private static final int END = 60;

    /// A constraint, and whether voices satisfy it.
    private record Rule(Constraint constraint, Predicate<List<List<Sung>>> holds) {}

    private record Case(int order, List<Rule> rules) {
        @Override
        public String toString() {
            return "order %d, %s"
                    .formatted(order, rules.stream().map(of -> of.constraint().text()).toList());
        }

        boolean holds(List<List<Sung>> voices) {
            return rules.stream().allMatch(rule -> rule.holds().test(voices));
        }
    }

    private static Stream<Case> cases() {
        List<Rule> rules = rules();
        var cases = new ArrayList<Case>();
        for (int order = 0; order <= 3; order++) {
            cases.add(new Case(order, List.of()));
            for (int i = 0; i < rules.size(); i++) {
                cases.add(new Case(order, List.of(rules.get(i))));
                for (int j = 0; j < i; j++) {
                    cases.add(new Case(order, List.of(rules.get(i), rules.get(j))));
                }
            }
        }
        return cases.stream();
    }

    private static List<Rule> rules() {
        return List.of(
                new Rule(
                        new Constraint.NoParallels(), voices -> PlainVoices.parallels(voices) == 0),
                new Rule(
                        new Constraint.Fixed(Fraction.of(2), 67),
                        voices ->
                                voices.getFirst().stream()
                                        .anyMatch(n -> n.onset() == 24 && n.key() == 67)),
                new Rule(
                        new Constraint.Allowed(Fraction.ZERO, Fraction.of(3), Set.of(0, 7)),
                        voices ->
                                voices.getFirst().stream()
                                        .filter(n -> n.onset() < 36)
                                        .allMatch(n -> Set.of(0, 7).contains(n.key() % 12))),
                new Rule(
                        new Constraint.Range(48, 69),
                        voices ->
                                PlainVoices.all(voices).stream()
                                        .allMatch(n -> n.key() >= 48 && n.key() <= 69)),
                new Rule(
                        new Constraint.Meter(Fraction.ONE, true),
                        voices -> voices.stream().allMatch(VoicesConstraintsTest::isInMeter)),
                new Rule(
                        new Constraint.Ends(0),
                        voices ->
                                !voices.getLast().isEmpty()
                                        && voices.getLast().getLast().end() == END
                                        && voices.getLast().getLast().key() % 12 == 0));
    }

    private static boolean isInMeter(List<Sung> voice) {
        return voice.stream()
                .allMatch(n ->
                        n.onset() % 12 == 0
                                && n.end() % 12 == 0
                                && (n.onset() >= BAR || n.end() <= BAR));
    }

    /// Pieces of two voices: key, then length, of each note; 0 is a rest. Where both move between
    /// 67 over 48 and 69 over 50, fifths are parallel.
    private static List<List<Slice>> corpus() {
        int[] bass = {48, 12, 50, 12, 48, 24, 50, 12};
        var pieces = new ArrayList<List<Slice>>();
        pieces.add(slices(new int[] {67, 12, 69, 6, 67, 30, 69, 12}, bass));
        pieces.add(slices(new int[] {67, 12, 72, 12, 67, 12, 0, 12, 67, 12}, bass));
        var random = new SplittableRandom(3);
        for (int i = 0; i < 14; i++) {
            pieces.add(slices(wander(random, 67, 69), wander(random, 48, 50)));
        }
        return pieces;
    }

    /// Quarters of two keys, and one half note in a place.
    private static int[] wander(SplittableRandom random, int one, int other) {
        int half = random.nextInt(4);
        int[] line = new int[8];
        for (int i = 0; i < 4; i++) {
            line[2 * i] = random.nextBoolean() ? one : other;
            line[2 * i + 1] = i == half ? 24 : 12;
        }
        return line;
    }

    private static List<Slice> slices(int[] top, int[] bottom) {
        List<List<Sung>> voices = List.of(line(top), line(bottom));
        List<Integer> onsets =
                Stream.concat(Stream.of(0, END), PlainVoices.all(voices).stream().map(Sung::onset))
                        .sorted()
                        .distinct()
                        .toList();
        var slices = new ArrayList<Slice>();
        for (int i = 1; i < onsets.size(); i++) {
            int from = onsets.get(i - 1);
            int to = onsets.get(i);
            List<Tone> tones = voices.stream().map(voice -> tone(voice, from, to)).toList();
            slices.add(new Slice(from % BAR, to - from, tones));
        }
        return slices;
    }

    private static Tone tone(List<Sung> voice, int from, int to) {
        return voice.stream()
                .filter(n -> n.onset() <= from && n.end() > from)
                .map(n ->
                        new Tone(
                                n.key(),
                                Math.min(n.end(), to) - from,
                                n.onset() < from,
                                n.end() > to))
                .findAny()
                .orElse(Tone.SILENCE);
    }

    private static List<Sung> line(int[] of) {
        var notes = new ArrayList<Sung>();
        int tick = 0;
        for (int i = 0; i < of.length; i += 2) {
            if (of[i] > 0) notes.add(new Sung(tick, tick + of[i + 1], of[i]));
            tick += of[i + 1];
        }
        return notes;
    }

    @ParameterizedTest
    @MethodSource("cases")
    @SuppressWarnings("ExposedPrivateType")
    void drawsHaveTheConditionalProbability(Case of) {
        var style = new VoicesStyle(BAR, corpus());
        KneserNey model = style.model(of.order());
        List<Demand> demands =
                new VoicesDemands(style, 0, END, 0)
                        .of(of.rules().stream().map(Rule::constraint).toList());
        Map<List<Integer>, Double> all = new HashMap<>();
        extend(style, model, model.begin(0), 1, new ArrayList<>(), 0, all);
        assertThat(all).hasSizeGreaterThan(100);
        ExactDraws.check(
                ConstrainedModel.of(new Task(model, demands, 0, END)),
                all,
                sequence -> of.holds(voices(style, sequence)));
    }

    /// Joins what is held. At the beginning, what seems held begins.
    private static List<List<Sung>> voices(VoicesStyle style, List<Integer> sequence) {
        List<List<Sung>> voices = List.of(new ArrayList<>(), new ArrayList<>());
        int tick = 0;
        for (int number : sequence) {
            Slice slice = style.slices().get(number);
            for (int i = 0; i < 2; i++) {
                Tone tone = slice.tones().get(i);
                if (tone.isRest()) continue;
                List<Sung> voice = voices.get(i);
                int onset = tick;
                if (tone.held() && tick > 0) {
                    Sung before = voice.removeLast();
                    assertThat(before.key()).isEqualTo(tone.key());
                    assertThat(before.end()).isEqualTo(tick);
                    onset = before.onset();
                }
                voice.add(new Sung(onset, tick + tone.length(), tone.key()));
            }
            tick += slice.length();
        }
        return voices;
    }

    /// Every sequence that fills the time and that the model can say.
    ///
    /// @param probability of the sequence so far
    private static void extend(
            VoicesStyle style,
            KneserNey model,
            int state,
            double probability,
            List<Integer> sequence,
            int tick,
            Map<List<Integer>, Double> all) {
        if (probability == 0) return;
        if (tick == END) {
            double end = model.probability(state, model.tokenSet().end(END % BAR));
            if (end > 0) all.put(List.copyOf(sequence), probability * end);
            return;
        }
        for (int number = 0; number < style.slices().size(); number++) {
            Slice slice = style.slices().get(number);
            if (slice.slot() != tick % BAR || tick + slice.length() > END) continue;
            sequence.add(number);
            extend(
                    style,
                    model,
                    model.next(state, number),
                    probability * model.probability(state, number),
                    sequence,
                    tick + slice.length(),
                    all);
            sequence.removeLast();
        }
    }
}
