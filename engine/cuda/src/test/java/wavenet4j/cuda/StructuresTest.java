package wavenet4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.cuda.internal.driver.CudaException;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.plan.Layout;
import wavenet4j.cuda.internal.plan.Layout.Link;
import wavenet4j.cuda.internal.plan.Plan;
import wavenet4j.cuda.internal.plan.Planner;
import wavenet4j.cuda.internal.plan.Planning;
import wavenet4j.distribution.Sampling;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Precision;
import wavenet4j.testing.Channels;
import wavenet4j.testing.TestModels;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Every way to lay a network out gives the same takes: the kernel's own source, thread by thread,
/// with its pipelines and mailboxes, emulated on the processor.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
final class StructuresTest {
    // Awkward in all that the kernel pads or splits.
    private static final ModelSpec SPEC =
            TestModels.labelled(
                    TestModels.spec(
                            256, new Channels(48, 40, 72, 50), 3, List.of(1, 3, 2, 7, 1, 5, 4)),
                    3,
                    5);

    private static final Model MODEL = TestModels.random(SPEC, 1);

    private EmulatedCard card;

    @BeforeAll
    void emulate(@TempDir Path folder) throws IOException, InterruptedException {
        card = EmulatedCard.in(folder);
    }

    @AfterEach
    void allIsGivenBack() {
        card.driver().assertAllGivenBack();
        card.driver().reset();
    }

    @ParameterizedTest
    @EnumSource(Link.class)
    void strictLevelsAreTheReferences(Link link) {
        try (Generator generator = card.backend(link).open(MODEL, Precision.FLOAT32, 1);
                Generator reference = new ReferenceBackend().open(MODEL, Precision.FLOAT32, 1)) {
            assertThat(take(generator)).isEqualTo(take(reference));
        }
    }

    /// Primed, with top-k and top-p, and with labels that change on the way.
    private static int[] take(Generator generator) {
        generator.reset(new Take(-5, new Sampling(0.9f, 40, 0.95f), Map.of("label 1", 1f)));
        generator.prime(TestModels.levels(SPEC, 20, 3), 0, 20);
        var levels = new int[60];
        generator.generate(levels, 0, 24);
        generator.label(Map.of("label 0", 0.5f, "label 2", 0.5f));
        generator.steer(new Sampling(1, 0, 1));
        generator.generate(levels, 24, 60);
        return levels;
    }

    /// Fewer multiprocessors than a pipeline for each group: groups follow each other through the
    /// blocks.
    @ParameterizedTest
    @EnumSource(Link.class)
    void streamsInCompanyAreThoseAlone(Link link) {
        card.driver().set("multiprocessors", link == Link.CLUSTER ? 18 : 13);
        for (Precision precision : List.of(Precision.FLOAT16, Precision.FLOAT32)) {
            var together = new int[12][12];
            try (Streams streams = card.backend(link).openStreams(MODEL, precision, 1, 12)) {
                for (int n = 0; n < 12; n++) streams.reset(n, takeOf(n));
                streams.prime(11, TestModels.levels(SPEC, 5, 9), 0, 5);
                streams.generate(together, 0, 12);
            }
            for (int n : List.of(7, 11)) {
                try (Generator alone = card.backend(Link.NONE).open(MODEL, precision, 1)) {
                    alone.reset(takeOf(n));
                    if (n == 11) alone.prime(TestModels.levels(SPEC, 5, 9), 0, 5);
                    var levels = new int[12];
                    alone.generate(levels, 0, 12);
                    assertThat(together[n]).as("stream %s", n).isEqualTo(levels);
                }
            }
        }
    }

    private static Take takeOf(int stream) {
        return new Take(stream, Sampling.DEFAULT, Map.of("label " + stream % 3, 1f));
    }

    /// Sixteen warps, as on a real card, and one for each tile: the weights that stay in registers.
    @ParameterizedTest
    @EnumSource(names = {"CLUSTER", "GRID"})
    void weightsKeptInRegistersAreTheSame(Link link) {
        var spec = TestModels.spec(256, TestModels.channels(32), 2, List.of(1, 2, 4));
        var model = TestModels.random(spec, 1);
        Planning ofSixteenWarps =
                (planner, asked, strict, streams) ->
                        new Planner(planner.gpu(), Planner.THREADS)
                                .plan(link, asked, strict, streams);
        try (Streams kept =
                        card.backend(ofSixteenWarps).openStreams(model, Precision.FLOAT16, 1, 1);
                Generator read = card.backend(Link.NONE).open(model, Precision.FLOAT16, 1)) {
            var actual = new int[1][12];
            var expected = new int[12];
            kept.generate(actual, 0, 12);
            read.generate(expected, 0, 12);
            assertThat(actual[0]).isEqualTo(expected);
        }
    }

    /// A card whose largest cluster is of four blocks is given a row of them, to the same levels.
    @Test
    void aCardThatHoldsNoSuchClusterIsGivenAGrid() {
        card.driver().set("largestCluster", 4);
        Planning clusterFirst =
                (planner, spec, strict, streams) ->
                        new Planner(planner.gpu(), 128, planner.reach())
                                .plan(
                                        planner.reach() == Planner.Reach.LARGE_CLUSTERS
                                                ? Link.CLUSTER
                                                : Link.GRID,
                                        spec,
                                        strict,
                                        streams);
        try (Generator generator = card.backend(clusterFirst).open(MODEL, Precision.FLOAT32, 1);
                Generator reference = new ReferenceBackend().open(MODEL, Precision.FLOAT32, 1)) {
            assertThat(take(generator)).isEqualTo(take(reference));
            assertThat(card.driver().library().number("last_cluster")).isEqualTo(1);
            assertThat(card.driver().library().number("last_cooperative")).isEqualTo(1);
        }
    }

    @Test
    void aCardThatHoldsNothingIsSaid() {
        card.driver().set("registers", 1000);
        assertThatThrownBy(() -> card.backend().open(MODEL, Precision.FLOAT32, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the card Pretend H200 holds no layout of this network");
    }

    /// A block that waits for a lost message times out, and the run fails. The level that never
    /// came is not looked up: the pretend card's memory ends in pages that nobody may read.
    @ParameterizedTest
    @CsvSource({"CLUSTER, '', 2", "GRID, '', 2", "CLUSTER, 30, 30", "GRID, 0.5, 0.5"})
    void aLostMessageEndsTheRun(Link link, String patience, String seconds)
            throws IOException, InterruptedException {
        var layouts = new ArrayList<Layout>();
        Planning remembered =
                (planner, spec, strict, streams) -> {
                    var finding = new Planner(planner.gpu(), 128).plan(link, spec, strict, streams);
                    if (finding instanceof Found<Plan>(var plan)) layouts.add(plan.layout());
                    return finding;
                };
        Map<String, String> environment =
                patience.isEmpty() ? Map.of() : Map.of("WAVENET4J_CUDA_PATIENCE", patience);
        try (Streams streams =
                card.backend(remembered, environment).openStreams(MODEL, Precision.FLOAT32, 1, 1)) {
            streams.generate(new int[1][3], 0, 3);
            new EmulatedKernels().loseAMessage(layouts.getFirst());
            assertThatThrownBy(() -> streams.generate(new int[1][3], 0, 3))
                    .isInstanceOf(CudaException.class)
                    .hasMessageContaining("waited " + seconds + " seconds for another");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "0", "3601", "NaN"})
    void aPatienceThatIsNoneIsRefused(String patience) {
        Planning planning = Planner::plan;
        var backend = card.backend(planning, Map.of("WAVENET4J_CUDA_PATIENCE", patience));
        assertThatThrownBy(() -> backend.open(MODEL, Precision.FLOAT32, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "WAVENET4J_CUDA_PATIENCE is \"%s\"; it must be seconds, from 0.1 to 3600"
                                .formatted(patience));
    }

    /// What was drawn before the card was lost stays; what comes after is a clear failure.
    @Test
    void aCardLostInTheMiddleOfATakeIsSaid() {
        var levels = new int[1][60];
        try (Streams streams = card.backend().openStreams(MODEL, Precision.FLOAT32, 1, 1)) {
            streams.generate(levels, 0, 20);
            int[] before = levels[0].clone();
            card.driver().failNext("cuStreamSynchronize", 719);
            assertThatThrownBy(() -> streams.generate(levels, 20, 60))
                    .isInstanceOf(CudaException.class)
                    .hasMessageContaining("CUDA_ERROR_LAUNCH_FAILED");
            assertThat(levels[0]).isEqualTo(before);
        }
        card.driver().reset();
    }

    @Test
    void tooMuchForTheCardsMemoryIsSaidAndLeavesNothing() {
        card.driver().set("memoryBytes", 1 << 20);
        assertThatThrownBy(() -> card.backend().openStreams(MODEL, Precision.FLOAT32, 1, 1000))
                .isInstanceOf(CudaException.class)
                .hasMessageContaining("CUDA_ERROR_OUT_OF_MEMORY");
    }
}
