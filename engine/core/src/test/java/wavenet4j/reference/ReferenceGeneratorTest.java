package wavenet4j.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.ModelSpec;
import wavenet4j.backend.Backend;
import wavenet4j.testing.GeneratorContract;
import wavenet4j.testing.NetworkCases;
import wavenet4j.testing.TestModels;

/// The reference under the contract, and what only the reference can be asked: that it is causal
/// and looks back exactly its receptive field.
final class ReferenceGeneratorTest extends GeneratorContract {
    @Override
    public Backend backend() {
        return new ReferenceBackend();
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    void theLatestAndTheOldestSampleOfTheFieldCountAndNoOlderOne(ModelSpec spec) {
        int field = spec.receptiveField();
        int[] history = TestModels.levels(spec, field + 20, 11);
        float[] logits = logitsAfter(spec, history);

        assertThat(logitsAfter(spec, changed(history, 0, spec)))
                .as("the latest")
                .isNotEqualTo(logits);
        assertThat(logitsAfter(spec, changed(history, field - 1, spec)))
                .as("the oldest in the field")
                .isNotEqualTo(logits);
        for (int age = field; age < history.length; age++) {
            assertThat(logitsAfter(spec, changed(history, age, spec)))
                    .as("%s samples back in a field of %s", age, field)
                    .isEqualTo(logits);
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    void theTestModelsAreLoud(ModelSpec spec) {
        int[] history = TestModels.levels(spec, 300, 12);
        double spread = 0;
        double change = 0;
        try (var generator = open(spec)) {
            float[] before = logits(generator);
            for (int t = 0; t < history.length; t++) {
                generator.prime(history, t, t + 1);
                float[] after = logits(generator);
                float least = Float.POSITIVE_INFINITY;
                float most = Float.NEGATIVE_INFINITY;
                for (int q = 0; q < after.length; q++) {
                    least = Math.min(least, after[q]);
                    most = Math.max(most, after[q]);
                    change += Math.abs(after[q] - before[q]) / after.length / history.length;
                }
                spread += (double) (most - least) / history.length;
                before = after;
            }
        }
        assertThat(spread).isBetween(0.5, 50.0);
        assertThat(change).isGreaterThan(0.02);
    }

    private float[] logitsAfter(ModelSpec spec, int[] history) {
        try (var generator = open(spec)) {
            generator.prime(history, 0, history.length);
            return logits(generator);
        }
    }

    /// The history with the sample of that age (0 is the latest) changed.
    private static int[] changed(int[] history, int age, ModelSpec spec) {
        int[] changed = history.clone();
        int at = history.length - 1 - age;
        changed[at] = (changed[at] + 1 + spec.levels() / 3) % spec.levels();
        return changed;
    }
}
