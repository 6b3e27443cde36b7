package wavenet4j.cli;

import wavenet4j.Generator;
import wavenet4j.Sampling;
import wavenet4j.Take;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// Tells how well a model foresees recordings, by teacher forcing: before each real sample it is
/// fed, the generator is asked for its distribution.
final class Scorer {
    private static final int CHUNK = 1024;

    private final Generator generator;
    private final float[] logits;

    Scorer(Generator generator) {
        this.generator = generator;
        logits = new float[generator.model().spec().levels()];
    }

    /// What one recording came to.
    ///
    /// @param samples how many were scored
    /// @param bits the sum of their -log2 probabilities
    record Score(long samples, double bits) {
        double bitsPerSample() {
            return bits / samples;
        }

        Score plus(Score other) {
            return new Score(samples + other.samples, bits + other.bits);
        }
    }

    /// Scores one recording.
    ///
    /// @param first the index from which samples are scored; those before are context
    /// @param progress told how many levels are done, now and then
    /// @param stopped asked now and then whether to end early
    Score score(
            int[] levels,
            int first,
            Set<String> labels,
            LongConsumer progress,
            BooleanSupplier stopped) {
        generator.reset(new Take(0, Sampling.DEFAULT, labels));
        generator.prime(levels, 0, first);
        double bits = 0;
        int t = first;
        for (; t < levels.length; t++) {
            if (t % CHUNK == 0) {
                progress.accept(t);
                if (stopped.getAsBoolean()) break;
            }
            generator.logits(logits);
            bits += bits(levels[t]);
            generator.prime(levels, t, t + 1);
        }
        return new Score(t - first, bits);
    }

    /// -log2 of the probability that the softmax of the logits gives a level, in double.
    private double bits(int level) {
        double most = Double.NEGATIVE_INFINITY;
        for (float logit : logits) most = Math.max(most, logit);
        double sum = 0;
        for (float logit : logits) sum += Math.exp(logit - most);
        return (most + Math.log(sum) - logits[level]) / Math.log(2);
    }
}
