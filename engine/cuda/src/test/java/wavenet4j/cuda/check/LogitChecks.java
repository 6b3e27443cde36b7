package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import wavenet4j.Generator;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.cuda.check.LevelChecks.Trial;
import wavenet4j.distribution.MuLaw;
import wavenet4j.distribution.Sampling;
import wavenet4j.spec.Precision;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// Checks of the logits that a GPU computes in float16, within tolerances. Each returns its
/// figures.
final class LogitChecks {
    /// As a share of the largest logit, as in the contract of the backends.
    private static final double MOST_DIFFERENCE = 1e-2;

    /// Mean Kullback-Leibler divergence in nats: less than 0.002 bits.
    private static final double MOST_DIVERGENCE = 1e-3;

    /// Bits per sample.
    private static final double MOST_BITS_APART = 0.002;

    private static final int LONGEST_STEP = 8;

    private LogitChecks() {}

    /// Logits under teacher forcing are close to the oracle's, which has the same rounded weights:
    /// a free-running take would diverge after some samples.
    static String forced(CheckedGpu gpu, List<Trial> trials) {
        var figures = new StringJoiner(", ");
        for (Trial trial : trials) {
            CheckedNetwork network = trial.network();
            var take = new Take(12, Sampling.DEFAULT, network.labels());
            var random = new Random(12);
            var history = new int[trial.samples()];
            var distance = new Distance(network.spec().levels());
            try (var oracle = network.roundedTo(Precision.FLOAT16).onProcessor(trial.oracle());
                    var streams = gpu.open(network, Precision.FLOAT16, 1)) {
                oracle.reset(take);
                streams.reset(0, take);
                distance.add(oracle, streams);
                for (int t = 0; t < history.length; ) {
                    int to = Math.min(history.length, t + random.nextInt(1, LONGEST_STEP + 1));
                    oracle.generate(history, t, to);
                    streams.prime(0, history, t, to);
                    distance.add(oracle, streams);
                    t = to;
                }
            }
            figures.add(
                    "%s beside the backend %s: %.1e of the largest logit at most, %.1e nats on average"
                            .formatted(
                                    network.name(),
                                    trial.oracle(),
                                    distance.most,
                                    distance.mean()));
            // Written so that NaN fails.
            assertThat(distance.most <= MOST_DIFFERENCE && distance.mean() <= MOST_DIVERGENCE)
                    .as("%s", figures)
                    .isTrue();
        }
        return figures.toString();
    }

    private static final class Distance {
        private final float[] expected;
        private final float[] actual;
        private double most;
        private double divergence;
        private int places;

        Distance(int levels) {
            expected = new float[levels];
            actual = new float[levels];
        }

        void add(Generator oracle, Streams streams) {
            oracle.outputs(expected);
            streams.outputs(0, actual);
            double largest = 1;
            for (float logit : expected) largest = Math.max(largest, Math.abs(logit));
            double[] p = logProbabilities(expected);
            double[] q = logProbabilities(actual);
            for (int i = 0; i < p.length; i++) {
                most = Math.max(most, Math.abs((double) actual[i] - expected[i]) / largest);
                divergence += Math.exp(p[i]) * (p[i] - q[i]);
            }
            places++;
        }

        double mean() {
            return divergence / places;
        }
    }

    /// Bits per sample of audio are those of the cpu backend in float32.
    static String bits(CheckedGpu gpu, CheckedNetwork network, int[] levels) {
        try (var oracle = network.onProcessor("cpu");
                var streams = gpu.open(network, Precision.FLOAT16, 1)) {
            var logits = new float[network.spec().levels()];
            oracle.reset(Take.ofSeed(0));
            streams.reset(0, Take.ofSeed(0));
            double expected = 0;
            double actual = 0;
            for (int t = 0; t < levels.length; t++) {
                oracle.outputs(logits);
                expected -= logProbabilities(logits)[levels[t]];
                oracle.prime(levels, t, t + 1);
                streams.outputs(0, logits);
                actual -= logProbabilities(logits)[levels[t]];
                streams.prime(0, levels, t, t + 1);
            }
            expected /= Math.log(2) * levels.length;
            actual /= Math.log(2) * levels.length;
            assertThat(actual)
                    .as("bits per sample of %s", network.name())
                    .isCloseTo(expected, within(MOST_BITS_APART));
            return "%s, %,d samples: %.4f bits per sample on the GPU, %.4f on the processor, difference %+.5f"
                    .formatted(network.name(), levels.length, actual, expected, actual - expected);
        }
    }

    /// A take of the cpu backend.
    static int[] take(CheckedNetwork network, int samples) {
        var levels = new int[samples];
        try (var oracle = network.onProcessor("cpu")) {
            oracle.reset(Take.ofSeed(13));
            oracle.generate(levels, 0, samples);
        }
        return levels;
    }

    /// The first samples of a WAV file of the network's sample rate, quantized.
    static int[] recording(Path file, ModelSpec spec, int most) throws IOException {
        var wanted = new AudioFormat(spec.sampleRate(), 16, 1, true, false);
        try (var in = AudioSystem.getAudioInputStream(file.toFile());
                var mono = AudioSystem.getAudioInputStream(wanted, in)) {
            var samples =
                    ByteBuffer.wrap(mono.readNBytes(2 * most))
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asShortBuffer();
            var mulaw = new MuLaw(spec.levels());
            var levels = new int[samples.remaining()];
            for (int i = 0; i < levels.length; i++)
                levels[i] = mulaw.encode(samples.get(i) / 32768f);
            assertThat(levels).as("samples of %s", file).isNotEmpty();
            return levels;
        } catch (UnsupportedAudioFileException | IllegalArgumentException e) {
            throw new IOException(
                    "%s is no WAV file at %d samples a second".formatted(file, spec.sampleRate()),
                    e);
        }
    }

    /// The natural logarithm of the softmax, in double precision.
    static double[] logProbabilities(float[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (float logit : logits) most = Math.max(most, logit);
        double sum = 0;
        for (float logit : logits) sum += Math.exp(logit - most);
        double total = most + Math.log(sum);
        var logs = new double[logits.length];
        for (int q = 0; q < logs.length; q++) logs[q] = logits[q] - total;
        return logs;
    }
}
