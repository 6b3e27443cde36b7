package wavenet4j.benchmarks;

import oshi.SystemInfo;
import oshi.hardware.CentralProcessor.ProcessorCache;

/// Levels of the memory hierarchy, fastest first.
public enum MemoryLevel {
    L1(1),
    L2(2),
    L3(3),
    MEMORY(4);

    private static final long LARGEST_ARRAY = 1L << 30;

    private final int number;

    MemoryLevel(int number) {
        this.number = number;
    }

    /// The capacity in bytes on this machine; 0 if unknown.
    public long size() {
        if (this == MEMORY) return Long.MAX_VALUE;
        return new SystemInfo()
                .getHardware().getProcessor().getProcessorCaches().stream()
                        .filter(cache -> cache.getLevel() == number)
                        .filter(cache -> cache.getType() != ProcessorCache.Type.INSTRUCTION)
                        .mapToLong(ProcessorCache::getCacheSize)
                        .findFirst()
                        .orElse(0);
    }

    /// A working set in bytes that is read from this level: half of the capacity of L1 and L2, four
    /// times L2 for the shared L3, twice L3 for memory.
    ///
    /// @throws IllegalStateException when the cache sizes are unknown
    public long working() {
        long bytes =
                switch (this) {
                    case L1, L2 -> size() / 2;
                    case L3 -> Math.min(size() / 2, 4 * L2.size());
                    case MEMORY -> Math.min(2 * L3.size(), LARGEST_ARRAY);
                };
        if (bytes == 0) {
            throw new IllegalStateException(
                    "the cache sizes of this machine are unknown, so reading from %s cannot be measured"
                            .formatted(this));
        }
        return bytes;
    }

    /// The fastest level with a capacity of at least `bytes`.
    public static MemoryLevel holding(long bytes) {
        for (MemoryLevel level : values()) {
            if (bytes <= level.size()) return level;
        }
        return MEMORY;
    }
}
