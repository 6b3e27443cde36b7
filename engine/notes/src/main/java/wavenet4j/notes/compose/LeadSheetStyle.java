package wavenet4j.notes.compose;

import wavenet4j.notes.markov.TokenClasses;
import wavenet4j.notes.markov.Tokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    int barTicks() {
        return barTicks;
    }

    LeadSheetToken token(int number) {
        return tokens.get(number);
    }

    List<LeadSheetToken> tokens() {
        return List.copyOf(tokens);
    }

    List<int[]> sequences() {
        return sequences;
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
    double[] prior() {
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
    TokenClasses classes() {
        return new EndingClasses(this, admitted);
    }

    private static LeadSheetToken withoutChords(LeadSheetToken token) {
        return new LeadSheetToken(token.pitch(), token.length(), token.slot(), List.of());
    }

    /// The tokens of lead sheets by how they end: their pitch, the chord that sounds at their end,
    /// and the place in the bar that follows.
    static final class EndingClasses implements TokenClasses {
        private final List<Ending> endings = new ArrayList<>();
        private final int[] of;
        private final List<LeadSheetToken> tokens;
        private final int barTicks;
        private final Map<Integer, Boolean> admitted;
        private final Set<Step> steps = new HashSet<>();

        private record Ending(int pitch, RelativeChord chord, int nextSlot) {}

        /// How a melody goes on, whatever the chords.
        private record Step(int pitch, int slot, int nextPitch, int nextLength) {}

        /// @param admitted tokens that may follow what they never followed: all notes, or those
        ///   after which the corpus has their pitch and length
        EndingClasses(LeadSheetStyle style, Map<Integer, Boolean> admitted) {
            this.admitted = admitted;
            tokens = style.tokens();
            barTicks = style.barTicks();
            var numbers = new HashMap<Ending, Integer>();
            of = new int[tokens.size()];
            for (int token = 0; token < of.length; token++) {
                LeadSheetToken last = tokens.get(token);
                int slot = (last.slot() + last.length()) % barTicks;
                var ending = new Ending(last.pitch(), last.chords().getLast().chord(), slot);
                of[token] =
                        numbers.computeIfAbsent(
                                ending,
                                _ -> {
                                    endings.add(ending);
                                    return endings.size() - 1;
                                });
            }
            for (List<LeadSheetToken> piece : style.pieces()) {
                for (int i = 1; i < piece.size(); i++)
                    steps.add(step(piece.get(i - 1).pitch(), piece.get(i)));
            }
        }

        private static Step step(int pitch, LeadSheetToken next) {
            return new Step(pitch, next.slot(), next.pitch(), next.length());
        }

        @Override
        public int of(int token) {
            return token < of.length ? of[token] : -1;
        }

        @Override
        public int[] followers(int tokenClass) {
            Ending ending = endings.get(tokenClass);
            IntStream further =
                    admitted.entrySet().stream()
                            .filter(entry -> tokens.get(entry.getKey()).slot() == ending.nextSlot)
                            .filter(entry ->
                                    entry.getValue()
                                            || steps.contains(
                                                    step(ending.pitch, tokens.get(entry.getKey()))))
                            .mapToInt(Map.Entry::getKey);
            return IntStream.concat(further, IntStream.of(tokens.size() + ending.nextSlot))
                    .toArray();
        }
    }
}
