package wavenet4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.backend.Backend;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Philox;
import wavenet4j.distribution.Picker;
import wavenet4j.distribution.Sampling;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Labels;
import wavenet4j.spec.Precision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What every backend's generators keep, whatever they run on. A backend's test extends this and
/// names the backend; a backend that this machine lacks shows as skipped, with its reason.
public abstract class GeneratorContract {
    /// How far a logit may lie from the reference's, as a share of the largest logit (at least 1).
    /// Sums in another order and approximated gates stay well inside; a mistake does not.
    protected static final double TOLERANCE = 1e-4;

    private static final String SPECS = "wavenet4j.testing.GeneratorContract#specs";
    private static final String LABELLED = "wavenet4j.testing.GeneratorContract#labelledSpecs";
    private static final String MIXTURES = "wavenet4j.testing.GeneratorContract#mixtureSpecs";

    /// [#TOLERANCE] of an amplitude, in 16-bit levels.
    private static final int NEIGHBOURS = 4;

    /// The backend under test.
    protected abstract Backend backend();

    /// How far a logit may lie from the reference's on weights of that precision, which the
    /// reference's are rounded to; more than [#TOLERANCE] where a backend rounds other numbers too.
    protected double tolerance(Precision precision) {
        return TOLERANCE;
    }

    /// How long a take is of which more samples only make the test sharper: `samples` of them, or
    /// fewer where each takes its time.
    protected int takeOf(int samples) {
        return samples;
    }

    static Stream<Named<ModelSpec>> specs() {
        return TestModels.awkwardSpecs().entrySet().stream()
                .map(entry -> Named.of(entry.getKey(), entry.getValue()));
    }

    static Stream<Named<ModelSpec>> mixtureSpecs() {
        return specs().filter(named ->
                named.getPayload().distribution() instanceof Distribution.LogisticMixture);
    }

    static Stream<Named<ModelSpec>> labelledSpecs() {
        return specs().filter(named -> !named.getPayload().labels().names().isEmpty());
    }

    @ParameterizedTest
    @MethodSource(SPECS)
    public void theModelIsTheOneOpened(ModelSpec spec) {
        try (var generator = open(spec)) {
            assertThat(generator.model().spec()).isEqualTo(spec);
        }
    }

    @ParameterizedTest
    @MethodSource(SPECS)
    public void chunkingNeverChangesTheTake(ModelSpec spec) {
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
    @MethodSource(SPECS)
    public void everyLevelIsOneOfTheModels(ModelSpec spec) {
        try (var generator = open(spec)) {
            for (int level : generate(generator, takeOf(500))) {
                assertThat(level).isBetween(0, spec.levels() - 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(SPECS)
    public void aSeedIsATake(ModelSpec spec) {
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
    @MethodSource(SPECS)
    public void theHighHalfOfASeedCounts(ModelSpec spec) {
        try (var generator = open(spec)) {
            generator.reset(Take.ofSeed(9));
            int[] low = generate(generator, takeOf(400));
            generator.reset(Take.ofSeed(9 | 1L << 63));
            assertThat(generate(generator, takeOf(400))).isNotEqualTo(low);
        }
    }

    @ParameterizedTest
    @MethodSource(SPECS)
    public void aPrimeCountsAsPartOfTheTake(ModelSpec spec) {
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
    @MethodSource(SPECS)
    public void rangesAreHonoured(ModelSpec spec) {
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
    @MethodSource(SPECS)
    public void askingForLogitsDisturbsNothing(ModelSpec spec) {
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
    @MethodSource(SPECS)
    public void aTakeStartsAfterAReceptiveFieldOfSilence(ModelSpec spec) {
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
    @MethodSource(SPECS)
    public void temperatureZeroTakesTheLikeliest(ModelSpec spec) {
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
    @MethodSource(SPECS)
    public void badLevelsAreRefusedBeforeAnyIsFed(ModelSpec spec) {
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
    @MethodSource(SPECS)
    public void logitsAgreeWithTheReference(ModelSpec spec) {
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

    @Test
    public void itsTextIsItsName() {
        assertThat(backend()).hasToString(backend().name());
    }

    @Test
    public void aClosedGeneratorThrows() {
        var spec = TestModels.awkwardSpecs().firstEntry().getValue();
        var generator = open(spec);
        generate(generator, 2);
        generator.close();
        assertThatThrownBy(() -> generate(generator, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
        generator.close();
    }

    /// Its value is the short form of a label that only one has, at the start and on the way.
    @Test
    public void aLabelMayBeNamedByItsValue() {
        var labels = new Labels(List.of("digit=7", "speaker=theo", "theo=7"), 4);
        var spec =
                TestModels.channels(4)
                        .spec(8000, new Distribution.Categorical(16), 2, List.of(1, 2), labels);
        var model = TestModels.random(spec, 1);
        try (var whole = open(model, Precision.FLOAT32);
                var brief = open(model, Precision.FLOAT32)) {
            whole.reset(new Take(3, Sampling.DEFAULT, Set.of("speaker=theo")));
            brief.reset(new Take(3, Sampling.DEFAULT, Set.of("theo")));
            assertThat(generate(brief, 20)).isEqualTo(generate(whole, 20));
            whole.label(Map.of("speaker=theo", 0.5f, "digit=7", 0.25f));
            brief.label(Map.of("theo", 0.5f, "digit=7", 0.25f));
            assertThat(generate(brief, 20)).isEqualTo(generate(whole, 20));
            assertThat(logits(brief)).isEqualTo(logits(whole));
            whole.label(Map.of("digit=7", 1f));
            generate(whole, 1);
            generate(brief, 1);
            assertThat(logits(brief)).isNotEqualTo(logits(whole));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> brief.label(Map.of("7", 1f)))
                    .withMessage("the label 7 may mean digit=7 or theo=7; give the whole name");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> brief.label(Map.of("theo", 1f, "speaker=theo", 1f)))
                    .withMessageStartingWith("the label speaker=theo is given twice");
        }
    }

    @Test
    public void aPrecisionItLacksIsRefused() {
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
    @MethodSource(SPECS)
    public void levelsAreTheReferences(ModelSpec spec) {
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

    /// Ways to draw from such a network.
    protected static List<Sampling> samplings(ModelSpec spec) {
        return spec.distribution() instanceof Distribution.Categorical
                ? List.of(Sampling.DEFAULT, new Sampling(0.8f, 9, 0.95f))
                : List.of(Sampling.DEFAULT, new Sampling(0.8f, 0, 1));
    }

    /// Asserts that levels are what the reference draws next, which then stands behind them.
    ///
    /// Among the 65,536 levels of a mixture, the last bits of a sum, which a backend may form in an
    /// order of its own, move a pick to a neighbour now and then. There each level has to be within
    /// [#NEIGHBOURS] of what the reference draws after the same history.
    ///
    /// @param take of which they are a part
    /// @param position of the first of them in the take
    private static void assertReferences(
            int[] levels, Generator reference, Take take, int position) {
        Distribution output = reference.model().spec().distribution();
        if (output instanceof Distribution.Categorical) {
            assertThat(levels).isEqualTo(generate(reference, levels.length));
            return;
        }
        var picker = Picker.of(output);
        for (int t = 0; t < levels.length; t++) {
            float uniform = Philox.uniform(take.seed(), position + t, 0);
            int expected = picker.pick(logits(reference), take.sampling(), uniform);
            assertThat(levels[t]).as("level %s", t).isCloseTo(expected, within(NEIGHBOURS));
            reference.prime(levels, t, t + 1);
        }
    }

    /// Whatever the outputs are in their last bits, the levels are the picks from them.
    @ParameterizedTest
    @MethodSource(SPECS)
    public void levelsArePicksFromTheOutputs(ModelSpec spec) {
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
    @MethodSource(MIXTURES)
    public void aMixtureHasNoListOfLevelsToCutShort(ModelSpec spec) {
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

    @ParameterizedTest
    @MethodSource(LABELLED)
    public void labelsConditionATake(ModelSpec spec) {
        var model = TestModels.random(spec, 1);
        List<String> names = spec.labels().names();
        int[] history = TestModels.levels(spec, 2 * spec.receptiveField(), 8);
        try (var generator = open(model, Precision.FLOAT32);
                var reference = new ReferenceBackend().open(model, Precision.FLOAT32, 1)) {
            float[] plain = logits(generator);
            for (Set<String> labels :
                    List.of(Set.of(names.getFirst()), Set.of(names.getLast()), Set.copyOf(names))) {
                var take = new Take(1, Sampling.DEFAULT, labels);
                generator.reset(take);
                reference.reset(take);
                assertThat(logits(generator)).isNotEqualTo(plain);
                assertClose(logits(generator), logits(reference));
                generator.prime(history, 0, history.length);
                reference.prime(history, 0, history.length);
                assertClose(logits(generator), logits(reference));
            }
            generator.reset(Take.ofSeed(1));
            assertThat(logits(generator)).as("without labels again").isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @MethodSource(SPECS)
    public void anUnknownLabelIsRefused(ModelSpec spec) {
        try (var generator = open(spec)) {
            generator.prime(TestModels.levels(spec, 9, 9), 0, 9);
            float[] before = logits(generator);
            var take = new Take(1, Sampling.DEFAULT, Set.of("nobody"));
            var labels = spec.labels().names();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> generator.reset(take))
                    .withMessageContaining("nobody")
                    .withMessageContaining(labels.isEmpty() ? "none" : String.join(", ", labels));
            assertThat(logits(generator)).as("the take goes on").isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource(LABELLED)
    public void aLabelCountsByItsShare(ModelSpec spec) {
        var model = TestModels.random(spec, 1);
        String first = spec.labels().names().getFirst();
        String last = spec.labels().names().getLast();
        int[] history = TestModels.levels(spec, 2 * spec.receptiveField(), 10);
        try (var generator = open(model, Precision.FLOAT32);
                var reference = new ReferenceBackend().open(model, Precision.FLOAT32, 1)) {
            float[] plain = logits(generator);
            generator.reset(new Take(0, Sampling.DEFAULT, Set.of(first)));
            float[] whole = logits(generator);
            generator.reset(new Take(0, Sampling.DEFAULT, Map.of(first, 1f)));
            assertThat(logits(generator)).as("a share of 1").isEqualTo(whole);
            generator.reset(new Take(0, Sampling.DEFAULT, Map.of(first, 0f)));
            assertThat(logits(generator)).as("a share of 0").isEqualTo(plain);
            for (Map<String, Float> labels :
                    List.of(
                            Map.of(first, 0.5f),
                            Map.of(first, -2f),
                            spec.labels().names().size() == 1
                                    ? Map.of(first, 0.25f)
                                    : Map.of(first, 0.25f, last, 0.75f))) {
                var take = new Take(1, Sampling.DEFAULT, labels);
                generator.reset(take);
                reference.reset(take);
                assertThat(logits(generator)).isNotEqualTo(plain).isNotEqualTo(whole);
                generator.prime(history, 0, history.length);
                reference.prime(history, 0, history.length);
                assertClose(logits(generator), logits(reference));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(SPECS)
    public void amplitudesAreTheLevelsDecoded(ModelSpec spec) {
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

    @ParameterizedTest
    @MethodSource(SPECS)
    public void samplingMayChangeBetweenAnyTwoSamples(ModelSpec spec) {
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

    /// The history is forced, so that nothing but the labels tells the logits.
    @ParameterizedTest
    @MethodSource(LABELLED)
    public void labelsMayChangeBetweenAnyTwoSamples(ModelSpec spec) {
        var model = TestModels.random(spec, 1);
        List<String> names = spec.labels().names();
        int field = spec.receptiveField();
        int[] history = TestModels.levels(spec, 3 * field + 20, 13);
        try (var generator = open(model, Precision.FLOAT32);
                var reference = new ReferenceBackend().open(model, Precision.FLOAT32, 1)) {
            for (int t = 0; t < history.length; t++) {
                // Every tick, then every few, then never again.
                if (t <= field || (t < 2 * field && t % 3 == 0)) {
                    Map<String, Float> labels = Map.of(names.get(t % names.size()), t / 8f);
                    float[] before = logits(generator);
                    generator.label(labels);
                    reference.label(labels);
                    assertThat(logits(generator)).as("the past stays").isEqualTo(before);
                }
                generator.prime(history, t, t + 1);
                reference.prime(history, t, t + 1);
                assertClose(logits(generator), logits(reference));
            }
            // A receptive field after the change nothing tells that there was another label.
            generator.label(Map.of(names.getLast(), 0.75f));
            generator.prime(history, 0, field + 3);
            float[] changed = logits(generator);
            generator.reset(new Take(0, Sampling.DEFAULT, Map.of(names.getLast(), 0.75f)));
            generator.prime(history, 0, field + 3);
            assertClose(logits(generator), changed);
            generator.label(Map.of());
            generator.prime(history, 0, field + 3);
            changed = logits(generator);
            generator.reset(Take.ofSeed(0));
            generator.prime(history, 0, field + 3);
            assertClose(logits(generator), changed);
        }
    }

    @ParameterizedTest
    @MethodSource(LABELLED)
    public void aTakeWithChangingLabelsIsTheReferences(ModelSpec spec) {
        var model = TestModels.random(spec, 1);
        try (var generator = open(model, Precision.FLOAT32);
                var reference = new ReferenceBackend().open(model, Precision.FLOAT32, 1)) {
            generator.reset(Take.ofSeed(14));
            reference.reset(Take.ofSeed(14));
            for (int turn = 0; turn < 8; turn++) {
                List<String> names = spec.labels().names();
                Map<String, Float> labels = Map.of(names.get(turn % names.size()), turn - 3f);
                var sampling = new Sampling(0.5f + turn / 4f, 0, 1);
                generator.label(labels);
                generator.steer(sampling);
                reference.label(labels);
                reference.steer(sampling);
                var chunked = new int[50];
                for (int t = 0; t < 50; t++) generator.generate(chunked, t, t + 1);
                var take = new Take(14, sampling, labels);
                assertReferences(chunked, reference, take, turn * 50);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(SPECS)
    public void badLabelsAreRefusedOnTheWayToo(ModelSpec spec) {
        var names = spec.labels().names();
        try (var generator = open(spec);
                var another = open(spec)) {
            generator.prime(TestModels.levels(spec, 9, 9), 0, 9);
            another.prime(TestModels.levels(spec, 9, 9), 0, 9);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> generator.label(Map.of("nobody", 1f)))
                    .withMessageContaining("nobody")
                    .withMessageContaining(names.isEmpty() ? "none" : String.join(", ", names));
            if (names.isEmpty()) {
                generator.label(Map.of());
            } else {
                for (float share : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> generator.label(Map.of(names.getLast(), share)))
                            .withMessageContaining(names.getLast())
                            .withMessageContaining("" + share);
                }
                assertThatIllegalArgumentException()
                        .isThrownBy(
                                () -> generator.label(Map.of(names.getFirst(), 1f, "nobody", 1f)));
            }
            assertThat(generate(generator, 60)).isEqualTo(generate(another, 60));
        }
    }

    @ParameterizedTest
    @MethodSource(SPECS)
    public void generatorsOfOneModelAreIndependent(ModelSpec spec) {
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
    @MethodSource(SPECS)
    public void generatorsOfOneModelRunAtOnce(ModelSpec spec) throws InterruptedException {
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
    public void closingTwiceIsHarmless() {
        var spec = TestModels.awkwardSpecs().firstEntry().getValue();
        var generator = open(spec);
        generate(generator, 3);
        generator.close();
        generator.close();
        try (var another = open(spec)) {
            assertThat(generate(another, 3)).hasSize(3);
        }
    }

    /// A generator of a seeded random network of that shape.
    protected final Generator open(ModelSpec spec) {
        return open(TestModels.random(spec, 1), Precision.FLOAT32);
    }

    /// A generator of the backend under test; skips the test where it cannot run.
    protected final Generator open(Model model, Precision precision) {
        if (backend().probe(model.spec()) instanceof Missing(var reason, var remedy)) {
            return Assumptions.abort(
                    "%s is missing: %s (%s)".formatted(backend().name(), reason, remedy));
        }
        return backend().open(model, precision, 1);
    }

    /// The next `count` levels.
    protected static int[] generate(Generator generator, int count) {
        var levels = new int[count];
        generator.generate(levels, 0, count);
        return levels;
    }

    /// The logits of the next sample.
    protected static float[] logits(Generator generator) {
        var logits = new float[generator.model().spec().distribution().width()];
        generator.outputs(logits);
        return logits;
    }

    /// Asserts that logits are the expected ones within [#TOLERANCE].
    protected static void assertClose(float[] actual, float[] expected) {
        assertClose(actual, expected, TOLERANCE);
    }

    private static void assertClose(float[] actual, float[] expected, double tolerance) {
        double largest = 1;
        for (float logit : expected) largest = Math.max(largest, Math.abs(logit));
        assertThat(actual).hasSameSizeAs(expected);
        for (int q = 0; q < expected.length; q++) {
            assertThat((double) actual[q])
                    .as("the logit of level %s", q)
                    .isCloseTo(expected[q], within(tolerance * largest));
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
