package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.distribution.LinearPcm;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Precision;
import wavenet4j.testing.NetworkCases;
import wavenet4j.testing.TestModels;

import java.util.List;
import java.util.Random;

/// Weights rounded to the precisions that backends run with.
final class WeightsTest {
    @ParameterizedTest
    @EnumSource
    void roundedWeightsStayAsTheyAre(Precision precision) {
        var once = TestModels.random(spec(), 1).weights().roundedTo(precision, spec());
        var twice = once.roundedTo(precision, spec());
        once.tensors()
                .forEach((name, values) ->
                        assertThat(twice.tensor(name)).as(name).isEqualTo(values));
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    void float16IsTheNearest(ModelSpec spec) {
        var weights = TestModels.random(spec, 1).weights();
        weights.roundedTo(Precision.FLOAT16, spec)
                .tensors()
                .forEach((name, values) -> {
                    for (int i = 0; i < values.length; i++) {
                        short half = Float.floatToFloat16(weights.tensor(name)[i]);
                        assertThat(values[i]).isEqualTo(Float.float16ToFloat(half));
                    }
                });
    }

    /// Each row of each tap has its own scale; the logits' product is bfloat16; what is no product
    /// stays.
    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    void int8RoundsProductsByTheirRows(ModelSpec spec) {
        var weights = TestModels.random(spec, 1).weights();
        var rounded = weights.roundedTo(Precision.INT8, spec);
        spec.shapes()
                .forEach((name, shape) -> {
                    float[] values = weights.tensor(name);
                    if (name.equals("head.output.weight")) {
                        assertThat(rounded.tensor(name))
                                .isEqualTo(
                                        weights.roundedTo(Precision.BFLOAT16, spec).tensor(name));
                        return;
                    }
                    boolean product =
                            name.endsWith(".weight")
                                    && !name.endsWith("label.weight")
                                    && !name.startsWith("input.");
                    if (!product) {
                        assertThat(rounded.tensor(name)).as(name).isEqualTo(values);
                        return;
                    }
                    int outputs = shape.dimensions().get(0);
                    int inputs = shape.dimensions().get(1);
                    int taps = shape.fanIn() / inputs;
                    for (int o = 0; o < outputs; o++) {
                        for (int k = 0; k < taps; k++) {
                            float greatest = 0;
                            for (int i = 0; i < inputs; i++) {
                                float weight = values[(o * inputs + i) * taps + k];
                                greatest = Math.max(greatest, Math.abs(weight));
                            }
                            float scale = Precision.int8Scale(greatest);
                            for (int i = 0; i < inputs; i++) {
                                int at = (o * inputs + i) * taps + k;
                                assertThat(rounded.tensor(name)[at])
                                        .as("%s [%s, %s, %s]", name, o, i, k)
                                        .isEqualTo(Precision.toInt8(values[at], scale) * scale);
                            }
                        }
                    }
                });
    }

    private static ModelSpec spec() {
        return TestModels.awkwardSpecs().lastEntry().getValue();
    }

    /// What knowing nothing costs, 16 bits, is hardly passed by the loudest recording.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void aMixtureBeginsNearSixteenBits(int mixtures) {
        assertThat(bitsAtFirst(mixtures, (_, random) -> 0.1 * random.nextGaussian()))
                .isBetween(14.0, 16.5);
        assertThat(bitsAtFirst(mixtures, (t, _) -> Math.sin(0.7 * t))).isBetween(16.0, 18.0);
        assertThat(bitsAtFirst(mixtures, (t, _) -> t % 20 < 10 ? 0.99 : -0.99))
                .isBetween(16.0, 19.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.01})
    void aMixtureOfSeveralBeginsLowerOnQuietRecordings(double loudness) {
        assertThat(bitsAtFirst(10, (_, random) -> loudness * random.nextGaussian()))
                .isBetween(9.0, 13.0);
    }

    private interface Wave {
        double at(int t, Random random);
    }

    private static double bitsAtFirst(int mixtures, Wave wave) {
        var spec = TestModels.logistics(mixtures, TestModels.channels(24), 2, List.of(1, 2, 4, 8));
        var pcm = new LinearPcm();
        var random = new Random(4);
        var outputs = new float[spec.distribution().width()];
        int samples = 1000;
        double nats = 0;
        var fresh = Model.initial(spec, 3);
        try (var generator = new ReferenceBackend().open(fresh, Precision.FLOAT32, 1)) {
            for (int t = 0; t < samples; t++) {
                int level = pcm.encode((float) wave.at(t, random));
                generator.outputs(outputs);
                nats -= spec.distribution().logProbability(outputs, level);
                generator.prime(new int[] {level}, 0, 1);
            }
        }
        return nats / samples / Math.log(2);
    }
}
