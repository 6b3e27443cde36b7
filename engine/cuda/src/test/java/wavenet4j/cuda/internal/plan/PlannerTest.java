package wavenet4j.cuda.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import wavenet4j.ModelSpec;
import wavenet4j.cuda.internal.driver.GpuProperties;
import wavenet4j.cuda.internal.driver.Launch;
import wavenet4j.cuda.internal.driver.Lookup;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.plan.Layout.Link;
import wavenet4j.testing.Channels;
import wavenet4j.testing.TestModels;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

final class PlannerTest {
    private static final long GIB = 1L << 30;

    private static final GpuProperties H200 =
            new GpuProperties("H200", 90, 132, 232_448, 141 * GIB, 13_000, true, true);
    private static final GpuProperties A100 =
            new GpuProperties("A100", 80, 108, 166_912, 40 * GIB, 12_040, true, false);
    private static final GpuProperties RTX_4090 =
            new GpuProperties("RTX 4090", 89, 128, 101_376, 24 * GIB, 12_040, true, false);
    private static final GpuProperties T4 =
            new GpuProperties("T4", 75, 40, 65_536, 16 * GIB, 12_020, true, false);

    private static ModelSpec network(String name) {
        return switch (name) {
            case "tiny" -> spec(new Channels(16, 16, 32, 32), 10, 1);
            case "small" -> spec(new Channels(32, 32, 128, 256), 10, 2);
            case "medium" -> spec(new Channels(64, 64, 256, 256), 10, 2);
            case "ibab" -> spec(new Channels(32, 32, 512, 512), 10, 5);
            case "wide" -> spec(new Channels(256, 256, 1024, 1024), 10, 3);
            default -> throw new AssertionError(name);
        };
    }

    private static ModelSpec spec(Channels channels, int octaves, int cycles) {
        var dilations = new ArrayList<Integer>();
        for (int c = 0; c < cycles; c++) {
            IntStream.range(0, octaves).forEach(i -> dilations.add(1 << i));
        }
        return TestModels.spec(256, channels, 2, dilations);
    }

    private static GpuProperties card(String name) {
        return List.of(H200, A100, RTX_4090, T4).stream()
                .filter(card -> card.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    /// Weights that fit one block stay in one; few streams of others go through a cluster where the
    /// card has any, the rest through a grid.
    @ParameterizedTest
    @CsvSource({
        "H200, tiny, false, 1, NONE, 1, 16",
        "H200, small, false, 1, CLUSTER, 8, 4",
        "H200, medium, false, 1, CLUSTER, 16, 2",
        "H200, medium, false, 16, CLUSTER, 16, 2",
        "H200, medium, false, 1024, GRID, 22, 1",
        "H200, medium, true, 1, CLUSTER, 16, 2",
        "H200, ibab, false, 1, CLUSTER, 16, 4",
        "A100, medium, false, 1, GRID, 22, 1",
        "A100, small, false, 1, GRID, 5, 7",
        "RTX 4090, small, false, 128, GRID, 12, 2",
        "T4, small, false, 1, GRID, 12, 2",
    })
    void theChipHoldsTheWeightsWhereItCan(
            String card,
            String network,
            boolean strict,
            int streams,
            Link link,
            int blocks,
            int layersPerBlock) {
        Plan plan = found(new Planner(card(card), 512).plan(network(network), strict, streams));
        assertThat(plan.layout().link()).isEqualTo(link);
        assertThat(plan.blocks()).isEqualTo(blocks);
        assertThat(plan.layout().layersPerBlock()).isEqualTo(layersPerBlock);
    }

    /// Whatever the network, a launch is one that the card runs: blocks at once, shared memory,
    /// groups.
    @ParameterizedTest
    @EnumSource(Link.class)
    void everyPlanIsOneThatTheCardRuns(Link link) {
        for (GpuProperties card : List.of(H200, A100, RTX_4090, T4)) {
            for (String network : List.of("tiny", "small", "medium", "ibab", "wide")) {
                for (int streams : List.of(1, 2, 8, 9, 128, 1024, 5000)) {
                    for (boolean strict : List.of(false, true)) {
                        var finding =
                                new Planner(card, 512)
                                        .plan(link, network(network), strict, streams);
                        switch (finding) {
                            case Missing<Plan>(var reason, var remedy) ->
                                    assertThat(List.of(reason, remedy)).noneMatch(String::isBlank);
                            case Found<Plan>(var plan) ->
                                    requireRuns(card, network(network), streams, plan);
                        }
                    }
                }
            }
        }
    }

    private static void requireRuns(GpuProperties card, ModelSpec spec, int streams, Plan plan) {
        Launch launch = plan.launch();
        assertThat(plan.sharedBytes()).isLessThanOrEqualTo(card.sharedBytesPerBlock());
        assertThat(plan.groups() * plan.layout().columns()).isGreaterThanOrEqualTo(streams);
        assertThat(plan.pipelines()).isBetween(1, plan.groups());
        assertThat(plan.groupsPerPipeline() * plan.pipelines())
                .isGreaterThanOrEqualTo(plan.groups());
        if (plan.layout().link() != Link.NONE) {
            assertThat(launch.blocks()).isLessThanOrEqualTo(card.multiprocessors());
            assertThat(plan.hiddenRank() * plan.layout().layersPerBlock())
                    .isGreaterThanOrEqualTo(spec.layers());
            assertThat(plan.outputRank()).isBetween(0, plan.blocks() - 1);
        }
        assertThat(plan.describe(spec)).isNotBlank();
    }

    /// Eight blocks of an H200 hold small on the chip, but not medium, of which a layer takes 90 kB
    /// and two go into one block; of small ten do.
    @ParameterizedTest
    @CsvSource({
        "medium, LARGE_CLUSTERS, CLUSTER, 16",
        "medium, CLUSTERS, GRID, 12",
        "medium, GRID, GRID, 12",
        "medium, BLOCK, NONE, 1",
        "small, CLUSTERS, CLUSTER, 8",
        "small, GRID, GRID, 4",
        "tiny, LARGE_CLUSTERS, NONE, 1"
    })
    void aCardThatHoldsLessIsGivenLess(String network, Planner.Reach reach, Link link, int blocks) {
        Plan plan = found(new Planner(H200, 512, reach).plan(network(network), false, 1));
        assertThat(plan.layout().link()).isEqualTo(link);
        assertThat(plan.blocks()).isEqualTo(blocks);
    }

    /// The kernels in clusters are PTX 8.1, which is of CUDA 12.1.
    @Test
    void aDriverBeforeCuda12_1IsGivenNoClusters() {
        for (int version : new int[] {11_080, 12_000, 12_010}) {
            var card = new GpuProperties("H100", 90, 132, 232_448, 80 * GIB, version, true, true);
            Plan plan = found(new Planner(card, 512).plan(network("medium"), false, 1));
            assertThat(plan.layout().link()).isEqualTo(version < 12_010 ? Link.GRID : Link.CLUSTER);
        }
        var card = new GpuProperties("H100", 90, 132, 232_448, 80 * GIB, 12_000, true, true);
        assertThat(new Planner(card, 512).plan(Link.CLUSTER, network("medium"), false, 1))
                .isInstanceOfSatisfying(
                        Missing.class,
                        missing -> {
                            assertThat(missing.reason()).contains("H100", "CUDA 12.1");
                            assertThat(missing.remedy()).contains("530");
                        });
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheReason() {
        var many = TestModels.spec(2000, TestModels.channels(16), 2, List.of(1));
        assertThat(new Planner(H200, 512).plan(many, false, 1))
                .isInstanceOfSatisfying(
                        Missing.class,
                        missing -> assertThat(missing.reason()).contains("2,000 levels", "1,024"));
        assertThat(new Planner(A100, 512).plan(Link.CLUSTER, network("small"), false, 1))
                .isInstanceOfSatisfying(
                        Missing.class,
                        missing -> assertThat(missing.reason()).contains("A100", "clusters"));
        var huge = TestModels.spec(256, TestModels.channels(4096), 2, List.of(1));
        assertThat(new Planner(T4, 512).plan(huge, true, 8))
                .isInstanceOfSatisfying(
                        Missing.class,
                        missing ->
                                assertThat(missing.reason()).contains("shared memory", "65,536"));
    }

    private static Plan found(Lookup<Plan> finding) {
        return switch (finding) {
            case Found<Plan>(var plan) -> plan;
            case Missing<Plan> missing -> throw new AssertionError(missing.toString());
        };
    }
}
