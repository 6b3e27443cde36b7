package wavenet4j.cuda.internal.driver;

/// The configuration of a kernel launch: a one-dimensional grid of one-dimensional blocks.
///
/// @param blocks all of them, a multiple of `clusterBlocks`
/// @param threads of each block, 1 to 1024
/// @param clusterBlocks the blocks of a cluster, which can access each other's shared memory, 1 to
///   16; 1 for no clusters
/// @param sharedBytes the dynamic shared memory of each block
/// @param cooperative whether all blocks must be resident at once, so that they may wait for each
///   other
public record Launch(
        int blocks, int threads, int clusterBlocks, int sharedBytes, boolean cooperative) {
    static final int MOST_THREADS = 1024;

    /// The largest cluster of any card; those of more than eight blocks must be asked for.
    static final int MOST_CLUSTER_BLOCKS = 16;

    /// The largest that every card with clusters launches.
    public static final int PORTABLE_CLUSTER_BLOCKS = 8;

    public Launch {
        check(blocks, "blocks", 1, Integer.MAX_VALUE);
        check(threads, "threads", 1, MOST_THREADS);
        check(clusterBlocks, "blocks of a cluster", 1, MOST_CLUSTER_BLOCKS);
        check(sharedBytes, "bytes of shared memory", 0, Integer.MAX_VALUE);
        if (blocks % clusterBlocks != 0) {
            throw new IllegalArgumentException(
                    "%d blocks cannot be parted into clusters of %d"
                            .formatted(blocks, clusterBlocks));
        }
    }

    /// Whether blocks are grouped in clusters.
    public boolean inClusters() {
        return clusterBlocks > 1;
    }

    private static void check(int value, String what, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%d %s are not between %d and %d".formatted(value, what, least, most));
        }
    }
}
