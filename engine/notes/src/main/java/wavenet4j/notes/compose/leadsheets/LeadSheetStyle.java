package wavenet4j.notes.compose.leadsheets;

import wavenet4j.notes.markov.KneserNey;
import wavenet4j.notes.markov.TokenClasses;
import wavenet4j.notes.markov.Tokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The lead sheets of a corpus as sequences of tokens, numbered; further tokens, which a request
/// needs and the corpus has not, can be added.
final class LeadSheetStyle {
    private static final double UNSEEN = 0.1;
    private static final double FOREIGN = 0.25;

    private final int barTicks;
    private final List<LeadSheetToken> tokens = new ArrayList<>();
    private final Map<LeadSheetToken, Integer> numbers = new HashMap<>();
    private final List<int[]> sequences = new ArrayList<>();
    private final Map<Integer, Boolean> admitted = new LinkedHashMap<>();

    /// Numbers the tokens of a corpus.
    ///
    /// @param sheets of one meter
    LeadSheetStyle(int barTicks, List<LeadSheet> sheets) {
        this.barTicks = barTicks;
        for (LeadSheet sheet : sheets) {
            sequences.add(LeadSheetToken.of(sheet).stream().mapToInt(this::add).toArray());
        }
    }

    private int add(LeadSheetToken token) {
        return numbers.computeIfAbsent(
                token,
                _ -> {
                    tokens.add(token);
                    return tokens.size() - 1;
                });
    }

    /// Lets a token follow, seldom, what it never followed in the corpus.
    ///
    /// @param everywhere after all notes; otherwise only where the corpus goes on with its pitch
    ///   and length, whatever the chord
    void admit(LeadSheetToken token, boolean everywhere) {
        admitted.merge(add(token), everywhere, Boolean::logicalOr);
    }

    /// Tokens that were admitted.
    int[] admitted() {
        return admitted.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    /// Those admitted everywhere.
    List<LeadSheetToken> admittedEverywhere() {
        return admitted.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(entry -> tokens.get(entry.getKey()))
                .toList();
    }

    int barTicks() {
        return barTicks;
    }

    LeadSheetToken token(int number) {
        return tokens.get(number);
    }

    List<LeadSheetToken> tokens() {
        return List.copyOf(tokens);
    }

    /// The sequences as tokens.
    List<List<LeadSheetToken>> pieces() {
        return sequences.stream()
                .map(piece -> Arrays.stream(piece).mapToObj(tokens::get).toList())
                .toList();
    }

    /// Every chord of the corpus.
    Set<RelativeChord> chords() {
        return tokens.stream()
                .flatMap(token -> token.chords().stream())
                .map(LeadSheet.ChordAt::chord)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Learns from the sequences.
    ///
    /// @param order the most tokens that it looks back
    KneserNey model(int order) {
        return KneserNey.of(timed(), sequences, classes(), prior(), order);
    }

    /// Slots and lengths for the model.
    Tokens timed() {
        return new Tokens(
                barTicks,
                tokens.stream().mapToInt(LeadSheetToken::slot).toArray(),
                tokens.stream().mapToInt(LeadSheetToken::length).toArray());
    }

    /// What a token's probability is beforehand, up to a factor for each slot: how often the corpus
    /// has its note, whatever the chord, and whether its pitch belongs to its chord. The ends of
    /// the slots come after the tokens.
    private double[] prior() {
        var notes = new LinkedHashMap<LeadSheetToken, Integer>();
        for (int[] sequence : sequences) {
            for (int number : sequence)
                notes.merge(withoutChords(tokens.get(number)), 1, Integer::sum);
        }
        double[] prior = new double[tokens.size() + barTicks];
        for (int i = 0; i < prior.length; i++) {
            if (i >= tokens.size()) {
                prior[i] = UNSEEN;
                continue;
            }
            LeadSheetToken token = tokens.get(i);
            double fits = token.isRest() || token.chordAt(0).hasTone(token.pitch()) ? 1 : FOREIGN;
            prior[i] = fits * (UNSEEN + notes.getOrDefault(withoutChords(token), 0));
        }
        return prior;
    }

    /// Notes of one pitch with the same last chord, after which the same slot follows.
    private TokenClasses classes() {
        return new EndingClasses(this);
    }

    private static LeadSheetToken withoutChords(LeadSheetToken token) {
        return new LeadSheetToken(token.pitch(), token.length(), token.slot(), List.of());
    }
}
