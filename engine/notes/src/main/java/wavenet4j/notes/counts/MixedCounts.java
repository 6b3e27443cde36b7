package wavenet4j.notes.counts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A model of choices: for each kind a weighted mean of count models, one for every context. An
/// adaptive one has as many again, which count the piece at hand up to the choice.
final class MixedCounts {
    private static final int ROUNDS = 300;

    private final int[] tokens;
    private final boolean adaptive;
    private final List<List<BackoffCounts>> trained = new ArrayList<>();

    /// By kind; empty where the tuning pieces have none of it, and all count alike.
    private final List<double[]> weights = new ArrayList<>();

    /// Counts in pieces, and sets the weights to those that are best for other pieces.
    ///
    /// @param tokens the number of tokens, by kind
    MixedCounts(
            int[] tokens,
            boolean adaptive,
            List<List<Choice>> training,
            List<List<Choice>> tuning) {
        this.tokens = tokens.clone();
        this.adaptive = adaptive;
        for (int kind = 0; kind < tokens.length; kind++) trained.add(new ArrayList<>());
        for (List<Choice> piece : training) piece.forEach(choice -> add(trained, choice));
        tune(tuning);
    }

    private void add(List<List<BackoffCounts>> models, Choice choice) {
        List<BackoffCounts> ofKind = models.get(choice.kind());
        for (int i = 0; i < choice.contexts().length; i++) {
            int[] context = choice.contexts()[i];
            if (i == ofKind.size()) {
                ofKind.add(new BackoffCounts(tokens[choice.kind()], context.length));
            }
            ofKind.get(i).add(context, choice.token());
        }
    }

    /// Finds weights by expectation-maximization.
    private void tune(List<List<Choice>> pieces) {
        List<List<double[]>> byKind = new ArrayList<>();
        for (int kind = 0; kind < tokens.length; kind++) byKind.add(new ArrayList<>());
        for (List<Choice> piece : pieces) {
            var reader = new Reader();
            for (Choice choice : piece) {
                byKind.get(choice.kind()).add(reader.probabilities(choice));
                reader.add(choice);
            }
        }
        for (int kind = 0; kind < tokens.length; kind++) {
            weights.add(best(byKind.get(kind)));
        }
    }

    private static double[] best(List<double[]> probabilities) {
        if (probabilities.isEmpty()) return new double[0];
        double[] weights = new double[probabilities.getFirst().length];
        Arrays.fill(weights, 1.0 / weights.length);
        for (int round = 0; round < ROUNDS; round++) {
            double[] shares = new double[weights.length];
            for (double[] p : probabilities) {
                double sum = mean(weights, p);
                for (int i = 0; i < p.length; i++) shares[i] += weights[i] * p[i] / sum;
            }
            for (int i = 0; i < shares.length; i++) shares[i] /= probabilities.size();
            weights = shares;
        }
        return weights;
    }

    private static double mean(double[] weights, double[] values) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) sum += weights[i] * values[i];
        return sum;
    }

    /// The code length of a piece that was not counted.
    double bits(List<Choice> piece) {
        var reader = new Reader();
        double bits = 0;
        for (Choice choice : piece) {
            bits -= Math.log(reader.probability(choice)) / Math.log(2);
            reader.add(choice);
        }
        return bits;
    }

    /// Reads a piece from its beginning.
    final class Reader {
        private final List<List<BackoffCounts>> ofPiece = new ArrayList<>();

        Reader() {
            for (int kind = 0; kind < tokens.length; kind++) ofPiece.add(new ArrayList<>());
        }

        /// Of the choice's token, given its contexts and all choices before it.
        double probability(Choice choice) {
            double[] p = probabilities(choice);
            double[] tuned = weights.get(choice.kind());
            return tuned.length > 0 ? mean(tuned, p) : Arrays.stream(p).average().orElseThrow();
        }

        private double[] probabilities(Choice choice) {
            int contexts = choice.contexts().length;
            double[] p = new double[(adaptive ? 2 : 1) * contexts];
            Arrays.fill(p, 1.0 / tokens[choice.kind()]);
            fill(p, 0, trained.get(choice.kind()), choice);
            if (adaptive) fill(p, contexts, ofPiece.get(choice.kind()), choice);
            return p;
        }

        /// Without counts of a kind, all its tokens are equally likely.
        private static void fill(double[] p, int from, List<BackoffCounts> models, Choice choice) {
            for (int i = 0; i < models.size(); i++) {
                p[from + i] = models.get(i).probability(choice.contexts()[i], choice.token());
            }
        }

        void add(Choice choice) {
            if (adaptive) MixedCounts.this.add(ofPiece, choice);
        }
    }
}
