package wavenet4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Philox;
import wavenet4j.distribution.Picker;
import wavenet4j.distribution.Sampling;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Precision;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Logits near the reference's, and levels drawn from them as the sampling says.
interface DrawingContract extends GeneratorFixture {
    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void logitsAgreeWithTheReference(ModelSpec spec) {
        var model = TestModels.random(spec, 1);
        int[] history = TestModels.levels(spec, 2 * spec.receptiveField() + takeOf(100), 7);
        for (Precision precision : backend().precisions()) {
            try (var generator = open(model, precision);
                    var reference = new ReferenceBackend().open(model, precision, 1)) {
                for (int t = 0; t < history.length; t++) {
                    assertClose(logits(generator), logits(reference), tolerance(precision));
                    generator.prime(history, t, t + 1);
                    reference.prime(history, t, t + 1);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void levelsAreTheReferences(ModelSpec spec) {
        var model = TestModels.random(spec, 1);
        for (var sampling : samplings(spec)) {
            var take = new Take(-11, sampling, Set.copyOf(spec.labels().names()));
            try (var generator = open(model, Precision.FLOAT32);
                    var reference = new ReferenceBackend().open(model, Precision.FLOAT32, 1)) {
                generator.reset(take);
                reference.reset(take);
                int[] levels = generate(generator, takeOf(2000));
                assertReferences(levels, reference, take, 0);
            }
        }
    }

    /// Whatever the outputs are in their last bits, the levels are the picks from them.
    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void levelsArePicksFromTheOutputs(ModelSpec spec) {
        var picker = Picker.of(spec.distribution());
        for (var sampling : samplings(spec)) {
            try (var generator = open(spec)) {
                generator.reset(new Take(21, sampling, Set.of()));
                for (int t = 0; t < takeOf(200); t++) {
                    float[] outputs = logits(generator);
                    assertThat(generate(generator, 1))
                            .containsExactly(
                                    picker.pick(outputs, sampling, Philox.uniform(21, t, 0)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void temperatureZeroTakesTheLikeliest(ModelSpec spec) {
        try (var generator = open(spec)) {
            generator.reset(new Take(3, new Sampling(0, 0, 1), Set.of()));
            int[] prime = TestModels.levels(spec, 30, 5);
            for (int level : prime) {
                float[] logits = logits(generator);
                var picked = new int[1];
                generator.generate(picked, 0, 1);
                assertThat(picked[0]).isEqualTo(likeliest(spec.distribution(), logits));
                generator.prime(new int[] {level}, 0, 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void samplingMayChangeBetweenAnyTwoSamples(ModelSpec spec) {
        var likeliest = new Sampling(0, 0, 1);
        var wild = new Sampling(3, 0, 1);
        try (var generator = open(spec);
                var other = open(spec)) {
            int[] quiet = generate(other, 120);
            other.reset(Take.ofSeed(0));

            var take = new int[120];
            generator.generate(take, 0, 40);
            generator.steer(likeliest);
            generator.generate(take, 40, 41);
            generator.generate(take, 41, 80);
            generator.steer(wild);
            generator.generate(take, 80, 120);

            var from = new int[] {0, 40, 80, 120};
            var samplings = List.of(Sampling.DEFAULT, likeliest, wild);
            for (int part = 0; part < samplings.size(); part++) {
                var expected = new int[120];
                other.reset(new Take(0, samplings.get(part), Set.of()));
                other.prime(take, 0, from[part]);
                other.generate(expected, from[part], from[part + 1]);
                assertThat(Arrays.copyOfRange(take, from[part], from[part + 1]))
                        .as("under %s", samplings.get(part))
                        .isEqualTo(Arrays.copyOfRange(expected, from[part], from[part + 1]));
            }
            generator.reset(Take.ofSeed(0));
            assertThat(generate(generator, 120)).as("until the next take").isEqualTo(quiet);
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.MIXTURES)
    default void aMixtureHasNoListOfLevelsToCutShort(ModelSpec spec) {
        try (var generator = open(spec);
                var other = open(spec)) {
            for (var sampling : List.of(new Sampling(1, 5, 1), new Sampling(1, 0, 0.9f))) {
                var take = new Take(8, sampling, Set.of());
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> generator.reset(take))
                        .withMessageContaining("top-k and top-p")
                        .withMessageContaining("temperature");
                assertThatIllegalArgumentException().isThrownBy(() -> generator.steer(sampling));
            }
            assertThat(generate(generator, 50)).isEqualTo(generate(other, 50));
        }
    }

    private static int likeliest(Distribution output, float[] outputs) {
        return switch (output) {
            case Distribution.Categorical(int levels) -> greatest(outputs, levels);
            case Distribution.LogisticMixture(int mixtures) -> {
                double mean = outputs[mixtures + greatest(outputs, mixtures)] / 16;
                yield (int) Math.clamp(Math.floor(32768.5 + 32768 * mean), 0, 65535);
            }
        };
    }

    private static int greatest(float[] values, int count) {
        int greatest = 0;
        for (int i = 1; i < count; i++) {
            if (values[i] > values[greatest]) greatest = i;
        }
        return greatest;
    }
}
