package wavenet4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Sampling;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Labels;
import wavenet4j.spec.Precision;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// How labels condition a take, from its start and on the way.
interface LabelContract extends GeneratorFixture {
    @ParameterizedTest
    @MethodSource(NetworkCases.LABELLED)
    default void labelsConditionATake(ModelSpec spec) {
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
    @MethodSource(NetworkCases.LABELLED)
    default void aLabelCountsByItsShare(ModelSpec spec) {
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

    /// Its value is the short form of a label that only one has, at the start and on the way.
    @Test
    default void aLabelMayBeNamedByItsValue() {
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

    /// The history is forced, so that nothing but the labels tells the logits.
    @ParameterizedTest
    @MethodSource(NetworkCases.LABELLED)
    default void labelsMayChangeBetweenAnyTwoSamples(ModelSpec spec) {
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
    @MethodSource(NetworkCases.LABELLED)
    default void aTakeWithChangingLabelsIsTheReferences(ModelSpec spec) {
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
    @MethodSource(NetworkCases.ALL)
    default void anUnknownLabelIsRefused(ModelSpec spec) {
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
    @MethodSource(NetworkCases.ALL)
    default void badLabelsAreRefusedOnTheWayToo(ModelSpec spec) {
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
}
