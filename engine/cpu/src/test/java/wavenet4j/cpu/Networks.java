package wavenet4j.cpu;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Labels;
import wavenet4j.spec.Precision;
import wavenet4j.testing.Channels;

import java.util.List;
import java.util.stream.Stream;

/// Networks of awkward shapes: widths that fill no vector, one channel, one layer, one tap, many
/// taps, dilations that are no powers of two.
final class Networks {
    private Networks() {}

    static Stream<ModelSpec> awkward() {
        return Stream.concat(levels(), mixtures());
    }

    /// Those over mu-law levels.
    static Stream<ModelSpec> levels() {
        var voices = new Labels(List.of("low", "high", "odd"), 5);
        return Stream.of(
                spec(2, new Channels(1, 1, 1, 1), 2, List.of(1), Labels.NONE),
                spec(10, new Channels(3, 1, 17, 3), 2, List.of(1, 2, 4), Labels.NONE),
                spec(10, new Channels(1, 3, 1, 17), 3, List.of(3, 1, 7), voices),
                spec(256, new Channels(17, 17, 17, 17), 2, List.of(1, 2, 4, 8), voices),
                spec(256, new Channels(17, 3, 64, 1), 5, List.of(6, 5), Labels.NONE),
                spec(256, new Channels(64, 64, 64, 64), 2, List.of(1, 10), Labels.NONE),
                spec(256, new Channels(3, 64, 3, 64), 1, List.of(1, 1), Labels.NONE),
                spec(1024, new Channels(16, 16, 32, 48), 2, List.of(1, 2, 8, 16), Labels.NONE),
                spec(1000, new Channels(32, 16, 130, 20), 1, List.of(9), voices),
                spec(1000, new Channels(5, 33, 300, 40), 3, List.of(1, 3, 9), Labels.NONE));
    }

    /// Those that put out a mixture of logistics.
    static Stream<ModelSpec> mixtures() {
        var voices = new Labels(List.of("low", "high", "odd"), 5);
        return Stream.of(
                mixture(1, new Channels(1, 1, 1, 1), 2, List.of(1), Labels.NONE),
                mixture(10, new Channels(17, 3, 64, 19), 3, List.of(9, 1), voices),
                mixture(30, new Channels(64, 64, 64, 64), 2, List.of(1, 10, 3), Labels.NONE));
    }

    static ModelSpec mixture(
            int mixtures, Channels channels, int taps, List<Integer> dilations, Labels labels) {
        return channels.spec(
                16_000, new Distribution.LogisticMixture(mixtures), taps, dilations, labels);
    }

    static ModelSpec spec(
            int levels, Channels channels, int taps, List<Integer> dilations, Labels labels) {
        return channels.spec(16_000, new Distribution.Categorical(levels), taps, dilations, labels);
    }

    /// Those that the cpu backend runs with.
    static List<Precision> precisions() {
        return new CpuBackend().precisions();
    }

    static Generator cpu(Model model, Precision precision) {
        return new CpuBackend().open(model, precision, 1);
    }

    /// On two threads, however small the network.
    static Generator twoThreads(Model model, Precision precision) {
        return new CpuBackend(true, 0).open(model, precision, 2);
    }

    static Generator reference(Model model, Precision precision) {
        return new ReferenceBackend().open(model, precision, 1);
    }

    static int[] generate(Generator generator, int count) {
        var levels = new int[count];
        generator.generate(levels, 0, count);
        return levels;
    }

    static float[] outputs(Generator generator) {
        var outputs = new float[generator.model().spec().distribution().width()];
        generator.outputs(outputs);
        return outputs;
    }
}
