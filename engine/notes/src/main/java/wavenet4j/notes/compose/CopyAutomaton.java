package wavenet4j.notes.compose;

import wavenet4j.notes.compose.LeadSheet.Tone;
import wavenet4j.notes.markov.FailureAutomaton;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Accepts the melodies of which no stretch longer than a limit is a copy of the corpus: from the
/// beginning of a note to the end of a note, the same lengths, rests and intervals, at any place in
/// the bar and in any transposition. This is the automaton of a maximum order (Papadopoulos, Roy
/// and Pachet 2014).
///
/// A state is the longest stretch that the melody's last notes share with the corpus, the last
/// pitch, and the rest since then, which counts once a note follows it.
final class CopyAutomaton implements FailureAutomaton {
    private final CopyTrie trie;
    private final List<LeadSheetToken> tokens;
    private final Map<Sound, List<Integer>> bySound = new HashMap<>();
    private final List<State> states = new ArrayList<>();
    private final Map<State, Integer> numbers = new HashMap<>();

    private record State(int node, int pitch, int rest) {
        /// That nothing is shared.
        static final State NOTHING = new State(CopyTrie.ROOT, Tone.REST, 0);
    }

    private record Sound(int pitch, int length) {}

    /// Of all tokens of a style.
    ///
    /// @param pieces the corpus
    /// @param limit in ticks
    CopyAutomaton(List<LeadSheetToken> tokens, List<List<LeadSheetToken>> pieces, int limit) {
        this.tokens = tokens;
        trie = new CopyTrie(pieces, limit);
        for (int token = 0; token < tokens.size(); token++) {
            var sound = new Sound(tokens.get(token).pitch(), tokens.get(token).length());
            bySound.computeIfAbsent(sound, _ -> new ArrayList<>()).add(token);
        }
        number(State.NOTHING);
    }

    @Override
    public int start() {
        return 0;
    }

    @Override
    public int failure(int number) {
        State state = states.get(number);
        return at(trie.failure(state.node), state.pitch, state.rest);
    }

    /// Those with which the corpus goes on.
    @Override
    public int[] tokens(int number) {
        State state = states.get(number);
        var own = IntStream.builder();
        for (CopyTrie.Step step : trie.steps(state.node)) {
            if (step.rest() == state.rest) {
                add(own, new Sound(state.pitch + step.interval(), step.length()));
            }
        }
        for (int more = 1; more <= trie.longestRest(state.node) - state.rest; more++) {
            add(own, new Sound(Tone.REST, more));
        }
        return own.build().sorted().toArray();
    }

    private void add(IntStream.Builder own, Sound sound) {
        bySound.getOrDefault(sound, List.of()).forEach(own::add);
    }

    @Override
    public int next(int number, int token) {
        State state = states.get(number);
        LeadSheetToken next = tokens.get(token);
        if (next.isRest()) return at(state.node, state.pitch, state.rest + next.length());
        var step = new CopyTrie.Step(state.rest, next.pitch() - state.pitch, next.length());
        int node = trie.step(state.node, step);
        return trie.isTooLong(node) ? DEAD : at(node, next.pitch(), 0);
    }

    @Override
    public boolean accepts(int state) {
        return true;
    }

    /// The state of the longest stretch that ends with a node's and goes on with such a rest.
    private int at(int node, int pitch, int rest) {
        while (node != CopyTrie.ROOT && trie.longestRest(node) < rest) node = trie.failure(node);
        return number(node == CopyTrie.ROOT ? State.NOTHING : new State(node, pitch, rest));
    }

    private int number(State state) {
        return numbers.computeIfAbsent(
                state,
                _ -> {
                    states.add(state);
                    return states.size() - 1;
                });
    }

    /// The stretches of a corpus up to the first note that makes them longer than a limit, as a
    /// trie with failure links (Aho and Corasick 1975). A stretch begins with a note, of which the
    /// length counts, and goes on with the rest before each further note, its interval and its
    /// length.
    static final class CopyTrie {
        static final int ROOT = 0;
        static final int NONE = -1;

        private final List<Map<Step, Integer>> children =
                new ArrayList<>(List.of(new LinkedHashMap<>()));
        private final List<Integer> ticks = new ArrayList<>(List.of(0));
        private final List<Integer> failure = new ArrayList<>(List.of(ROOT));
        private final List<Integer> longestRest = new ArrayList<>(List.of(0));
        private final int limit;

        /// How a stretch goes on.
        ///
        /// @param rest ticks of rest before the note
        /// @param interval in semitones from the note before; 0 for the first note of a stretch
        /// @param length of the note in ticks
        record Step(int rest, int interval, int length) {}

        /// Takes the stretches from every note of the pieces.
        CopyTrie(List<List<LeadSheetToken>> pieces, int limit) {
            this.limit = limit;
            for (List<LeadSheetToken> piece : pieces) {
                for (int i = 0; i < piece.size(); i++) {
                    if (!piece.get(i).isRest()) insert(piece.subList(i, piece.size()));
                }
            }
            link();
        }

        private void insert(List<LeadSheetToken> from) {
            int pitch = from.getFirst().pitch();
            int rest = 0;
            int node = ROOT;
            for (LeadSheetToken token : from) {
                if (token.isRest()) {
                    rest += token.length();
                    continue;
                }
                node = grow(node, new Step(rest, token.pitch() - pitch, token.length()));
                if (isTooLong(node)) return;
                pitch = token.pitch();
                rest = 0;
            }
        }

        private int grow(int node, Step step) {
            longestRest.set(node, Math.max(longestRest.get(node), step.rest));
            return children.get(node)
                    .computeIfAbsent(
                            step,
                            _ -> {
                                children.add(new LinkedHashMap<>());
                                ticks.add(ticks.get(node) + step.rest + step.length);
                                failure.add(ROOT);
                                longestRest.add(0);
                                return children.size() - 1;
                            });
        }

        /// Breadth first: a node's failure is found from those of shorter stretches.
        private void link() {
            var queue = new ArrayDeque<>(children.get(ROOT).values());
            while (!queue.isEmpty()) {
                int node = queue.remove();
                children.get(node)
                        .forEach((step, child) -> {
                            failure.set(child, step(failure.get(node), step));
                            queue.add(child);
                        });
            }
        }

        /// The longest stretch of the corpus that a stretch and a note after it end with.
        int step(int node, Step step) {
            for (; node != ROOT; node = failure.get(node)) {
                Integer child = children.get(node).get(step);
                if (child != null) return child;
            }
            return first(step.length);
        }

        /// The stretch of one note.
        int first(int length) {
            return children.get(ROOT).getOrDefault(new Step(0, 0, length), ROOT);
        }

        int failure(int node) {
            return failure.get(node);
        }

        /// How the corpus goes on.
        Iterable<Step> steps(int node) {
            return children.get(node).keySet();
        }

        /// The longest rest with which it goes on, in ticks.
        int longestRest(int node) {
            return longestRest.get(node);
        }

        boolean isTooLong(int node) {
            return ticks.get(node) > limit;
        }
    }
}
