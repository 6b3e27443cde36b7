package wavenet4j.cuda.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.backend.Conditioner;
import wavenet4j.cuda.internal.plan.Layout.Link;
import wavenet4j.testing.Channels;
import wavenet4j.testing.TestModels;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Random;

final class WeightPackingTest {
    private static final ModelSpec SPEC =
            TestModels.spec(200, new Channels(40, 24, 70, 50), 3, List.of(1, 4, 2));

    /// The place of a weight: what the lanes of mma.m16n8k16 hold, in the kernel's order of inputs.
    private static float at(
            MemorySegment weights,
            Layout layout,
            long firstUnit,
            int inputs,
            int output,
            int input) {
        int row = output % 16;
        int within = input % 32;
        int lane = row % 8 * 4 + within / 8;
        int chunk = input / 32;
        if (layout.strict()) {
            // Units of (row g: two inputs, row g + 8: the same two).
            long unit = firstUnit + ((long) output / 16 * (inputs / 32) + chunk) * 4 * 32;
            long place = unit + within % 8 / 2 * 32L + lane;
            return weights.getAtIndex(JAVA_FLOAT, place * 4 + row / 8 * 2L + within % 2);
        }
        // Units of (g: two inputs, g + 8: the same, g: the next two, g + 8: those).
        long unit = firstUnit + ((long) output / 16 * (inputs / 32) + chunk) * 2 * 32;
        long place = unit + within % 8 / 4 * 32L + lane;
        long index = place * 8 + within % 4 / 2 * 4L + row / 8 * 2L + within % 2;
        return Float.float16ToFloat(weights.getAtIndex(JAVA_SHORT, index));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyWeightOfTheHeadIsInItsPlace(boolean strict) {
        Model model = TestModels.random(SPEC, 1);
        var layout = Layout.of(SPEC, 8, strict, Link.NONE, 3, 512);
        float[] hidden = model.weights().tensor("head.hidden.weight"); // [50, 70]
        float[] output = model.weights().tensor("head.output.weight"); // [200, 50]
        try (var arena = Arena.ofConfined()) {
            var packed = new WeightPacking(model, layout).weights(arena);
            long first = 3L * layout.layerUnits();
            for (int a = 0; a < 64; a++) {
                for (int s = 0; s < 96; s++) {
                    float expected = a < 50 && s < 70 ? round(hidden[a * 70 + s], strict) : 0;
                    assertThat(at(packed, layout, first, 96, a, s)).isEqualTo(expected);
                }
            }
            first += layout.hiddenUnits();
            for (int q = 0; q < 256; q++) {
                for (int a = 0; a < 64; a++) {
                    float expected = q < 200 && a < 50 ? round(output[q * 50 + a], strict) : 0;
                    assertThat(at(packed, layout, first, 64, q, a)).isEqualTo(expected);
                }
            }
        }
    }

    /// What the kernel forms from what went into the layer before, beside the paper's two products.
    @Test
    void oneMergedProductEqualsTheTwoOfThePaper() {
        Model model = TestModels.random(SPEC, 1);
        var layout = Layout.of(SPEC, 1, true, Link.NONE, 3, 512);
        var random = new Random(2);
        float[] x = random(random, 40); // into layer 1
        float[] z = random(random, 24); // through its gate
        Weights.Layer before = model.weights().layer(SPEC, 1);
        Weights.Layer layer = model.weights().layer(SPEC, 2);
        float[] residual = requireNonNull(before.residualWeight());
        float[] bias = requireNonNull(before.residualBias());
        var packing = new WeightPacking(model, layout);
        float[] biases = packing.layerBiases(new Conditioner(model).biases(Map.of()));
        try (var arena = Arena.ofConfined()) {
            var packed = packing.weights(arena);
            long first = 2L * layout.layerUnits();
            for (int o = 0; o < 48; o++) {
                double plain = layer.dilatedBias()[o];
                for (int r = 0; r < 40; r++) {
                    double next = x[r] + bias[r];
                    for (int g = 0; g < 24; g++) next += residual[r * 24 + g] * (double) z[g];
                    plain += layer.dilatedWeight()[(o * 40 + r) * 3 + 2] * next;
                }
                // Tiles are 8 filters and their 8 gates; inputs x, padded to 64, then z.
                int channel = o % 24;
                int output = channel / 8 * 16 + o / 24 * 8 + channel % 8;
                double merged = biases[2 * 48 + o];
                for (int r = 0; r < 40; r++)
                    merged += at(packed, layout, first, 96, output, r) * (double) x[r];
                for (int g = 0; g < 24; g++)
                    merged += at(packed, layout, first, 96, output, 64 + g) * (double) z[g];
                assertThat(merged).isCloseTo(plain, within(1e-5));
            }
        }
    }

    @Test
    void aWeightBeyondFloat16IsRefused() {
        Model model = TestModels.random(SPEC, 1);
        model.weights().tensor("head.output.weight")[7] = 70_000;
        var layout = Layout.of(SPEC, 1, false, Link.NONE, 3, 512);
        try (var arena = Arena.ofConfined()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new WeightPacking(model, layout).weights(arena))
                    .withMessageContaining("70000")
                    .withMessageContaining("take float32");
        }
    }

    private static float round(float weight, boolean strict) {
        return strict ? weight : Float.float16ToFloat(Float.floatToFloat16(weight));
    }

    private static float[] random(Random random, int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = 2 * random.nextFloat() - 1;
        return values;
    }
}
