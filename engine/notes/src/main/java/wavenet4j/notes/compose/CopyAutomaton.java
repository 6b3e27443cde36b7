package wavenet4j.notes.compose;

import wavenet4j.notes.compose.LeadSheet.Tone;
import wavenet4j.notes.markov.FailureAutomaton;

import java.util.ArrayList;
import java.util.HashMap;
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
}
