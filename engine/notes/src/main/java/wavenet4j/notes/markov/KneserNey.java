package wavenet4j.notes.markov;

import java.util.Arrays;
import java.util.List;

/// A variable-order Markov model with interpolated, modified Kneser-Ney smoothing (Chen and Goodman
/// 1999): every context has one normalized distribution over all tokens of the slot that follows
/// it,
///
/// `p(w | s) = (count(s w) - discount) / count(s) + backoff(s) p(w | failure(s))`
///
/// where the failure state of a context is the context without its oldest token. Contexts are
/// states; the root, 0, knows only the slot. Below it stands a prior.
public final class KneserNey implements FailureAutomaton {
    /// What is added to the count of everything that may follow a class.
    private static final double OF_FOLLOWER = 0.02;

    private final Tokens tokens;
    private final ContextCounts contexts;
    private final double[] backoff; // of each state; of the root, for each slot
    private final double[] probability; // of each entry of a state
    private final double[] rootProbability; // of each token and end

    private KneserNey(Tokens tokens, ContextCounts contexts, double[] prior) {
        this.tokens = tokens;
        this.contexts = contexts;
        backoff = new double[contexts.states()];
        probability = new double[contexts.entries()];
        rootProbability = atRoot(prior);
        for (int state : contexts.byDepth()) {
            if (contexts.isClass(state)) close(state);
            else if (state != 0) interpolate(state);
        }
    }

    /// Counts sequences.
    ///
    /// @param sequences each not empty; every token begins where the one before it ends
    /// @param classes of tokens, below the contexts of one token
    /// @param prior of every token and end, positive; scaled here to sum to 1 in each slot
    /// @param order the most tokens of a context
    /// @throws IllegalArgumentException when a token does not begin where the one before it ends
    public static KneserNey of(
            Tokens tokens, List<int[]> sequences, TokenClasses classes, double[] prior, int order) {
        return new KneserNey(tokens, ContextCounts.of(tokens, sequences, classes, order), prior);
    }

    /// The same without classes, and with every token and end of a slot equally likely beforehand.
    public static KneserNey of(Tokens tokens, List<int[]> sequences, int order) {
        double[] prior = new double[tokens.count() + tokens.slots()];
        Arrays.fill(prior, 1);
        return of(tokens, sequences, TokenClasses.NONE, prior, order);
    }

    private double[] atRoot(double[] prior) {
        int slots = tokens.slots();
        double[] mass = new double[slots];
        double[] total = new double[slots];
        double[] held = new double[slots];
        for (int token = 0; token < prior.length; token++) {
            mass[tokens.slot(token)] += prior[token];
        }
        for (int entry = contexts.first(0); entry < contexts.first(1); entry++) {
            int slot = tokens.slot(contexts.token(entry));
            total[slot] += contexts.count(entry);
            held[slot] += contexts.discount(0, entry);
        }
        double[] root = new double[prior.length];
        for (int token = 0; token < prior.length; token++) {
            int slot = tokens.slot(token);
            double share = total[slot] == 0 ? 1 : held[slot] / total[slot];
            root[token] = share * prior[token] / mass[slot];
        }
        for (int entry = contexts.first(0); entry < contexts.first(1); entry++) {
            int token = contexts.token(entry);
            root[token] +=
                    (contexts.count(entry) - contexts.discount(0, entry))
                            / total[tokens.slot(token)];
            probability[entry] = root[token];
        }
        return root;
    }

    /// Contexts come after their failure states, which are shorter.
    private void interpolate(int state) {
        double total = 0;
        double held = 0;
        for (int entry = contexts.first(state); entry < contexts.first(state + 1); entry++) {
            total += contexts.count(entry);
            held += contexts.discount(state, entry);
        }
        backoff[state] = held / total;
        for (int entry = contexts.first(state); entry < contexts.first(state + 1); entry++) {
            probability[entry] =
                    (contexts.count(entry) - contexts.discount(state, entry)) / total
                            + backoff[state] * probability(failure(state), contexts.token(entry));
        }
    }

    /// A class leaves nothing to the root.
    private void close(int state) {
        double total = 0;
        for (int entry = contexts.first(state); entry < contexts.first(state + 1); entry++) {
            total += contexts.count(entry) + OF_FOLLOWER;
        }
        for (int entry = contexts.first(state); entry < contexts.first(state + 1); entry++) {
            probability[entry] = (contexts.count(entry) + OF_FOLLOWER) / total;
        }
    }

    /// The probability of a token, or of the end of the slot, after a context.
    public double probability(int state, int token) {
        double factor = 1;
        for (; state != 0; state = failure(state)) {
            int entry = contexts.entry(state, token);
            if (entry >= 0) return factor * probability[entry];
            factor *= backoff[state];
        }
        return factor * rootProbability[token];
    }

    /// What a context leaves to its failure state: the factor of the probabilities of all tokens
    /// that were never seen after it. 0 for a class.
    public double backoff(int state) {
        return state == 0 ? 1 : backoff[state];
    }

    /// The probability of a whole sequence with its end, as a logarithm.
    public double logProbability(int[] sequence) {
        int state = begin(tokens.slot(sequence[0]));
        double sum = 0;
        for (int token : sequence) {
            sum += Math.log(probability(state, token));
            state = next(state, token);
        }
        return sum
                + Math.log(
                        probability(
                                state,
                                tokens.end(tokens.slotAfter(sequence[sequence.length - 1]))));
    }

    /// The context of nothing but the beginning of a sequence in a slot.
    public int begin(int slot) {
        return contexts.next(0, tokens.beginning(slot));
    }

    /// The class that a context backs off to in the end; 0 where that is the root.
    int closedContext(int state) {
        while (state != 0 && !contexts.isClass(state)) state = failure(state);
        return state;
    }

    /// Whether a token followed that very context.
    boolean hasSeen(int state, int token) {
        return contexts.entry(state, token) >= 0;
    }

    /// The slot that follows a context; -1 for the root.
    int slot(int state) {
        return state == 0 ? -1 : tokens.slot(contexts.token(contexts.first(state)));
    }

    /// The tokens that it is a model of.
    public Tokens tokenSet() {
        return tokens;
    }

    @Override
    public int start() {
        return begin(0);
    }

    @Override
    public int failure(int state) {
        return contexts.failure(state);
    }

    @Override
    public int[] tokens(int state) {
        return contexts.tokens(state);
    }

    /// The longest context known of those that end with the token.
    @Override
    public int next(int state, int token) {
        return contexts.next(state, token);
    }

    @Override
    public boolean accepts(int state) {
        return true;
    }
}
