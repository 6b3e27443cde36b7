package wavenet4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.ModelSpec;
import wavenet4j.Take;

import java.util.Arrays;

/// What a take is told by: its seed and its prime, and never how it is asked for.
interface TakeContract extends GeneratorFixture {
    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void chunkingNeverChangesTheTake(ModelSpec spec) {
        try (var generator = open(spec)) {
            generator.reset(Take.ofSeed(1));
            int[] whole = generate(generator, takeOf(300));
            generator.reset(Take.ofSeed(1));
            var chunked = new int[whole.length];
            int from = 0;
            for (int length = 0; from < chunked.length; length++) {
                int to = Math.min(from + length, chunked.length);
                generator.generate(chunked, from, to);
                from = to;
            }
            assertThat(chunked).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void everyLevelIsOneOfTheModels(ModelSpec spec) {
        try (var generator = open(spec)) {
            for (int level : generate(generator, takeOf(500))) {
                assertThat(level).isBetween(0, spec.levels() - 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void aSeedIsATake(ModelSpec spec) {
        try (var generator = open(spec);
                var another = open(spec)) {
            int[] ofSeedZero = generate(generator, takeOf(400));
            generator.reset(Take.ofSeed(5));
            int[] ofSeedFive = generate(generator, takeOf(400));
            generator.reset(Take.ofSeed(0));
            assertThat(generate(generator, takeOf(400)))
                    .as("a new generator is as after reset(Take.ofSeed(0))")
                    .isEqualTo(ofSeedZero);
            assertThat(ofSeedFive).isNotEqualTo(ofSeedZero);
            another.reset(Take.ofSeed(5));
            assertThat(generate(another, takeOf(400))).isEqualTo(ofSeedFive);
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void theHighHalfOfASeedCounts(ModelSpec spec) {
        try (var generator = open(spec)) {
            generator.reset(Take.ofSeed(9));
            int[] low = generate(generator, takeOf(400));
            generator.reset(Take.ofSeed(9 | 1L << 63));
            assertThat(generate(generator, takeOf(400))).isNotEqualTo(low);
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void aPrimeCountsAsPartOfTheTake(ModelSpec spec) {
        try (var generator = open(spec)) {
            generator.reset(Take.ofSeed(2));
            int[] take = generate(generator, takeOf(200));
            for (int primed : new int[] {0, 1, 3, take.length * 2 / 5, take.length}) {
                generator.reset(Take.ofSeed(2));
                int[] continued = take.clone();
                Arrays.fill(continued, primed, continued.length, -1);
                generator.prime(take, 0, primed);
                generator.generate(continued, primed, continued.length);
                assertThat(continued).as("after a prime of %s", primed).isEqualTo(take);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void rangesAreHonoured(ModelSpec spec) {
        int[] levels = TestModels.levels(spec, 40, 3);
        try (var generator = open(spec);
                var another = open(spec)) {
            generator.prime(levels, 10, 30);
            another.prime(Arrays.copyOfRange(levels, 10, 30), 0, 20);
            assertThat(logits(generator)).isEqualTo(logits(another));

            var into = new int[30];
            Arrays.fill(into, -1);
            generator.generate(into, 5, 25);
            assertThat(Arrays.copyOfRange(into, 0, 5)).containsOnly(-1);
            assertThat(Arrays.copyOfRange(into, 25, 30)).containsOnly(-1);
            assertThat(Arrays.copyOfRange(into, 5, 25)).isEqualTo(generate(another, 20));
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void askingForLogitsDisturbsNothing(ModelSpec spec) {
        int[] prime = TestModels.levels(spec, 50, 4);
        try (var asked = open(spec);
                var quiet = open(spec)) {
            var askedTake = new int[takeOf(100)];
            asked.prime(prime, 0, prime.length);
            for (int t = 0; t < askedTake.length; t++) {
                float[] first = logits(asked);
                assertThat(logits(asked)).isEqualTo(first);
                asked.generate(askedTake, t, t + 1);
            }
            quiet.prime(prime, 0, prime.length);
            assertThat(generate(quiet, askedTake.length)).isEqualTo(askedTake);
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void aTakeStartsAfterAReceptiveFieldOfSilence(ModelSpec spec) {
        var silence = new int[2 * spec.receptiveField()];
        Arrays.fill(silence, spec.quantizer().silence());
        try (var generator = open(spec)) {
            float[] atStart = logits(generator);
            generator.prime(silence, 0, silence.length);
            assertClose(logits(generator), atStart);

            // However loud the take before it was.
            int[] noise = TestModels.levels(spec, 3 * spec.receptiveField(), 6);
            generator.prime(noise, 0, noise.length);
            generator.reset(Take.ofSeed(0));
            assertThat(logits(generator)).isEqualTo(atStart);
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void badLevelsAreRefusedBeforeAnyIsFed(ModelSpec spec) {
        try (var generator = open(spec)) {
            float[] before = logits(generator);
            for (int bad : new int[] {-1, spec.levels(), Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> generator.prime(new int[] {0, 1, bad}, 0, 3))
                        .withMessageContaining("" + bad)
                        .withMessageContaining("" + (spec.levels() - 1));
                generator.prime(new int[] {0, 1, bad}, 0, 0);
            }
            var two = new int[2];
            assertThatThrownBy(() -> generator.prime(two, 1, 3))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> generator.generate(two, 1, 3))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> generator.generate(two, -1, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(logits(generator)).isEqualTo(before);
            generator.reset(Take.ofSeed(0));
            int[] take = generate(generator, 50);
            try (var another = open(spec)) {
                assertThat(take).isEqualTo(generate(another, 50));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void amplitudesAreTheLevelsDecoded(ModelSpec spec) {
        try (var generator = open(spec);
                var another = open(spec)) {
            float[] expected = spec.quantizer().decode(generate(another, 300));
            var samples = new float[310];
            Arrays.fill(samples, 9);
            generator.generate(samples, 5, 105);
            assertThat(Arrays.copyOf(samples, 5)).containsOnly(9);
            assertThat(Arrays.copyOfRange(samples, 105, 310)).containsOnly(9);
            generator.generate(samples, 105, 305);
            assertThat(Arrays.copyOfRange(samples, 5, 305)).isEqualTo(expected);
            assertThatThrownBy(() -> generator.generate(samples, 0, 311))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(generate(generator, 20)).as("and on").isEqualTo(generate(another, 20));
        }
    }
}
