package wavenet4j.notes.counts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A model of choices: for each kind a weighted mean of count models, one for every context. Half
/// of them hold the counts of the training pieces, the other half those of the piece at hand up to
/// the choice.
final class MixedCounts {
    private static final int ROUNDS = 300;

    private final int[] tokens;
    private final List<List<BackoffCounts>> trained = new ArrayList<>();
    private final List<double[]> weights = new ArrayList<>();

    /// Counts in pieces, and sets the weights to those that are best for other pieces.
    ///
    /// @param tokens the number of tokens, by kind
    MixedCounts(int[] tokens, List<List<Choice>> training, List<List<Choice>> tuning) {
        this.tokens = tokens.clone();
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
            double[] equal = new double[2 * trained.get(kind).size()];
            Arrays.fill(equal, 1.0 / equal.length);
            weights.add(best(equal, byKind.get(kind)));
        }
    }

    private static double[] best(double[] start, List<double[]> probabilities) {
        double[] weights = start;
        for (int round = 0; round < ROUNDS && !probabilities.isEmpty(); round++) {
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
            return mean(weights.get(choice.kind()), probabilities(choice));
        }

        private double[] probabilities(Choice choice) {
            int kind = choice.kind();
            double[] p = new double[2 * choice.contexts().length];
            Arrays.fill(p, 1.0 / tokens[kind]);
            for (int i = 0; i < choice.contexts().length; i++) {
                int[] context = choice.contexts()[i];
                List<BackoffCounts> counted = trained.get(kind);
                if (i < counted.size()) {
                    p[2 * i] = counted.get(i).probability(context, choice.token());
                }
                List<BackoffCounts> here = ofPiece.get(kind);
                if (i < here.size()) {
                    p[2 * i + 1] = here.get(i).probability(context, choice.token());
                }
            }
            return p;
        }

        void add(Choice choice) {
            MixedCounts.this.add(ofPiece, choice);
        }
    }
}
