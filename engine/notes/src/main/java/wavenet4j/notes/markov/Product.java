package wavenet4j.notes.markov;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The states of a Markov model and of automata together: those that can be reached from the start
/// by possible tokens, and their failure states. A state has transitions of its own for the tokens
/// for which one of its parts has, so that it differs from its failure state in these alone, and by
/// the model's back-off factor.
final class Product {
    /// More would take minutes, and gigabytes.
    private static final int MOST_STATES = 1_000_000;

    private final KneserNey model;
    private final List<FailureAutomaton> automata;
    private final BitSet possible; // tokens
    private final Map<Key, Integer> ids = new HashMap<>();
    private final List<int[]> parts =
            new ArrayList<>(); // of each state: the model's, the automata's
    private final List<Integer> failures = new ArrayList<>();
    private final List<int[]> tokens = new ArrayList<>();
    private final List<int[]> targets = new ArrayList<>();
    private final int start;

    /// Parts by their values.
    private static final class Key {
        private final int[] parts;

        Key(int[] parts) {
            this.parts = parts;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Arrays.equals(parts, key.parts);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(parts);
        }
    }

    /// Explores them.
    Product(Task task) {
        model = task.model();
        automata = task.automata();
        possible = Task.possible(model.tokenSet(), task.demands(), task.from(), task.to());
        int startSlot = task.from() % model.tokenSet().slots();
        state(new int[automata.size() + 1]);
        int[] start = new int[automata.size() + 1];
        start[0] = model.begin(startSlot);
        for (int i = 0; i < automata.size(); i++) start[i + 1] = automata.get(i).start();
        this.start = state(start);
        for (int state = 0; state < parts.size(); state++) {
            if (parts.size() > MOST_STATES) {
                throw new IllegalArgumentException(
                        "the constraints together have more than %,d states; leave one out, such as the limit of copies"
                                .formatted(MOST_STATES));
            }
            explore(state);
        }
    }

    int start() {
        return start;
    }

    int states() {
        return parts.size();
    }

    /// The model's part of a state.
    int context(int state) {
        return parts.get(state)[0];
    }

    /// The slot of the next token; -1 for a state without context, which is met in all.
    int slot(int state) {
        return model.slot(context(state));
    }

    /// Of a state that is not closed; of the root, the root.
    int failure(int state) {
        return failures.get(state);
    }

    /// Whether only a state's own tokens follow it.
    boolean isClosed(int state) {
        return model.backoff(context(state)) == 0;
    }

    /// The model's back-off factor from a state to its failure state.
    double backoff(int state) {
        return context(state) == context(failure(state)) ? 1 : model.backoff(context(state));
    }

    /// The tokens of a state's own transitions, ascending; of the root, all that are possible.
    int[] tokens(int state) {
        return tokens.get(state);
    }

    /// Where they lead, or [FailureAutomaton#DEAD].
    int[] targets(int state) {
        return targets.get(state);
    }

    int next(int state, int token) {
        while (true) {
            int entry = Arrays.binarySearch(tokens.get(state), token);
            if (entry >= 0) return targets.get(state)[entry];
            if (isClosed(state)) return FailureAutomaton.DEAD;
            state = failures.get(state);
        }
    }

    /// Whether all automata accept it.
    boolean accepts(int state) {
        return IntStream.range(0, automata.size())
                .allMatch(i -> automata.get(i).accepts(parts.get(state)[i + 1]));
    }

    private int state(int[] of) {
        return ids.computeIfAbsent(
                new Key(of),
                _ -> {
                    parts.add(of);
                    return parts.size() - 1;
                });
    }

    private void explore(int state) {
        int[] of = parts.get(state);
        int[] own = own(state, of).filter(possible::get).toArray();
        int[] to = Arrays.stream(own).map(token -> follow(of, token)).toArray();
        tokens.add(own);
        targets.add(to);
        failures.add(isClosed(state) ? state : state(failures(of)));
    }

    private int[] failures(int[] of) {
        int[] failures = new int[of.length];
        for (int i = 0; i < of.length; i++) failures[i] = part(i).failure(of[i]);
        return failures;
    }

    /// The tokens whose transitions are a state's own, ascending.
    private IntStream own(int state, int[] of) {
        int count = model.tokenSet().count();
        if (state == 0) return IntStream.range(0, count);
        int closed = model.closedContext(of[0]);
        if (closed != 0) {
            IntStream all = Arrays.stream(model.tokens(closed)).filter(token -> token < count);
            return isClosed(state) ? all : all.filter(token -> differs(of, token));
        }
        return IntStream.range(0, of.length)
                .filter(i -> of[i] != 0)
                .flatMap(i -> Arrays.stream(part(i).tokens(of[i])))
                .filter(token -> token < count)
                .filter(token -> slot(state) < 0 || slot(state) == model.tokenSet().slot(token))
                .sorted()
                .distinct();
    }

    /// Whether a token does something else than in the failure state.
    private boolean differs(int[] of, int token) {
        if (model.hasSeen(of[0], token)) return true;
        for (int i = 1; i < of.length; i++) {
            FailureAutomaton part = part(i);
            if (of[i] != 0 && part.next(of[i], token) != part.next(part.failure(of[i]), token)) {
                return true;
            }
        }
        return false;
    }

    private int follow(int[] of, int token) {
        int[] next = new int[of.length];
        for (int i = 0; i < of.length; i++) {
            next[i] = part(i).next(of[i], token);
            if (next[i] == FailureAutomaton.DEAD) return FailureAutomaton.DEAD;
        }
        return state(next);
    }

    private FailureAutomaton part(int i) {
        return i == 0 ? model : automata.get(i - 1);
    }
}
