package wavenet4j.distribution;

/// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011): a uniform
/// number for each position of each stream, computed from the seed alone, so that backends, chunks
/// and streams all see the same.
public final class Philox {
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    private Philox() {}

    /// The uniform number of that position: the middle of one of 2^23 equal parts of [0, 1], so
    /// never 0, which would draw even the least likely first level.
    ///
    /// @param position of the sample in its take, from 0, the prime included
    /// @param stream number of the stream among those that share the seed
    public static float uniform(long seed, long position, int stream) {
        long block = position >>> 2;
        int word = word((int) block, (int) (block >>> 32), stream, 0, seed, (int) (position & 3));
        return ((word >>> 9) + 0.5f) * 0x1p-23f;
    }

    /// Word `index` of the block whose counter is (c0, c1, c2, c3) and key is `seed`.
    static int word(int c0, int c1, int c2, int c3, long seed, int index) {
        int key0 = (int) seed;
        int key1 = (int) (seed >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (c0 & 0xFFFFFFFFL);
            long product1 = MULTIPLIER_1 * (c2 & 0xFFFFFFFFL);
            c0 = (int) (product1 >>> 32) ^ c1 ^ key0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ key1;
            c3 = (int) product0;
            key0 += WEYL_0;
            key1 += WEYL_1;
        }
        return switch (index) {
            case 0 -> c0;
            case 1 -> c1;
            case 2 -> c2;
            default -> c3;
        };
    }
}
