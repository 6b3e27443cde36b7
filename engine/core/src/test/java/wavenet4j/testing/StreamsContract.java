package wavenet4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.backend.Backend;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Sampling;
import wavenet4j.info.Prime;
import wavenet4j.spec.Precision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// What every backend's streams keep: each is, to the bit, the generator that it would be alone.
@Timeout(120)
public abstract class StreamsContract {
    /// The backend under test, which runs on every machine.
    protected abstract Backend backend();

    /// How many streams are tried at once; with the threads, of every way to group them: alone, one
    /// by one, eight at once, more.
    protected List<Integer> counts() {
        return List.of(1, 3, 6, 8, 19);
    }

    /// Takes of all kinds, primed alone and together, changed as they run, begun again.
    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    public void aStreamIsTheSameAloneAndInCompany(ModelSpec spec) {
        Model model = TestModels.random(spec, 1);
        for (int count : counts()) {
            for (Precision precision : backend().precisions()) {
                int threads = count % 2 + 1;
                try (Streams streams = backend().openStreams(model, precision, threads, count)) {
                    assertThat(streams.count()).isEqualTo(count);
                    assertThat(streams.model().spec()).isEqualTo(spec);
                    requireEachAsAlone(streams, model, precision);
                }
            }
        }
    }

    private void requireEachAsAlone(Streams streams, Model model, Precision precision) {
        ModelSpec spec = model.spec();
        var random = new Random(streams.count());
        var alone = new ArrayList<Generator>();
        try {
            for (int n = 0; n < streams.count(); n++) {
                alone.add(backend().open(model, precision, 1));
            }
            for (int turn = 0; turn < 30; turn++) {
                int one = random.nextInt(streams.count());
                int length = random.nextInt(12);
                switch (random.nextInt(7)) {
                    case 0 -> {
                        Take take = take(spec, random);
                        streams.reset(one, take);
                        alone.get(one).reset(take);
                    }
                    case 1 -> {
                        int[] levels = TestModels.levels(spec, length, turn);
                        streams.prime(one, levels, 0, length);
                        alone.get(one).prime(levels, 0, length);
                    }
                    case 2 -> {
                        var levels = new int[streams.count()][];
                        for (int n = 0; n < levels.length; n++) {
                            levels[n] = TestModels.levels(spec, length + 2, random.nextLong());
                            alone.get(n).prime(levels[n], 1, length + 1);
                        }
                        streams.prime(levels, 1, length + 1);
                    }
                    case 3 -> {
                        var sampling = new Sampling(random.nextFloat(), 0, 1);
                        streams.steer(one, sampling);
                        alone.get(one).steer(sampling);
                    }
                    case 4 -> {
                        Map<String, Float> labels = labels(spec, random);
                        streams.label(one, labels);
                        alone.get(one).label(labels);
                    }
                    case 5 -> {
                        var logits = new float[spec.distribution().width()];
                        var expected = new float[spec.distribution().width()];
                        streams.outputs(one, logits);
                        alone.get(one).outputs(expected);
                        assertThat(logits).isEqualTo(expected);
                    }
                    default -> {
                        var levels = new int[streams.count()][length + 2];
                        streams.generate(levels, 1, length + 1);
                        for (int n = 0; n < levels.length; n++) {
                            var expected = new int[length + 2];
                            alone.get(n).generate(expected, 1, length + 1);
                            assertThat(levels[n]).as("stream %s", n).isEqualTo(expected);
                        }
                    }
                }
            }
        } finally {
            alone.forEach(Generator::close);
        }
    }

    /// Each take goes on from its excerpt, as if it had been primed with that.
    @Test
    public void takesBeginAfterAnExcerptWhereTheModelHoldsSome() {
        ModelSpec plain = TestModels.spec(256, TestModels.channels(16), 2, List.of(1, 2, 4));
        ModelSpec spec = TestModels.labelled(plain, 5, 3);
        var excerpts = new ArrayList<Prime>();
        for (int label = 0; label < 4; label++) {
            int[] levels = TestModels.levels(spec, spec.receptiveField() - label / 3, label);
            excerpts.add(new Prime(Set.of("label " + label), levels));
        }
        Model random = TestModels.random(spec, 4);
        Model model = random.with(random.info().with(excerpts));
        for (List<Integer> labels : List.of(List.of(0, 1, 2), List.of(0, 3, 4))) {
            List<Take> takes =
                    labels.stream()
                            .map(label ->
                                    new Take(label, Sampling.DEFAULT, Set.of("label " + label)))
                            .toList();
            var begun = new int[3][50];
            var primed = new int[3][50];
            try (Streams streams = backend().openStreams(model, model.precision(), 1, 3)) {
                streams.begin(takes);
                streams.generate(begun, 0, 50);
                for (int n = 0; n < 3; n++) {
                    streams.reset(n, takes.get(n));
                    int[] levels = model.prime(takes.get(n));
                    assertThat(levels).hasSize(List.of(8, 8, 8, 7, 0).get(labels.get(n)));
                    streams.prime(n, levels, 0, levels.length);
                }
                streams.generate(primed, 0, 50);
                assertThat(begun).isDeepEqualTo(primed);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> streams.begin(takes.subList(0, 2)));
            }
        }
    }

    @Test
    public void seedsMakeDifferentTakesAndOneSeedTheSame() {
        ModelSpec spec = TestModels.awkwardSpecs().lastEntry().getValue();
        try (Streams streams = open(spec, 8)) {
            for (int n = 0; n < 8; n++) streams.reset(n, Take.ofSeed(n % 7));
            var levels = new int[8][200];
            streams.generate(levels, 0, 200);
            assertThat(levels[7]).isEqualTo(levels[0]);
            assertThat(Arrays.stream(levels).map(Arrays::hashCode).distinct()).hasSize(7);
        }
    }

    @Test
    public void whatIsWrongIsRefusedAndChangesNothing() {
        ModelSpec spec = TestModels.awkwardSpecs().lastEntry().getValue();
        try (Streams streams = open(spec, 12);
                Streams untouched = open(spec, 12)) {
            var outOfRange = new int[12][4];
            outOfRange[11][3] = spec.levels();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> streams.prime(11, outOfRange[11], 0, 4))
                    .withMessageContaining("the level at 3 is " + spec.levels());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> streams.label(2, Map.of("nobody", 1f)))
                    .withMessageContaining("nobody");
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> streams.reset(2, new Take(1, Sampling.DEFAULT, Map.of("no", 1f))))
                    .withMessageContaining("no label \"no\"");
            assertThatThrownBy(() -> streams.reset(12, Take.ofSeed(1)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> streams.steer(-1, Sampling.DEFAULT))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> streams.generate(new int[12][5], 0, 6))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            var actual = new int[12][50];
            var expected = new int[12][50];
            streams.generate(actual, 0, 50);
            untouched.generate(expected, 0, 50);
            assertThat(actual).isDeepEqualTo(expected);
        }
    }

    private Streams open(ModelSpec spec, int count) {
        return backend().openStreams(TestModels.random(spec, 1), Precision.FLOAT32, 2, count);
    }

    private static Take take(ModelSpec spec, Random random) {
        boolean ranked = spec.distribution() instanceof Distribution.Categorical;
        var sampling = new Sampling(1, ranked ? random.nextInt(spec.levels()) : 0, 1);
        return new Take(random.nextLong(), sampling, labels(spec, random));
    }

    private static Map<String, Float> labels(ModelSpec spec, Random random) {
        List<String> names = spec.labels().names();
        if (names.isEmpty()) return Map.of();
        return Map.of(names.get(random.nextInt(names.size())), random.nextFloat());
    }
}
