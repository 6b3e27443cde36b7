package wavenet4j.notes.compose.leadsheets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ExactDraws;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.compose.Constraint;
import wavenet4j.notes.compose.leadsheets.LeadSheet.ChordAt;
import wavenet4j.notes.compose.leadsheets.LeadSheet.Tone;
import wavenet4j.notes.markov.ConstrainedModel;
import wavenet4j.notes.markov.Demand;
import wavenet4j.notes.markov.KneserNey;
import wavenet4j.notes.markov.Task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Draws of melodies under each musical constraint and each pair of them, against all melodies
/// written out, each with the model's probability; what a constraint means is asked of the notes.
final class MusicalConstraintsTest {
    private static final int BAR = 48;
    private static final int END = 72;
    private static final RelativeChord C = new RelativeChord(0, Optional.of(ChordKind.MAJOR));
    private static final RelativeChord G = new RelativeChord(7, Optional.of(ChordKind.MAJOR));

    /// A constraint, and whether notes satisfy it.
    private record Rule(Constraint constraint, Predicate<List<Tone>> holds) {}

    private record Case(int order, List<Rule> rules) {
        @Override
        public String toString() {
            return "order %d, %s"
                    .formatted(order, rules.stream().map(of -> of.constraint().text()).toList());
        }

        boolean holds(List<Tone> tones) {
            return rules.stream().allMatch(rule -> rule.holds().test(tones));
        }
    }

    private static Stream<Case> cases() {
        List<Rule> rules = rules();
        var cases = new ArrayList<Case>();
        for (int order = 0; order <= 4; order++) {
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
                        new Constraint.Fixed(Fraction.of(2, 1), 62),
                        tones -> tones.stream().anyMatch(t -> t.tick() == 24 && t.pitch() == 62)),
                new Rule(
                        new Constraint.Allowed(Fraction.ZERO, Fraction.of(2, 1), Set.of(0, 4)),
                        tones ->
                                tones.stream()
                                        .filter(t -> t.tick() < 24 && t.pitch() != Tone.REST)
                                        .allMatch(t -> t.pitch() == 60 || t.pitch() == 64)),
                new Rule(
                        new Constraint.Range(60, 62),
                        tones ->
                                tones.stream()
                                        .allMatch(t ->
                                                t.pitch() == Tone.REST
                                                        || (t.pitch() >= 60 && t.pitch() <= 62))),
                new Rule(
                        new Constraint.Meter(Fraction.of(1, 1), true),
                        tones ->
                                tones.stream()
                                        .allMatch(t ->
                                                t.tick() % 12 == 0
                                                        && (t.tick() >= BAR || t.end() <= BAR))),
                new Rule(new Constraint.Ends(0), tones -> tones.getLast().pitch() == 60),
                new Rule(
                        new Constraint.NoCopyLongerThan(Fraction.of(3, 1)),
                        tones -> longestCopy(tones) <= 36));
    }

    /// In ticks, by comparing every stretch of notes with every one of the corpus.
    private static int longestCopy(List<Tone> tones) {
        int longest = 0;
        List<Tone> notes = notes(tones);
        for (LeadSheet sheet : corpus()) {
            List<Tone> piece = notes(sheet.tones());
            for (int i = 0; i < notes.size(); i++) {
                for (int k = 0; k < piece.size(); k++) {
                    for (int n = 0; i + n < notes.size() && k + n < piece.size(); n++) {
                        Tone mine = notes.get(i + n);
                        Tone theirs = piece.get(k + n);
                        boolean equal =
                                mine.length() == theirs.length()
                                        && mine.tick() - notes.get(i).tick()
                                                == theirs.tick() - piece.get(k).tick()
                                        && mine.pitch() - notes.get(i).pitch()
                                                == theirs.pitch() - piece.get(k).pitch();
                        if (!equal) break;
                        longest = Math.max(longest, mine.end() - notes.get(i).tick());
                    }
                }
            }
        }
        return longest;
    }

    private static List<Tone> notes(List<Tone> tones) {
        return tones.stream().filter(tone -> tone.pitch() != Tone.REST).toList();
    }

    private static List<LeadSheet> corpus() {
        return List.of(
                sheet(60, 12, 62, 12, 64, 24, 62, 12, 60, 12, 60, 24),
                sheet(64, 12, 62, 12, 60, 12, 62, 12, 64, 24, 60, 24),
                sheet(60, 12, 60, 12, 62, 12, Tone.REST, 12, 62, 12, 64, 12, 62, 24),
                sheet(62, 24, 64, 12, 60, 36, 62, 12, 60, 12),
                sheet(60, 24, 62, 12, 64, 12, 60, 12, 64, 12, 60, 24));
    }

    /// Pitches and lengths in turn, over C and from the second bar on G.
    private static LeadSheet sheet(int... of) {
        var tones = new ArrayList<Tone>();
        int tick = 0;
        for (int i = 0; i < of.length; i += 2) {
            tones.add(new Tone(tick, of[i + 1], of[i]));
            tick += of[i + 1];
        }
        return new LeadSheet(BAR, 0, tones, List.of(new ChordAt(0, C), new ChordAt(BAR, G)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    @SuppressWarnings("ExposedPrivateType")
    void drawsHaveTheConditionalProbability(Case of) {
        var style = new LeadSheetStyle(BAR, corpus());
        KneserNey model = style.model(of.order());
        List<Demand> demands =
                new SheetDemands(style, 0, END, 0)
                        .with(List.of(), of.rules().stream().map(Rule::constraint).toList());
        Map<List<Integer>, Double> all = new HashMap<>();
        extend(style, model, new ArrayList<>(), 0, all);
        ExactDraws.check(
                ConstrainedModel.of(new Task(model, demands, 0, END)),
                all,
                sequence -> of.holds(tones(style, sequence)));
    }

    private static List<Tone> tones(LeadSheetStyle style, List<Integer> sequence) {
        var tones = new ArrayList<Tone>();
        int tick = 0;
        for (int number : sequence) {
            LeadSheetToken token = style.token(number);
            tones.add(new Tone(tick, token.length(), token.pitch()));
            tick += token.length();
        }
        return tones;
    }

    /// Every sequence that fills the time and that the model can say.
    private static void extend(
            LeadSheetStyle style,
            KneserNey model,
            List<Integer> sequence,
            int tick,
            Map<List<Integer>, Double> all) {
        if (tick == END) {
            int[] tokens = sequence.stream().mapToInt(Integer::intValue).toArray();
            double probability = Math.exp(model.logProbability(tokens));
            if (probability > 0) all.put(List.copyOf(sequence), probability);
            return;
        }
        for (int number = 0; number < style.tokens().size(); number++) {
            LeadSheetToken token = style.token(number);
            if (token.slot() != tick % BAR || tick + token.length() > END) continue;
            sequence.add(number);
            extend(style, model, sequence, tick + token.length(), all);
            sequence.removeLast();
        }
    }
}
