package wavenet4j.notes.markov;

import java.util.ArrayList;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A Markov model conditioned on filling a given time under constraints, exactly: what is drawn
/// from it has the probability that the model gives it, times its weight, divided by the sum of the
/// same over all sequences that satisfy the constraints (Pachet, Roy and Barbieri 2011;
/// Papadopoulos, Pachet, Roy and Sakellariou 2015).
///
/// `message(t, s)` is the weighted probability that from state s at tick t the rest of the time is
/// filled and all constraints are satisfied. A state differs from its failure state in few tokens,
/// so
///
/// `message(t, s) = backoff(s) message(t, failure(s)) + sum over its own tokens w of p(w | s)
/// message(t + length(w), next(s, w)) - backoff(s) p(w | failure(s)) message(t + length(w),
/// next(failure(s), w))`
///
/// where each token's terms are times its weight at tick t. It takes one pass over the transitions
/// for each bar.
public final class ConstrainedModel {
    private final KneserNey model;
    private final Tokens tokens;
    private final Product product;
    private final TimeWeight weight;
    private final int from;
    private final int to;
    private final Messages messages;

    private ConstrainedModel(Task task) {
        model = task.model();
        tokens = model.tokenSet();
        product = new Product(task);
        weight = task.weight();
        from = task.from();
        to = task.to();
        messages = new Messages(task, product);
    }

    /// Conditions a model.
    ///
    /// @return absent when no sequence satisfies the demands
    public static Optional<ConstrainedModel> of(Task task) {
        var conditioned = new ConstrainedModel(task);
        return conditioned.messages.at(conditioned.from, conditioned.product.start()) > 0
                ? Optional.of(conditioned)
                : Optional.empty();
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
            logConditional += Math.log(choice.drawn[index] / choice.total);
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

    /// The tokens that may come next, each with what it is drawn by, up to a factor.
    private final class Choice {
        final double[] probability = new double[tokens.count()];
        final int[] target = new int[tokens.count()];
        int[] token = {};
        double[] drawn = {};
        double total;

        void gather(int state, int tick) {
            token = messages.tokensAt(tick);
            override(state);
            drawn = new double[token.length];
            total = 0;
            for (int i = 0; i < token.length; i++) {
                int t = token[i];
                boolean fits = tick + tokens.length(t) <= to;
                if (fits && probability[t] > 0) {
                    drawn[i] = weight.of(tick, t) * probability[t];
                    if (drawn[i] > 0) drawn[i] *= messages.after(tick, t, target[t]);
                }
                total += drawn[i];
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
                if (drawn[i] == 0) continue;
                last = i;
                left -= drawn[i];
                if (left < 0) break;
            }
            return last;
        }

        int indexOf(int wanted) {
            for (int i = 0; i < token.length; i++) {
                if (token[i] == wanted && drawn[i] > 0) return i;
            }
            return -1;
        }
    }
}
