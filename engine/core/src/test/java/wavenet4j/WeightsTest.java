package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Random;

/// Weights rounded to the precisions that backends run with.
final class WeightsTest {
    @ParameterizedTest
    @EnumSource
    void roundedWeightsStayAsTheyAre(Precision precision) {
        var once = TestModels.random(spec(), 1).weights().roundedTo(precision);
        var twice = once.roundedTo(precision);
        once.tensors()
                .forEach((name, values) ->
                        assertThat(twice.tensor(name)).as(name).isEqualTo(values));
    }

    @ParameterizedTest
    @MethodSource("wavenet4j.GeneratorContract#specs")
    void float16IsTheNearest(ModelSpec spec) {
        var weights = TestModels.random(spec, 1).weights();
        weights.roundedTo(Precision.FLOAT16)
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
    @MethodSource("wavenet4j.GeneratorContract#specs")
    void int8RoundsProductsByTheirRows(ModelSpec spec) {
        var weights = TestModels.random(spec, 1).weights();
        var rounded = weights.roundedTo(Precision.INT8);
        spec.tensors()
                .forEach((name, shape) -> {
                    float[] values = weights.tensor(name);
                    if (name.equals("head.output.weight")) {
                        assertThat(rounded.tensor(name))
                                .isEqualTo(weights.roundedTo(Precision.BFLOAT16).tensor(name));
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

    /// A recording of ordinary loudness costs less than knowing nothing does, 16 bits.
    @Test
    void aMixtureBeginsBelowSixteenBits() {
        var spec = TestModels.logistics(10, TestModels.channels(24), 2, List.of(1, 2, 4, 8));
        WaveNet fresh = WaveNet.initial(spec, 3);
        var pcm = new LinearPcm();
        for (double loudness : new double[] {0, 1e-3, 0.01, 0.1}) {
            var random = new Random(4);
            double nats = 0;
            var outputs = new float[spec.output().width()];
            int samples = 2000;
            try (var generator = new ReferenceBackend().open(fresh, Precision.FLOAT32, 1)) {
                for (int t = 0; t < samples; t++) {
                    int level = pcm.encode((float) (loudness * random.nextGaussian()));
                    generator.outputs(outputs);
                    nats -= spec.output().logProbability(outputs, level);
                    generator.prime(new int[] {level}, 0, 1);
                }
            }
            assertThat(nats / samples / Math.log(2)).as("at %s", loudness).isBetween(5.0, 16.0);
        }
    }
}
