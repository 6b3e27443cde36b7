package wavenet4j.notes.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The smallest automaton that accepts every substring of a sequence of integers (Blumer et al.
/// 1985), built in linear time. A state stands for the substrings that end at the same places.
final class SuffixAutomaton {
    private static final int START = 0;
    private static final int NONE = -1;

    /// @param longest the length of the longest substring
    /// @param firstEnd the first index in the sequence that they end at
    private record State(int longest, int firstEnd, Map<Integer, Integer> next) {}

    private final List<State> states = new ArrayList<>();

    /// By state: that of the longest suffix which also ends elsewhere.
    private final List<Integer> suffixes = new ArrayList<>();

    SuffixAutomaton(List<Integer> sequence) {
        add(new State(0, NONE, new HashMap<>()), NONE);
        int last = START;
        for (int i = 0; i < sequence.size(); i++) last = extend(last, sequence.get(i), i);
    }

    private int add(State state, int suffix) {
        states.add(state);
        suffixes.add(suffix);
        return states.size() - 1;
    }

    private int extend(int last, int symbol, int index) {
        int added = add(new State(states.get(last).longest() + 1, index, new HashMap<>()), START);
        int from = last;
        while (from != NONE && !states.get(from).next().containsKey(symbol)) {
            states.get(from).next().put(symbol, added);
            from = suffixes.get(from);
        }
        if (from == NONE) return added;
        int to = next(from, symbol);
        if (states.get(to).longest() == states.get(from).longest() + 1) {
            suffixes.set(added, to);
            return added;
        }
        // Its longer substrings do not end here: the shorter ones get a state of their own.
        State split = states.get(to);
        int shorter =
                add(
                        new State(
                                states.get(from).longest() + 1,
                                split.firstEnd(),
                                new HashMap<>(split.next())),
                        suffixes.get(to));
        while (from != NONE && next(from, symbol) == to) {
            states.get(from).next().put(symbol, shorter);
            from = suffixes.get(from);
        }
        suffixes.set(to, shorter);
        suffixes.set(added, shorter);
        return added;
    }

    private int next(int state, int symbol) {
        return states.get(state).next().getOrDefault(symbol, NONE);
    }

    /// The longest suffix of what was read that is a substring of the sequence.
    ///
    /// @param length of it
    /// @param end the first index in the sequence that it ends at, -1 where it is empty
    record Match(int length, int end) {}

    /// Reads a sequence symbol by symbol.
    final class Reader {
        private int state = START;
        private int length;

        Match read(int symbol) {
            while (state != START && next(state, symbol) == NONE) {
                state = suffixes.get(state);
                length = states.get(state).longest();
            }
            int to = next(state, symbol);
            if (to != NONE) {
                state = to;
                length++;
            }
            return new Match(length, states.get(state).firstEnd());
        }
    }

    Reader reader() {
        return new Reader();
    }
}
