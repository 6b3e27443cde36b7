package wavenet4j.notes.markov;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A Markov model conditioned on filling a given time under constraints, exactly: what is drawn
/// from it has the probability that the model gives it, divided by that of all sequences that
/// satisfy the constraints (Pachet, Roy and Barbieri 2011; Papadopoulos, Pachet, Roy and
/// Sakellariou 2015).
///
/// `message(t, s)` is the probability that from state s at tick t the rest of the time is filled
/// and all constraints are satisfied. A state differs from its failure state in few tokens, so
///
/// `message(t, s) = backoff(s) message(t, failure(s)) + sum over its own tokens w of p(w | s)
/// message(t + length(w), next(s, w)) - backoff(s) p(w | failure(s)) message(t + length(w),
/// next(failure(s), w))`
///
/// which takes one pass over the transitions for each bar.
public final class ConstrainedModel {
    private final KneserNey model;
    private final Tokens tokens;
    private final Product product;
    private final TimeFilter filter;
    private final int from;
    private final int to;
    private final Messages messages;

    private ConstrainedModel(
            KneserNey model, Product product, TimeFilter filter, int from, int to) {
        this.model = model;
        tokens = model.tokenSet();
        this.product = product;
        this.filter = filter;
        this.from = from;
        this.to = to;
        messages = new Messages(model, product, filter, from, to);
    }

    /// Conditions a model.
    ///
    /// @param from the tick where the first token begins
    /// @param to the tick where the last one ends, and with it the sequence
    /// @return absent when no sequence satisfies the constraints
    public static Optional<ConstrainedModel> of(
            KneserNey model, List<FailureAutomaton> automata, TimeFilter filter, int from, int to) {
        var product = new Product(model, automata, from % model.tokenSet().slots());
        var conditioned = new ConstrainedModel(model, product, filter, from, to);
        return conditioned.messages.at(from, product.start()) > 0
                ? Optional.of(conditioned)
                : Optional.empty();
    }

    /// The last tick that a sequence can reach, whatever follows; that of the end where only the
    /// end itself is not allowed.
    ///
    /// @param from the tick where the first token begins
    /// @param to the tick where the last one ends
    public static int lastReached(
            KneserNey model, List<FailureAutomaton> automata, TimeFilter filter, int from, int to) {
        Tokens tokens = model.tokenSet();
        var product = new Product(model, automata, from % tokens.slots());
        var reached = new TreeMap<Integer, Set<Integer>>();
        reached.put(from, Set.of(product.start()));
        int tick = from;
        while (true) {
            for (int token = 0; token < tokens.count(); token++) {
                int then = tick + tokens.length(token);
                boolean fits = tokens.slot(token) == tick % tokens.slots() && then <= to;
                if (!fits || !filter.allows(tick, token)) continue;
                for (int state : reached.getOrDefault(tick, Set.of())) {
                    int next = product.next(state, token);
                    if (next == FailureAutomaton.DEAD) continue;
                    reached.computeIfAbsent(then, _ -> new HashSet<>()).add(next);
                }
            }
            Integer later = reached.higherKey(tick);
            if (later == null) return tick;
            reached.remove(tick);
            tick = later;
        }
    }

    /// A sequence that was drawn.
    ///
    /// @param logProbability of the model without constraints, in nats
    /// @param logConditional of the model conditioned on them: what it was drawn with, in nats
    @SuppressWarnings("ArrayRecordComponent")
    public record Draw(int[] tokens, double logProbability, double logConditional) {}

    /// Draws a sequence.
    public Draw draw(RandomGenerator random) {
        return walk((_, choice) -> choice.draw(random.nextDouble()));
    }

    /// The probability with which that sequence is drawn, as a logarithm.
    public double logConditional(int[] sequence) {
        return walk((i, choice) -> i < sequence.length ? choice.indexOf(sequence[i]) : -1)
                .logConditional();
    }

    private interface Chooser {
        /// The index of the token to take; negative for none.
        int choose(int position, Choice choice);
    }

    private Draw walk(Chooser chooser) {
        var drawn = new ArrayList<Integer>();
        var choice = new Choice();
        double logProbability = 0;
        double logConditional = 0;
        int state = product.start();
        int tick = from;
        while (tick < to) {
            choice.gather(state, tick);
            int index = chooser.choose(drawn.size(), choice);
            if (index < 0) return new Draw(new int[0], 0, Double.NEGATIVE_INFINITY);
            int token = choice.token[index];
            logProbability += Math.log(choice.probability[token]);
            logConditional += Math.log(choice.weight[index] / choice.total);
            drawn.add(token);
            state = choice.target[token];
            tick += tokens.length(token);
        }
        logProbability +=
                Math.log(
                        model.probability(product.context(state), tokens.end(to % tokens.slots())));
        return new Draw(
                drawn.stream().mapToInt(Integer::intValue).toArray(),
                logProbability,
                logConditional);
    }

    /// The tokens that may come next, each with the weight it is drawn by.
    private final class Choice {
        final double[] probability = new double[tokens.count()];
        final int[] target = new int[tokens.count()];
        int[] token = {};
        double[] weight = {};
        double total;

        void gather(int state, int tick) {
            token = messages.tokensAt(tick);
            override(state);
            weight = new double[token.length];
            total = 0;
            for (int i = 0; i < token.length; i++) {
                int t = token[i];
                boolean fits = tick + tokens.length(t) <= to;
                if (fits && probability[t] > 0 && filter.allows(tick, t)) {
                    weight[i] = probability[t] * messages.after(tick, t, target[t]);
                }
                total += weight[i];
            }
        }

        /// From the root on, each state of the chain changes what it has of its own.
        private void override(int state) {
            if (product.isClosed(state)) {
                for (int t : token) probability[t] = 0;
            } else if (state != 0) {
                override(product.failure(state));
                for (int t : token) probability[t] *= product.backoff(state);
            }
            int[] own = product.tokens(state);
            int[] targets = product.targets(state);
            for (int i = 0; i < own.length; i++) {
                probability[own[i]] = model.probability(product.context(state), own[i]);
                target[own[i]] = targets[i];
            }
        }

        int draw(double u) {
            double left = u * total;
            int last = -1;
            for (int i = 0; i < token.length; i++) {
                if (weight[i] == 0) continue;
                last = i;
                left -= weight[i];
                if (left < 0) break;
            }
            return last;
        }

        int indexOf(int wanted) {
            for (int i = 0; i < token.length; i++) {
                if (token[i] == wanted && weight[i] > 0) return i;
            }
            return -1;
        }
    }
}
