package wavenet4j.benchmarks.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.backend.Backends;
import wavenet4j.distribution.Sampling;
import wavenet4j.spec.Precision;
import wavenet4j.testing.TestModels;

import java.util.List;
import java.util.Set;

class RivalTest {
    // Every width another one, so that no two sides of a matrix can be exchanged unseen.
    private static final ModelSpec SPEC =
            TestModels.spec(33, TestModels.channels(8, 6, 10, 12), 2, List.of(1, 2, 4, 8, 1, 2, 4));

    // float32 sums in another order; the logits spread by a few units.
    private static final float TOLERANCE = 2e-5f;

    private final Model model = TestModels.random(SPEC, 7);

    @ParameterizedTest
    @EnumSource
    void theLogitsAreTheReferences(Rival rival) {
        int[] history = TestModels.levels(SPEC, 60, 3);
        try (Generator reference = reference();
                Generator generator = rival.open(model, 1)) {
            for (int t = 0; t < history.length; t++) {
                assertThat(logits(generator))
                        .as("tick %d", t)
                        .containsExactly(logits(reference), within(TOLERANCE));
                reference.prime(history, t, t + 1);
                generator.prime(history, t, t + 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTakesAreTheReferences(Rival rival) {
        var take = new Take(11, new Sampling(0.8f, 0, 1), Set.of());
        try (Generator reference = reference();
                Generator generator = rival.open(model, 2)) {
            generator.prime(new int[] {3, 4}, 0, 2); // what reset forgets
            assertThat(levels(generator, take)).containsExactly(levels(reference, take));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNetworkThatNoneRunsIsRefused(Rival rival) {
        var spec = TestModels.spec(17, TestModels.channels(4), 3, List.of(1, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rival.open(TestModels.random(spec, 1), 1))
                .withMessageContaining("kernel size 3");
    }

    @Test
    void theLogitsTellHistoriesApart() {
        try (Generator reference = reference()) {
            float[] before = logits(reference);
            reference.prime(new int[] {1, 30}, 0, 2);
            assertThat(before[0] - logits(reference)[0]).isNotCloseTo(0, within(100 * TOLERANCE));
        }
    }

    private Generator reference() {
        return Backends.named("reference", SPEC).backend().open(model, Precision.FLOAT32, 1);
    }

    private static float[] logits(Generator generator) {
        var logits = new float[SPEC.levels()];
        generator.outputs(logits);
        return logits;
    }

    private static int[] levels(Generator generator, Take take) {
        var levels = new int[60];
        generator.reset(take);
        generator.generate(levels, 0, levels.length);
        return levels;
    }
}
