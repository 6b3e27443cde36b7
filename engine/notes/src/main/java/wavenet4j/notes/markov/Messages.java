package wavenet4j.notes.markov;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The messages of a [ConstrainedModel] at every tick, computed from the end back. Those of a tick
/// are scaled together by a power of two, as long sequences would underflow.
final class Messages {
    /// Where so small a share of a failure state's message is left, it is all rounding: then the
    /// sum is taken anew, over all tokens.
    private static final double CANCELLED = 1e-6;

    private final KneserNey model;
    private final Tokens tokens;
    private final Product product;
    private final TimeFilter filter;
    private final int from;
    private final int to;
    private final int[][] bySlot; // the tokens of each slot
    private final int[] order; // states after their failure states
    private final int[] index; // of a state among those of its slot
    private final int[] states; // how many each slot has; last, those that are met in all
    private final double[][] own; // probabilities of a state's own tokens
    private final double[][] lent; // what the failure state gives those, times the back-off
    private final int[][] lentTarget; // where the failure state's transitions lead for those
    private final double[][] messages; // of each tick
    private final int[] exponent; // a message is messages[t][s] 2^exponent[t]

    Messages(KneserNey model, Product product, TimeFilter filter, int from, int to) {
        this.model = model;
        tokens = model.tokenSet();
        this.product = product;
        this.filter = filter;
        this.from = from;
        this.to = to;
        int slots = tokens.slots();
        bySlot = new int[slots][];
        for (int slot = 0; slot < slots; slot++) {
            int of = slot;
            bySlot[slot] =
                    IntStream.range(0, tokens.count())
                            .filter(token -> tokens.slot(token) == of)
                            .toArray();
        }
        order = afterFailures();
        index = new int[product.states()];
        states = new int[slots + 1];
        for (int state = 0; state < index.length; state++) {
            int slot = product.slot(state);
            index[state] = states[slot < 0 ? slots : slot]++;
        }
        own = new double[index.length][];
        lent = new double[index.length][];
        lentTarget = new int[index.length][];
        for (int state = 0; state < index.length; state++) weigh(state);
        messages = new double[to - from + 1][];
        exponent = new int[to - from + 1];
        end();
        for (int tick = to - 1; tick >= from; tick--) new Pass(tick).run();
    }

    private int[] afterFailures() {
        int[] chain = new int[product.states()];
        for (int state = 0; state < chain.length; state++) {
            for (int s = state; s != 0; s = product.failure(s)) chain[state]++;
        }
        return IntStream.range(0, chain.length)
                .boxed()
                .sorted(Comparator.comparingInt(state -> chain[state]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private void weigh(int state) {
        int context = product.context(state);
        int[] token = product.tokens(state);
        own[state] = Arrays.stream(token).mapToDouble(t -> model.probability(context, t)).toArray();
        if (state == 0) return;
        int failure = product.failure(state);
        int shorter = product.context(failure);
        double backoff = shorter == context ? 1 : model.backoff(context);
        lent[state] =
                Arrays.stream(token)
                        .mapToDouble(t -> backoff * model.probability(shorter, t))
                        .toArray();
        lentTarget[state] = Arrays.stream(token).map(t -> product.next(failure, t)).toArray();
    }

    /// The tokens that can begin at a tick.
    int[] tokensAt(int tick) {
        return bySlot[tick % tokens.slots()];
    }

    /// The message of a state at a tick of its slot, in that tick's scale.
    double at(int tick, int state) {
        return messages[tick - from][place(tick, state)];
    }

    /// The message after a token, in the scale of the tick where the token begins; 0 where it does
    /// not end in time.
    double after(int tick, int token, int target) {
        int then = tick + tokens.length(token);
        if (then > to || target == FailureAutomaton.DEAD) return 0;
        return Math.scalb(at(then, target), exponent[then - from] - exponent[tick - from]);
    }

    private int place(int tick, int state) {
        return product.slot(state) < 0
                ? states[tick % tokens.slots()] + index[state]
                : index[state];
    }

    private double[] emptyMessages(int tick) {
        return new double[states[tick % tokens.slots()] + states[tokens.slots()]];
    }

    private boolean isMet(int tick, int state) {
        int slot = product.slot(state);
        return slot < 0 || slot == tick % tokens.slots();
    }

    private void end() {
        double[] last = emptyMessages(to);
        int end = tokens.end(to % tokens.slots());
        for (int state : order) {
            if (isMet(to, state) && product.accepts(state)) {
                last[place(to, state)] = model.probability(product.context(state), end);
            }
        }
        messages[to - from] = last;
    }

    /// The messages of one tick.
    private final class Pass {
        final int tick;
        final double[] of;
        final int[] live; // how many tokens lead on from a state: 0 is exact where sums are rounded
        final boolean[] allowed = new boolean[tokens.count()];
        final int[] fitting;

        Pass(int tick) {
            this.tick = tick;
            of = emptyMessages(tick);
            live = new int[of.length];
            fitting =
                    Arrays.stream(tokensAt(tick))
                            .filter(token -> tick + tokens.length(token) <= to)
                            .filter(token -> filter.allows(tick, token))
                            .toArray();
            for (int token : fitting) allowed[token] = true;
        }

        void run() {
            messages[tick - from] = of;
            exponent[tick - from] =
                    Arrays.stream(fitting)
                            .map(token -> exponent[tick + tokens.length(token) - from])
                            .max()
                            .orElse(0);
            for (int state : order) {
                if (!isMet(tick, state)) continue;
                if (state == 0) sumAll();
                else sum(state);
            }
            double most = Arrays.stream(of).max().orElse(0);
            if (most == 0) return;
            int shift = Math.getExponent(most);
            for (int i = 0; i < of.length; i++) of[i] = Math.scalb(of[i], -shift);
            exponent[tick - from] += shift;
        }

        /// At the root, whose own tokens are all.
        private void sumAll() {
            int root = place(tick, 0);
            for (int token : fitting) {
                double after = after(tick, token, product.targets(0)[token]);
                if (after > 0) live[root]++;
                of[root] += own[0][token] * after;
            }
        }

        private void sum(int state) {
            int at = place(tick, state);
            int failure = product.failure(state);
            int[] token = product.tokens(state);
            int[] target = product.targets(state);
            double backoff = backoff(state);
            double lentAll = backoff * of[place(tick, failure)];
            double left = lentAll;
            double sum = 0;
            int lentLive = live[place(tick, failure)];
            for (int i = 0; i < token.length; i++) {
                if (!allowed[token[i]]) continue;
                double before = after(tick, token[i], lentTarget[state][i]);
                if (before > 0) lentLive--;
                left -= lent[state][i] * before;
                double after = after(tick, token[i], target[i]);
                if (after > 0) live[at]++;
                sum += own[state][i] * after;
            }
            if (lentLive > 0) {
                sum += left > CANCELLED * lentAll ? left : lentOthers(state);
                live[at] += lentLive;
            }
            of[at] = sum;
        }

        private double backoff(int state) {
            int context = product.context(state);
            return product.context(product.failure(state)) == context ? 1 : model.backoff(context);
        }

        /// What the failure state gives to the tokens that a state has not of its own.
        private double lentOthers(int state) {
            int failure = product.failure(state);
            int shorter = product.context(failure);
            double sum = 0;
            for (int token : fitting) {
                if (Arrays.binarySearch(product.tokens(state), token) >= 0) continue;
                sum +=
                        model.probability(shorter, token)
                                * after(tick, token, product.next(failure, token));
            }
            return backoff(state) * sum;
        }
    }
}
