package wavenet4j.train.evaluation;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.Take;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.LinearPcm;
import wavenet4j.distribution.Quantizer;
import wavenet4j.distribution.Sampling;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.levels.Span;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// Measures how well a model predicts recordings, with the arithmetic that makes takes: before each
/// real sample it is given (teacher forcing), the generator is asked for its distribution.
public final class Evaluator {
    private static final int CHUNK = 1024;
    private static final double LN2 = Math.log(2);

    private final Generator generator;
    private final Distribution distribution;
    private final float[] outputs;
    private final double[] bitsWithinLevel;

    /// @param generator of the model; it is reset for each recording, and not closed
    public Evaluator(Generator generator) {
        this.generator = generator;
        distribution = generator.model().spec().distribution();
        outputs = new float[distribution.width()];
        bitsWithinLevel = bitsWithinLevel(distribution.quantizer());
    }

    /// The index of the first sample whose whole context is known: 0 where the model was trained
    /// with silence before each recording, with which a generator begins, too; else its receptive
    /// field.
    ///
    /// @param span of the recording that is evaluated
    static int firstPredicted(Model model, Span span) {
        boolean begins = span.from() == 0 && model.info().preprocessing().leadIn();
        return begins ? 0 : model.spec().receptiveField();
    }

    /// For each level the bits that tell which of the 16-bit values it stands for; 0 where it
    /// stands for one or, as fine levels around silence do, for none.
    private static double[] bitsWithinLevel(Quantizer quantizer) {
        var values = new int[quantizer.levels()];
        var pcm = new LinearPcm();
        for (int value = 0; value < pcm.levels(); value++) {
            values[quantizer.encode(pcm.decode(value))]++;
        }
        return Arrays.stream(values).mapToDouble(n -> Math.log(Math.max(n, 1)) / LN2).toArray();
    }

    /// Evaluates all of these recordings.
    public NegativeLogLikelihood evaluate(List<EncodedRecording> recordings) {
        var total = NegativeLogLikelihood.NONE;
        for (EncodedRecording recording : recordings) {
            total = total.plus(evaluate(recording, _ -> {}, () -> false));
        }
        return total;
    }

    /// Evaluates one recording.
    ///
    /// @param progress is given the number of samples done, now and then
    /// @param stopped whether to end early, with what was done so far
    public NegativeLogLikelihood evaluate(
            EncodedRecording recording, LongConsumer progress, BooleanSupplier stopped) {
        int[] levels = recording.levels().toArray();
        int first = firstPredicted(generator.model(), recording.span());
        if (levels.length <= first) return NegativeLogLikelihood.NONE;
        generator.reset(new Take(0, Sampling.DEFAULT, recording.labels()));
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
            nats -= distribution.logProbability(outputs, levels[t]);
            within += bitsWithinLevel[levels[t]];
            generator.prime(levels, t, t + 1);
        }
        return new NegativeLogLikelihood(t - first, nats / LN2, within);
    }
}
