package wavenet4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.backend.Backend;
import wavenet4j.distribution.Sampling;
import wavenet4j.spec.Precision;

import java.util.ArrayList;
import java.util.Map;

/// What a backend opens, what runs side by side, and what is closed.
interface LifetimeContract extends GeneratorFixture {
    @Test
    default void itsTextIsItsName() {
        assertThat(backend()).hasToString(backend().name());
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void theModelIsTheOneOpened(ModelSpec spec) {
        try (var generator = open(spec)) {
            assertThat(generator.model().spec()).isEqualTo(spec);
        }
    }

    @Test
    default void aPrecisionItLacksIsRefused() {
        var model = TestModels.random(TestModels.awkwardSpecs().firstEntry().getValue(), 1);
        Backend backend = backend();
        assertThat(backend.precisions()).isNotEmpty().doesNotHaveDuplicates();
        for (Precision precision : Precision.values()) {
            if (backend.precisions().contains(precision)) continue;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.open(model, precision, 1))
                    .withMessageContaining(backend.name())
                    .withMessageContaining(backend.precisions().getFirst().toString())
                    .withMessageEndingWith("not " + precision);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backend.openStreams(model, precision, 1, 8))
                    .withMessageEndingWith("not " + precision);
        }
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void generatorsOfOneModelAreIndependent(ModelSpec spec) {
        var model = TestModels.random(spec, 1);
        int[] alone;
        try (var generator = open(model, Precision.FLOAT32)) {
            alone = generate(generator, 60);
        }
        var first = new int[60];
        try (var one = open(model, Precision.FLOAT32)) {
            try (var two = open(model, Precision.FLOAT32)) {
                two.reset(Take.ofSeed(77));
                for (int t = 0; t < 30; t++) {
                    one.generate(first, t, t + 1);
                    if (!spec.labels().names().isEmpty()) {
                        two.label(Map.of(spec.labels().names().getLast(), t / 3f));
                    }
                    two.steer(new Sampling(t / 10f, 0, 1));
                    generate(two, 2);
                }
            }
            one.generate(first, 30, 60); // the other is closed by now
        }
        assertThat(first).isEqualTo(alone);
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    default void generatorsOfOneModelRunAtOnce(ModelSpec spec) throws InterruptedException {
        var model = TestModels.random(spec, 1);
        var alone = new int[4][];
        for (int i = 0; i < alone.length; i++) {
            try (var generator = open(model, Precision.FLOAT32)) {
                generator.reset(Take.ofSeed(i));
                alone[i] = generate(generator, takeOf(500));
            }
        }
        var together = new int[alone.length][];
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < alone.length; i++) {
            int seed = i;
            var generator = open(model, Precision.FLOAT32);
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try (generator) {
                                    generator.reset(Take.ofSeed(seed));
                                    together[seed] = generate(generator, takeOf(500));
                                }
                            }));
        }
        for (Thread thread : threads) thread.join();
        assertThat(together).isEqualTo(alone);
    }

    @Test
    default void aClosedGeneratorThrows() {
        var spec = TestModels.awkwardSpecs().firstEntry().getValue();
        var generator = open(spec);
        generate(generator, 2);
        generator.close();
        assertThatThrownBy(() -> generate(generator, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
        generator.close();
    }

    @Test
    default void closingTwiceIsHarmless() {
        var spec = TestModels.awkwardSpecs().firstEntry().getValue();
        var generator = open(spec);
        generate(generator, 3);
        generator.close();
        generator.close();
        try (var another = open(spec)) {
            assertThat(generate(another, 3)).hasSize(3);
        }
    }
}
