package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import wavenet4j.distribution.Sampling;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.Prime;
import wavenet4j.info.SamplingDefaults;
import wavenet4j.spec.Conditioning;
import wavenet4j.testing.TestModels;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

final class ModelTest {
    private final Model model = Model.initial(TestModels.awkwardSpecs().firstEntry().getValue(), 1);

    @Test
    void takesAreDrawnAsLearnedUntilATemperatureIsMeasured() {
        assertThat(model.sampling()).isEqualTo(Sampling.DEFAULT);
        Model warmer = model.with(model.info().with(new SamplingDefaults(1.1f)));
        assertThat(warmer.sampling()).isEqualTo(new Sampling(1.1f, 0, 1));
        assertThat(warmer.weights()).isSameAs(model.weights());
    }

    private static Model labelled(List<String> names, Prime... primes) {
        ModelSpec plain = TestModels.spec(256, TestModels.channels(3), 2, List.of(1, 2, 4));
        var spec =
                new ModelSpec(
                        plain.sampleRate(),
                        plain.quantizer(),
                        plain.trunk(),
                        plain.head(),
                        plain.distribution(),
                        Conditioning.onLabels(names, names.isEmpty() ? 0 : 2));
        return Model.initial(spec, 1).with(ModelInfo.NONE.with(List.of(primes)));
    }

    private static Prime prime(int level, String... labels) {
        return new Prime(Set.of(labels), new int[] {level});
    }

    private static Take take(long seed, String... labels) {
        return new Take(seed, Sampling.DEFAULT, Set.of(labels));
    }

    @Test
    void theSeedDrawsAmongTheExcerptsThatShareMostLabels() {
        var model =
                labelled(
                        List.of("a", "b", "c", "d"),
                        prime(1, "a", "b"),
                        prime(2, "a", "b"),
                        prime(3, "a"),
                        prime(4, "c"));
        var drawn = new TreeSet<Integer>();
        for (int seed = 0; seed < 50; seed++) {
            drawn.add(model.prime(take(seed, "a", "b"))[0]);
            assertThat(model.prime(take(seed, "c"))).containsExactly(4);
            assertThat(model.prime(take(seed, "d"))).isEmpty();
            assertThat(model.prime(take(seed, "b"))[0]).isIn(1, 2);
            assertThat(model.prime(take(seed))[0]).isBetween(1, 4);
            assertThat(model.prime(take(seed))).isEqualTo(model.prime(take(seed)));
        }
        assertThat(drawn).containsExactly(1, 2);
        assertThat(labelled(List.of()).prime(take(1))).isEmpty();
    }

    /// A negative share takes a label away, so that an excerpt without it is nearer.
    @Test
    void sharesOfLabelsCount() {
        var model = labelled(List.of("a", "b"), prime(1, "a"), prime(2, "b"));
        for (int seed = 0; seed < 10; seed++) {
            var mostlyB = new Take(seed, Sampling.DEFAULT, Map.of("a", 0.4f, "b", 0.6f));
            assertThat(model.prime(mostlyB)).containsExactly(2);
            var without = new Take(seed, Sampling.DEFAULT, Map.of("a", 1f, "b", -1f));
            assertThat(model.prime(without)).containsExactly(1);
        }
    }

    @Test
    void labelsAreDrawnOfEachKind() {
        var digits = labelled(List.of("digit=0", "digit=1", "speaker=x", "speaker=y"));
        var drawn = new HashSet<Set<String>>();
        for (int seed = 0; seed < 50; seed++) drawn.add(digits.drawLabels(seed));
        assertThat(drawn)
                .containsExactlyInAnyOrder(
                        Set.of("digit=0", "speaker=x"),
                        Set.of("digit=0", "speaker=y"),
                        Set.of("digit=1", "speaker=x"),
                        Set.of("digit=1", "speaker=y"));
        assertThat(labelled(List.of("kick", "snare")).drawLabels(3)).hasSize(1);
        assertThat(labelled(List.of()).drawLabels(3)).isEmpty();
        // Only together as in a recording.
        var recorded = labelled(List.of("a", "b", "c"), prime(1, "a", "b"), prime(2, "b", "c"));
        for (int seed = 0; seed < 50; seed++) {
            assertThat(recorded.drawLabels(seed)).isIn(Set.of("a", "b"), Set.of("b", "c"));
        }
    }

    @Test
    void excerptsThatDoNotFitAreRefused() {
        for (Prime odd :
                List.of(
                        prime(1, "z"),
                        prime(256, "a"),
                        prime(-1, "a"),
                        new Prime(Set.of("a"), new int[9]))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> labelled(List.of("a"), odd))
                    .withMessageStartingWith("an excerpt has ");
        }
    }
}
