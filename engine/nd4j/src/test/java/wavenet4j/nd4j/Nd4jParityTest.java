package wavenet4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Sampling;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Labels;
import wavenet4j.spec.Precision;
import wavenet4j.testing.Channels;
import wavenet4j.testing.TestModels;

import java.util.List;
import java.util.Map;

/// Networks of the size that models have, beside the reference.
final class Nd4jParityTest {
    private static final ModelSpec SPEC =
            new Channels(64, 64, 256, 256)
                    .spec(
                            16_000,
                            new Distribution.Categorical(256),
                            2,
                            List.of(1, 2, 4, 8, 16, 32, 64, 128),
                            new Labels(List.of("low", "high"), 8));

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BFLOAT16"})
    void logitsUnderForcedInput(Precision precision) {
        Model model = TestModels.random(SPEC, 3);
        int[] history = TestModels.levels(SPEC, 400, 5);
        var take = new Take(1, Sampling.DEFAULT, Map.of("low", 0.5f, "high", 1.5f));
        try (Generator nd4j = Here.backend().open(model, precision, 1);
                Generator reference = new ReferenceBackend().open(model, precision, 1)) {
            nd4j.reset(take);
            reference.reset(take);
            for (int t = 0; t < history.length; t += 50) {
                requireSameLogits(nd4j, reference);
                nd4j.prime(history, t, t + 50);
                reference.prime(history, t, t + 50);
            }
            requireSameLogits(nd4j, reference);
        }
    }

    /// The tolerance: a few roundings for every term of the longest sums, growing as their root.
    private static void requireSameLogits(Generator nd4j, Generator reference) {
        var c = SPEC.convolutions();
        int terms = SPEC.layers() * (c.gate() + c.residual() * c.kernelSize());
        terms += c.skip() + SPEC.head().hidden();
        var expected = new float[SPEC.levels()];
        var actual = new float[SPEC.levels()];
        reference.outputs(expected);
        nd4j.outputs(actual);
        float largest = 1;
        for (float logit : expected) largest = Math.max(largest, Math.abs(logit));
        float tolerance = (float) (4 * Math.ulp(1f) * Math.sqrt(terms) * largest);
        for (int q = 0; q < expected.length; q++) {
            assertThat(actual[q])
                    .as("logit %d", q)
                    .isFinite()
                    .isCloseTo(expected[q], within(tolerance));
        }
    }
}
