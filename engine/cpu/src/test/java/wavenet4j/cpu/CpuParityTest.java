package wavenet4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.Weights;
import wavenet4j.distribution.Sampling;
import wavenet4j.info.ModelInfo;
import wavenet4j.spec.Precision;

import java.util.LinkedHashMap;
import java.util.Random;
import java.util.Set;

/// The cpu backend against the reference backend with the same weights.
class CpuParityTest {
    @ParameterizedTest
    @MethodSource("wavenet4j.cpu.Networks#awkward")
    void logitsUnderForcedInputInFloat32(ModelSpec spec) {
        requireSameLogits(Model.initial(spec, 7), Precision.FLOAT32);
    }

    @ParameterizedTest
    @MethodSource("wavenet4j.cpu.Networks#awkward")
    void logitsUnderForcedInputInBfloat16(ModelSpec spec) {
        requireSameLogits(Model.initial(spec, 8), Precision.BFLOAT16);
    }

    @ParameterizedTest
    @MethodSource("wavenet4j.cpu.Networks#awkward")
    void logitsUnderForcedInputInInt8(ModelSpec spec) {
        requireSameLogits(Model.initial(spec, 8), Precision.INT8);
    }

    @ParameterizedTest
    @MethodSource("wavenet4j.cpu.Networks#levels")
    void levelsOfOneSeed(ModelSpec spec) {
        var model = Model.initial(spec, 9);
        try (var cpu = Networks.cpu(model, Precision.FLOAT32);
                var reference = Networks.reference(model, Precision.FLOAT32)) {
            cpu.reset(take(spec));
            reference.reset(take(spec));
            assertThat(Networks.generate(cpu, 10_000))
                    .isEqualTo(Networks.generate(reference, 10_000));
        }
    }

    /// Filters and gates of about 1e30, of either sign: tanh is ±1 and sigmoid 0 or 1.
    @ParameterizedTest
    @MethodSource("wavenet4j.cpu.Networks#awkward")
    void hugeWeightsSaturateTheGates(ModelSpec spec) {
        var tensors = new LinkedHashMap<String, float[]>();
        for (var entry : Weights.initial(spec, 10).tensors().entrySet()) {
            float[] values = entry.getValue().clone();
            if (entry.getKey().endsWith("dilated.weight")) {
                for (int i = 0; i < values.length; i++) values[i] *= 1e30f;
            }
            tensors.put(entry.getKey(), values);
        }
        var model = new Model(spec, new Weights(tensors), Precision.FLOAT32, ModelInfo.NONE);
        requireSameLogits(model, Precision.FLOAT32);
    }

    /// The tolerance: a few roundings for every term of the longest sums, growing as their root.
    private static void requireSameLogits(Model model, Precision precision) {
        ModelSpec spec = model.spec();
        var c = spec.convolutions();
        int terms = spec.layers() * (c.gate() + c.residual() * spec.convolutions().kernelSize());
        terms += c.skip() + spec.head().hidden();
        double relative = 4 * Math.ulp(1f) * Math.sqrt(terms);
        var random = new Random(1);
        try (var cpu = Networks.cpu(model, precision);
                var reference = Networks.reference(model, precision)) {
            cpu.reset(take(spec));
            reference.reset(take(spec));
            for (int t = 0; t < 300; t++) {
                float[] expected = Networks.outputs(reference);
                float[] actual = Networks.outputs(cpu);
                double largest = 1;
                for (float logit : expected) largest = Math.max(largest, Math.abs(logit));
                for (int q = 0; q < expected.length; q++) {
                    assertThat(actual[q])
                            .as("logit %d after %d samples", q, t)
                            .isFinite()
                            .isCloseTo(expected[q], within((float) (relative * largest)));
                }
                int[] level = {random.nextInt(spec.levels())};
                cpu.prime(level, 0, 1);
                reference.prime(level, 0, 1);
            }
        }
    }

    private static Take take(ModelSpec spec) {
        var labels = spec.labels().names();
        return new Take(
                11,
                Sampling.DEFAULT,
                labels.isEmpty() ? Set.of() : Set.copyOf(labels.subList(1, 3)));
    }
}
