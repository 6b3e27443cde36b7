package wavenet4j.cuda.check;

import wavenet4j.Generator;
import wavenet4j.Take;
import wavenet4j.distribution.Sampling;
import wavenet4j.spec.Precision;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// Feeds the card what the processor draws, and compares what both expect next. Products of float16
/// round other numbers than float32's do, so that takes part after a while: the history is forced.
record ForcedCheck(List<Trial> trials) implements Check {
    /// Of the largest logit, as the contract of the backends has it.
    static final double MOST_DIFFERENCE = 1e-2;

    /// Nats a sample, on average: less than what the check `bits` allows, 0.002 bits.
    static final double MOST_DIVERGENCE = 1e-3;

    private static final int SEED = 12;
    private static final int LONGEST_STEP = 8;

    @Override
    public String name() {
        return "forced";
    }

    @Override
    public String claim() {
        return "in float16 the logits lie within %s of the largest, and %s nats on average, of the reference's on the same rounded weights and history"
                .formatted(MOST_DIFFERENCE, MOST_DIVERGENCE);
    }

    @Override
    public CheckResult run(CheckedGpu rig, Consumer<String> notes) {
        boolean within = true;
        var numbers = new StringBuilder();
        for (Trial trial : trials) {
            Distance distance = distance(rig, trial);
            within &= distance.most <= MOST_DIFFERENCE;
            within &= distance.meanDivergence() <= MOST_DIVERGENCE;
            if (!numbers.isEmpty()) numbers.append(", ");
            numbers.append(
                    "%s beside the backend %s: %.1e of the largest logit at most, %.1e nats on average"
                            .formatted(
                                    trial.network().name(),
                                    trial.oracle(),
                                    distance.most,
                                    distance.meanDivergence()));
        }
        return CheckResult.of(within, numbers.toString());
    }

    private static Distance distance(CheckedGpu rig, Trial trial) {
        CheckedNetwork network = trial.network();
        CheckedNetwork rounded = network.roundedTo(Precision.FLOAT16);
        var take = new Take(SEED, Sampling.DEFAULT, network.labels());
        var random = new Random(SEED);
        var history = new int[trial.samples()];
        var distance = new Distance(network.spec().levels());
        try (var oracle = rounded.onProcessor(trial.oracle());
                var card = rig.openOne(network, Precision.FLOAT16)) {
            oracle.reset(take);
            card.reset(take);
            distance.add(oracle, card);
            for (int t = 0; t < history.length; ) {
                int to = Math.min(history.length, t + random.nextInt(1, LONGEST_STEP + 1));
                oracle.generate(history, t, to);
                card.prime(history, t, to);
                distance.add(oracle, card);
                t = to;
            }
        }
        return distance;
    }

    /// Between what two generators expect next, over all places that were looked at.
    private static final class Distance {
        private final float[] expected;
        private final float[] found;
        private double most;
        private double divergence;
        private int places;

        Distance(int levels) {
            expected = new float[levels];
            found = new float[levels];
        }

        void add(Generator oracle, Generator card) {
            oracle.outputs(expected);
            card.outputs(found);
            double largest = 1;
            for (float logit : expected) largest = Math.max(largest, Math.abs(logit));
            for (int q = 0; q < expected.length; q++) {
                double difference = Math.abs((double) found[q] - expected[q]) / largest;
                // Not a number is as far off as can be.
                most = difference <= most ? most : Double.isNaN(difference) ? 1e9 : difference;
            }
            divergence += Softmax.divergence(expected, found);
            places++;
        }

        double meanDivergence() {
            return divergence / places;
        }
    }
}
