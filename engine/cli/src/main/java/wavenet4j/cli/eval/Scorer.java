package wavenet4j.cli.eval;

import wavenet4j.Generator;
import wavenet4j.Take;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.LinearPcm;
import wavenet4j.distribution.Quantizer;
import wavenet4j.distribution.Sampling;

import java.util.Arrays;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// Tells how well a model foresees recordings, by teacher forcing: before each real sample it is
/// fed, the generator is asked for its distribution.
final class Scorer {
    private static final int CHUNK = 1024;
    private static final double LN2 = Math.log(2);

    private final Generator generator;
    private final Distribution output;
    private final float[] outputs;
    private final double[] bitsWithin;

    Scorer(Generator generator) {
        this.generator = generator;
        output = generator.model().spec().distribution();
        outputs = new float[output.width()];
        bitsWithin = bitsWithin(output.quantizer());
    }

    /// For each level the bits that tell which of the 16-bit values it stands for; none where it
    /// stands for one or, as fine levels around silence do, for none.
    private static double[] bitsWithin(Quantizer quantizer) {
        var values = new int[quantizer.levels()];
        var pcm = new LinearPcm();
        for (int value = 0; value < pcm.levels(); value++) {
            values[quantizer.encode(pcm.decode(value))]++;
        }
        return Arrays.stream(values).mapToDouble(n -> Math.log(Math.max(n, 1)) / LN2).toArray();
    }

    /// What one recording came to.
    ///
    /// @param samples how many were scored
    /// @param bits the sum of the -log2 probabilities of their levels
    /// @param bitsWithin the sum of what it takes to tell 16-bit values from others of their level
    record Score(long samples, double bits, double bitsWithin) {
        static final Score NONE = new Score(0, 0, 0);

        double bitsPerSample() {
            return bits / samples;
        }

        /// The same for the samples as 16-bit values, each as likely as any other of its level:
        /// what models with other levels can be compared by.
        double bitsPer16BitSample() {
            return (bits + bitsWithin) / samples;
        }

        Score plus(Score other) {
            return new Score(
                    samples + other.samples, bits + other.bits, bitsWithin + other.bitsWithin);
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
        double nats = 0;
        double within = 0;
        int t = first;
        for (; t < levels.length; t++) {
            if (t % CHUNK == 0) {
                progress.accept(t);
                if (stopped.getAsBoolean()) break;
            }
            generator.outputs(outputs);
            nats -= output.logProbability(outputs, levels[t]);
            within += bitsWithin[levels[t]];
            generator.prime(levels, t, t + 1);
        }
        return new Score(t - first, nats / LN2, within);
    }
}
