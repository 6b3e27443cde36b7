package wavenet4j.notes.markov;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The messages of a [ConstrainedModel] at every tick, computed from the end back. Those of a tick
/// are scaled together by a power of two, as long sequences would underflow.
final class Messages {
    /// Where so small a share of a failure state's message is left, it is all rounding: then the
    /// sum is taken anew, over all tokens.
    private static final double CANCELLED = 1e-9;

    private final KneserNey model;
    private final Tokens tokens;
    private final Product product;
    private final TimeWeight weight;
    private final int from;
    private final int to;
    private final int[][] tokensOfSlot;
    private final int longest; // length of a token
    private final Places places;
    private final Links links;
    private final double[][] messages; // of each tick
    private final int[] exponent; // a message is messages[t][s] 2^exponent[t]

    Messages(Task task, Product product) {
        model = task.model();
        tokens = model.tokenSet();
        this.product = product;
        weight = task.weight();
        from = task.from();
        to = task.to();
        tokensOfSlot =
                IntStream.range(0, tokens.slots())
                        .mapToObj(slot ->
                                IntStream.range(0, tokens.count())
                                        .filter(token -> tokens.slot(token) == slot)
                                        .toArray())
                        .toArray(int[][]::new);
        longest = IntStream.range(0, tokens.count()).map(tokens::length).max().orElse(0);
        places = new Places(product, tokens.slots());
        links = new Links(model, product, places);
        messages = new double[to - from + 1][];
        exponent = new int[to - from + 1];
        end();
        for (int tick = to - 1; tick >= from; tick--) new Pass(tick).run();
    }

    /// The tokens that can begin at a tick.
    int[] tokensAt(int tick) {
        return tokensOfSlot[tick % tokens.slots()];
    }

    /// The message of a state at a tick of its slot, in that tick's scale.
    double at(int tick, int state) {
        return messages[tick - from][places.resolve(tick, places.of(state))];
    }

    /// The message after a token, in the scale of the tick where the token begins; 0 where it does
    /// not end in time.
    double after(int tick, int token, int target) {
        int then = tick + tokens.length(token);
        if (then > to || target == FailureAutomaton.DEAD) return 0;
        return Math.scalb(at(then, target), exponent[then - from] - exponent[tick - from]);
    }

    private void end() {
        double[] last = new double[places.size(to)];
        int end = tokens.end(to % tokens.slots());
        for (int[] states : new int[][] {places.everywhere(), places.at(to)}) {
            for (int state : states) {
                if (!product.accepts(state)) continue;
                last[places.resolve(to, places.of(state))] =
                        model.probability(product.context(state), end);
            }
        }
        messages[to - from] = last;
    }

    /// The messages of one tick.
    private final class Pass {
        final int tick;
        final double[] of;
        final int[] live; // how many tokens lead on from a state: 0 is exact where sums are rounded
        final double[] weightOf = new double[tokens.count()]; // 0 for a token that does not fit
        final int[] fitting;
        final double[] scale; // of the messages after that many ticks

        Pass(int tick) {
            this.tick = tick;
            of = new double[places.size(tick)];
            live = new int[of.length];
            fitting =
                    Arrays.stream(tokensAt(tick))
                            .filter(token -> tick + tokens.length(token) <= to)
                            .filter(token -> weight.of(tick, token) > 0)
                            .toArray();
            for (int token : fitting) weightOf[token] = weight.of(tick, token);
            scale = new double[Math.min(longest, to - tick) + 1];
        }

        void run() {
            messages[tick - from] = of;
            if (fitting.length == 0) return;
            int reference =
                    Arrays.stream(fitting)
                            .map(token -> exponent[tick + tokens.length(token) - from])
                            .max()
                            .getAsInt();
            exponent[tick - from] = reference;
            for (int length = 1; length < scale.length; length++) {
                scale[length] = Math.scalb(1.0, exponent[tick + length - from] - reference);
            }
            sum(places.everywhere());
            sum(places.at(tick));
            double most = Arrays.stream(of).max().orElse(0);
            if (most == 0) return;
            int shift = Math.getExponent(most);
            for (int i = 0; i < of.length; i++) of[i] = Math.scalb(of[i], -shift);
            exponent[tick - from] += shift;
        }

        private void sum(int[] states) {
            for (int state : states) {
                if (state == 0 || product.isClosed(state)) sumOwn(state);
                else sumWithFailure(state);
            }
        }

        /// Over the tokens that a state has of its own: all, at the root and where it is closed.
        private void sumOwn(int state) {
            int at = places.resolve(tick, places.of(state));
            double sum = 0;
            for (int link = links.first[state]; link < links.first[state + 1]; link++) {
                double factor = weightOf[links.token[link]];
                if (factor == 0) continue;
                double after = factor * after(link, links.target[link]);
                if (after > 0) live[at]++;
                sum += links.probability[link] * after;
            }
            of[at] = sum;
        }

        /// From the failure state's message, and what differs from it.
        private void sumWithFailure(int state) {
            int at = places.resolve(tick, places.of(state));
            int failure = places.resolve(tick, places.of(product.failure(state)));
            double lentAll = product.backoff(state) * of[failure];
            double left = lentAll;
            double sum = 0;
            int lentLive = live[failure];
            for (int link = links.first[state]; link < links.first[state + 1]; link++) {
                double factor = weightOf[links.token[link]];
                if (factor == 0) continue;
                double before = factor * after(link, links.lentTarget[link]);
                if (before > 0 && links.lent[link] > 0) lentLive--;
                left -= links.lent[link] * before;
                double after = factor * after(link, links.target[link]);
                if (after > 0) live[at]++;
                sum += links.probability[link] * after;
            }
            if (lentLive > 0) {
                sum += left > CANCELLED * lentAll ? left : lentOthers(state);
                live[at] += lentLive;
            }
            of[at] = sum;
        }

        private double after(int link, int target) {
            if (target == Places.NOWHERE) return 0;
            int length = tokens.length(links.token[link]);
            int then = tick + length;
            return scale[length] * messages[then - from][places.resolve(then, target)];
        }

        /// What the failure state gives to the tokens that a state has not of its own.
        private double lentOthers(int state) {
            int failure = product.failure(state);
            int shorter = product.context(failure);
            double sum = 0;
            for (int token : fitting) {
                if (Arrays.binarySearch(product.tokens(state), token) >= 0) continue;
                int target = product.next(failure, token);
                double after = Messages.this.after(tick, token, target);
                sum += weightOf[token] * model.probability(shorter, token) * after;
            }
            return product.backoff(state) * sum;
        }
    }
}
