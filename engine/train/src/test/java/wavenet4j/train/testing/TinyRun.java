package wavenet4j.train.testing;

import static org.assertj.core.api.Assertions.assertThat;

import wavenet4j.ModelSpec;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Quantizer;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.SampleHead;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Batch;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.levels.Levels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Networks, recordings and configurations of the smallest useful size.
public final class TinyRun {
    public static final String CONFIG =
            """
            network:
              levels: 16
              channels: {residual: 6, gate: 5, skip: 7, head: 8}
              dilations: 2 x 1..4
            training:
              batch: 2
              window: 100
              steps: 60
              learningRate: 0.01
              warmupSteps: 5
              averaging: 0.9
              validateEvery: 20
              validationWindows: 4
              checkpointEvery: 20
              previews: {every: 0}
            """;

    private TinyRun() {}

    public static ModelSpec spec(
            int levels, int kernelSize, List<Integer> dilations, String... labels) {
        return spec(new Distribution.Categorical(levels), kernelSize, dilations, labels);
    }

    public static ModelSpec spec(
            Distribution output, int kernelSize, List<Integer> dilations, String... labels) {
        return new ModelSpec(
                8000,
                output,
                new DilatedConvolutions(6, 5, 7, kernelSize, dilations),
                new SampleHead(8),
                Conditioning.onLabels(List.of(labels), 3));
    }

    /// The configuration with those settings, `key=value`.
    public static TrainConfig config(String... settings) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            all.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return TrainConfig.parse(CONFIG, all);
    }

    public static int[] noise(int length, int levels, long seed) {
        return new Random(seed).ints(length, 0, levels).toArray();
    }

    public static EncodedRecording recording(String name, int[] levels, Set<String> labels) {
        var chars = new char[levels.length];
        for (int t = 0; t < chars.length; t++) chars[t] = (char) levels[t];
        return new EncodedRecording(name, Levels.of(chars), labels);
    }

    /// Periodic recordings that a tiny network can learn: level 8 + 6 sin, periods of 10 to 13.
    public static Dataset periodic(TrainConfig config, int recordings, int length) {
        ModelSpec spec = config.network().spec(8000, List.of());
        List<EncodedRecording> all =
                IntStream.range(0, recordings)
                        .mapToObj(i -> {
                            double omega = 2 * Math.PI / (10 + i % 4);
                            int[] levels =
                                    IntStream.range(0, length)
                                            .map(t -> (int) (8 + 6 * Math.sin(omega * t)))
                                            .toArray();
                            return recording(i + ".wav", levels, new TreeSet<>());
                        })
                        .toList();
        return new Dataset(
                spec, all.subList(1, recordings), all.subList(0, 1), "made for the tests");
    }

    /// Tones of half of full scale with noise 48 dB below them, as the network's levels.
    public static Dataset tones(TrainConfig config, int recordings, int length) {
        ModelSpec spec = config.network().spec(8000, List.of());
        Quantizer quantizer = spec.quantizer();
        var all = new ArrayList<EncodedRecording>();
        for (int i = 0; i < recordings; i++) {
            double omega = 2 * Math.PI / (10 + i % 4);
            var random = new Random(i);
            var levels = new int[length];
            for (int t = 0; t < length; t++) {
                double noise = 0.5 / 256 * random.nextGaussian();
                levels[t] = quantizer.encode((float) (0.5 * Math.sin(omega * t) + noise));
            }
            all.add(recording(i + ".wav", levels, Set.of()));
        }
        return new Dataset(
                spec, all.subList(1, recordings), all.subList(0, 1), "made for the tests");
    }

    /// Batches by hand: windows as rows, padding filled with `padding`.
    public static Batch batch(ModelSpec spec, List<int[]> rows, float[] labels, int padding) {
        int context = spec.receptiveField();
        int b = rows.size();
        int targets = rows.stream().mapToInt(row -> row.length - context).max().orElseThrow();
        var inputs = new long[(context + targets - 1) * b];
        var wanted = new long[targets * b];
        var counts = new float[targets * b];
        for (int row = 0; row < b; row++) {
            int[] levels = rows.get(row);
            for (int t = 0; t < context + targets - 1; t++) {
                inputs[t * b + row] = t < levels.length - 1 ? levels[t] : padding;
            }
            for (int t = 0; t < targets; t++) {
                boolean real = context + t < levels.length;
                wanted[t * b + row] = real ? levels[context + t] : padding;
                counts[t * b + row] = real ? 1 : 0;
            }
        }
        return new Batch(b, targets, inputs, wanted, counts, labels);
    }

    /// A sine of that many samples at 8 kHz.
    public static Path wav(Path file, int samples, double amplitude) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var wave = new float[samples];
        for (int t = 0; t < samples; t++) wave[t] = (float) (amplitude * Math.sin(t * 0.7));
        try (var writer = WavWriter.to(file, 8000)) {
            writer.write(wave, 0, samples);
        }
        return file;
    }

    /// Asserts that two states have the same step, weights and moments, to the bit.
    public static void requireEqual(TrainingState actual, TrainingState expected) {
        assertThat(actual.step()).isEqualTo(expected.step());
        assertThat(actual.weights()).isEqualTo(expected.weights());
        assertThat(actual.averaged()).isEqualTo(expected.averaged());
        assertThat(actual.moment1()).isEqualTo(expected.moment1());
        assertThat(actual.moment2()).isEqualTo(expected.moment2());
    }
}
