package wavenet4j.cuda.internal.plan;

import wavenet4j.ModelSpec;
import wavenet4j.cuda.internal.driver.GpuProperties;
import wavenet4j.cuda.internal.driver.Launch;
import wavenet4j.cuda.internal.driver.Lookup;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.plan.Layout.Link;

/// Chooses how a network is laid out on a GPU.
///
/// A tick runs the layers in sequence, so for few streams the latency from one layer to the next
/// counts: it is least within a block, then through the shared memory of a cluster, then through
/// L2. A block that reads weights from L2 in each tick is slower than any of these; so layers are
/// spread over as many blocks as keep all weights on the chip. With many streams every block has
/// another group to work on, which hides latencies, and a grid over all multiprocessors has the
/// highest throughput.
///
/// @param threads of a block
/// @param reach the widest structure that it may choose
public record Planner(GpuProperties gpu, int threads, Reach reach) {
    /// How far blocks may hand on to each other, the widest first: where the card cannot hold the
    /// one, the next is tried.
    public enum Reach {
        /// Clusters of sixteen blocks, and all that follows.
        LARGE_CLUSTERS,
        /// Clusters of eight, which every card with clusters has.
        CLUSTERS,
        /// A row of blocks.
        GRID,
        /// One block.
        BLOCK
    }

    /// Sixteen warps: as many as have tiles in one of the usual layers, with registers for their
    /// weights.
    public static final int THREADS = 512;

    private static final int[] CLUSTERS = {8, 16};

    // The kernels in clusters are PTX 8.1, of CUDA 12.1 and driver 530.
    private static final int LEAST_DRIVER_FOR_CLUSTERS = 12_010;

    // What the kernel holds for top-p is sorted in time that grows with the square of the levels.
    private static final int MAX_LEVELS = 1024;

    // A cluster has mailboxes for this many groups at most; more streams fill a grid better.
    private static final int MAX_GROUPS_PER_CLUSTER = 2;

    /// A planner that may choose any structure.
    public Planner(GpuProperties gpu, int threads) {
        this(gpu, threads, Reach.LARGE_CLUSTERS);
    }

    /// The plan that is likely fastest, or why the network does not fit.
    public Lookup<Plan> plan(ModelSpec spec, boolean strict, int streams) {
        Lookup<Plan> alone = plan(Link.NONE, spec, strict, streams);
        if (!(alone instanceof Found<Plan>(var single))) return alone;
        if (networkUnits(spec, single.layout()) <= single.residentUnits()) return alone;
        for (Link link : new Link[] {Link.CLUSTER, Link.GRID}) {
            if (!mayChoose(link)) continue;
            if (plan(link, spec, strict, streams) instanceof Found<Plan> found) return found;
        }
        return alone;
    }

    private boolean mayChoose(Link link) {
        return switch (link) {
            case NONE -> true;
            case GRID -> reach.compareTo(Reach.GRID) <= 0;
            case CLUSTER -> reach.compareTo(Reach.CLUSTERS) <= 0;
        };
    }

    /// The plan of that kind, or why there is none.
    public Lookup<Plan> plan(Link link, ModelSpec spec, boolean strict, int streams) {
        if (spec.levels() > MAX_LEVELS) {
            return new Missing<>(
                    "the network has %,d levels, and the kernel picks among %,d at most"
                            .formatted(spec.levels(), MAX_LEVELS),
                    "take the backend cpu");
        }
        return switch (link) {
            case NONE -> inOneBlock(spec, strict, streams);
            case CLUSTER -> inClusters(spec, strict, streams);
            case GRID -> inAGrid(spec, strict, streams);
        };
    }

    /// The units of weights of the whole network.
    static long networkUnits(ModelSpec spec, Layout layout) {
        return (long) spec.layers() * layout.layerUnits()
                + layout.hiddenUnits()
                + layout.outputUnits();
    }

    private Lookup<Plan> inOneBlock(ModelSpec spec, boolean strict, int streams) {
        int columns = columns(streams);
        // A few layers more than there are change little, and let networks share a kernel.
        int layersPerBlock = Math.ceilDiv(spec.layers(), 8) * 8;
        var layout = Layout.of(spec, columns, strict, Link.NONE, layersPerBlock, threads);
        int groups = Math.ceilDiv(streams, columns);
        int pipelines = Math.min(groups, gpu.multiprocessors());
        return fit(layout, groups, pipelines, 1, 0, 0, networkUnits(spec, layout));
    }

    private Lookup<Plan> inClusters(ModelSpec spec, boolean strict, int streams) {
        if (!gpu.clusters()) {
            return new Missing<>(
                    "the card %s launches no clusters".formatted(gpu.name()),
                    "that takes one of compute capability 9.0 or newer");
        }
        if (gpu.driverVersion() < LEAST_DRIVER_FOR_CLUSTERS) {
            return new Missing<>(
                    "the NVIDIA driver of the card %s runs no kernels in clusters: they are of CUDA 12.1"
                            .formatted(gpu.name()),
                    "update it to version 530 or newer");
        }
        int columns = columns(streams);
        int groups = Math.ceilDiv(streams, columns);
        for (int blocks : CLUSTERS) {
            if (blocks > Launch.PORTABLE_CLUSTER_BLOCKS && reach != Reach.LARGE_CLUSTERS) break;
            int layersPerBlock = Math.ceilDiv(spec.layers(), blocks - 2);
            var layout = Layout.of(spec, columns, strict, Link.CLUSTER, layersPerBlock, threads);
            int layerStages = Math.ceilDiv(spec.layers(), layersPerBlock);
            int pipelines = Math.min(groups, gpu.multiprocessors() / (blocks + blocks / 8));
            if (pipelines == 0 || Math.ceilDiv(groups, pipelines) > MAX_GROUPS_PER_CLUSTER)
                continue;
            var plan =
                    fit(
                            layout,
                            groups,
                            pipelines,
                            blocks,
                            layerStages,
                            layerStages + 1,
                            stageUnits(layout));
            if (plan instanceof Found<Plan>(var found)
                    && stageUnits(layout) > found.residentUnits()
                    && blocks < CLUSTERS[CLUSTERS.length - 1]) {
                continue; // more blocks may hold all
            }
            if (plan instanceof Found<Plan>) return plan;
        }
        return new Missing<>(
                "%,d streams of this network do not fit the clusters of %d multiprocessors"
                        .formatted(streams, gpu.multiprocessors()),
                "generate fewer streams at once");
    }

    private Lookup<Plan> inAGrid(ModelSpec spec, boolean strict, int streams) {
        if (!gpu.cooperative()) {
            return new Missing<>(
                    "the card %s does not run all blocks of a launch at once".formatted(gpu.name()),
                    "take another card");
        }
        int columns = columns(streams);
        int groups = Math.ceilDiv(streams, columns);
        // As many layers to a block as stay on the chip: a way through L2 is long.
        for (int layersPerBlock = spec.layers(); layersPerBlock >= 1; layersPerBlock--) {
            var layout = Layout.of(spec, columns, strict, Link.GRID, layersPerBlock, threads);
            int layerStages = Math.ceilDiv(spec.layers(), layersPerBlock);
            int blocks = layerStages + 2;
            if (blocks > gpu.multiprocessors()) break;
            int pipelines = Math.min(groups, gpu.multiprocessors() / blocks);
            var plan =
                    fit(
                            layout,
                            groups,
                            pipelines,
                            blocks,
                            layerStages,
                            layerStages + 1,
                            stageUnits(layout));
            if (!(plan instanceof Found<Plan>(var found))) continue;
            boolean onChip = (long) layersPerBlock * layout.layerUnits() <= found.residentUnits();
            if (onChip || layersPerBlock == 1) return plan;
        }
        return new Missing<>(
                "a layer of this network for each of %d multiprocessors is not enough"
                        .formatted(gpu.multiprocessors()),
                "take a card with more multiprocessors");
    }

    /// The most units of weights of a block in a pipeline.
    private static long stageUnits(Layout layout) {
        long layers = (long) layout.layersPerBlock() * layout.layerUnits();
        return Math.max(layers, Math.max(layout.hiddenUnits(), layout.outputUnits()));
    }

    private Lookup<Plan> fit(
            Layout layout,
            int groups,
            int pipelines,
            int blocks,
            int hiddenRank,
            int outputRank,
            long wantedUnits) {
        int mailboxes = layout.link() == Link.CLUSTER ? Math.ceilDiv(groups, pipelines) : 1;
        long least = layout.sharedBytes() + (long) mailboxes * layout.mailboxBytes();
        if (least > gpu.sharedBytesPerBlock()) {
            return new Missing<>(
                    "a block of the kernel would need %,d bytes of shared memory, and the card %s has %,d"
                            .formatted(least, gpu.name(), gpu.sharedBytesPerBlock()),
                    "take the backend cpu");
        }
        long room = (gpu.sharedBytesPerBlock() - least) / Layout.UNIT_BYTES;
        int units = (int) Math.min(room, wantedUnits);
        int bytes = (int) least + units * Layout.UNIT_BYTES;
        return new Found<>(
                new Plan(layout, groups, pipelines, blocks, hiddenRank, outputRank, units, bytes));
    }

    private static int columns(int streams) {
        return streams == 1 ? 1 : Layout.MOST_COLUMNS;
    }
}
