package wavenet4j.notes.compose.leadsheets;

import wavenet4j.notes.compose.leadsheets.LeadSheet.Tone;
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
/// A state is the longest stretch that the melody's last notes share with the corpus and that can
/// still grow beyond the limit, the last pitch, the place in the bar, and the rest since that note,
/// which counts once a note follows it.
final class CopyAutomaton implements FailureAutomaton {
    private final CopyTrie trie;
    private final NoteSteps steps;
    private final int barTicks;
    private final List<LeadSheetToken> tokens;
    private final Map<Sound, List<Integer>> bySound = new HashMap<>();
    private final Map<State, Boolean> growing = new HashMap<>();
    private final List<State> states = new ArrayList<>();
    private final Map<State, Integer> numbers = new HashMap<>();

    private record State(int node, int pitch, int slot, int rest) {
        /// That nothing is shared.
        static final State NOTHING = new State(CopyTrie.ROOT, Tone.REST, 0, 0);
    }

    private record Sound(int pitch, int length) {}

    /// Of all tokens of a style.
    ///
    /// @param steps how a melody can go on
    /// @param limit in ticks
    CopyAutomaton(LeadSheetStyle style, NoteSteps steps, int limit) {
        this.steps = steps;
        tokens = style.tokens();
        barTicks = style.barTicks();
        trie = new CopyTrie(style.pieces(), limit);
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
        return longest(trie.failure(state.node), state.pitch, state.slot, state.rest);
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
        int slot = (next.slot() + next.length()) % barTicks;
        if (next.isRest()) {
            return longest(state.node, state.pitch, slot, state.rest + next.length());
        }
        var step = new CopyTrie.Step(state.rest, next.pitch() - state.pitch, next.length());
        int node = trie.step(state.node, step);
        return trie.isTooLong(node) ? DEAD : longest(node, next.pitch(), slot, 0);
    }

    @Override
    public boolean accepts(int state) {
        return true;
    }

    /// The state of the longest stretch that ends with a node's and can still become too long.
    /// Leaving out the others changes no answer, and there are few in other keys than the corpus's.
    private int longest(int node, int pitch, int slot, int rest) {
        for (; node != CopyTrie.ROOT; node = trie.failure(node)) {
            var state = new State(node, pitch, slot, rest);
            if (canGrow(state)) return number(state);
        }
        return number(State.NOTHING);
    }

    /// Whether notes that can follow make a stretch too long without leaving the corpus.
    private boolean canGrow(State state) {
        Boolean known = growing.get(state);
        if (known != null) return known;
        boolean can = growsByNote(state) || growsByRest(state);
        growing.put(state, can);
        return can;
    }

    private boolean growsByNote(State state) {
        int last = state.rest > 0 ? Tone.REST : state.pitch;
        for (CopyTrie.Step step : trie.steps(state.node)) {
            int pitch = state.pitch + step.interval();
            if (step.rest() != state.rest || !steps.allow(last, state.slot, pitch, step.length()))
                continue;
            int node = trie.step(state.node, step);
            int slot = (state.slot + step.length()) % barTicks;
            if (trie.isTooLong(node) || canGrow(new State(node, pitch, slot, 0))) return true;
        }
        return false;
    }

    private boolean growsByRest(State state) {
        int last = state.rest > 0 ? Tone.REST : state.pitch;
        for (int more = 1; more <= trie.longestRest(state.node) - state.rest; more++) {
            if (!steps.allow(last, state.slot, Tone.REST, more)) continue;
            int slot = (state.slot + more) % barTicks;
            if (canGrow(new State(state.node, state.pitch, slot, state.rest + more))) return true;
        }
        return false;
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
