package wavenet4j.benchmarks;

import oshi.SystemInfo;
import oshi.hardware.CentralProcessor.ProcessorCache;

/// Where bytes may come from, nearest first.
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

    /// The bytes that it holds on this machine, 0 where the machine does not tell.
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

    /// The bytes to read over and over so that they come from here: half of what it holds, of the
    /// third level four times what the second holds, for others share it; of memory twice what the
    /// third holds.
    public long working() {
        long bytes =
                switch (this) {
                    case L1, L2 -> size() / 2;
                    case L3 -> Math.min(size() / 2, 4 * L2.size());
                    case MEMORY -> Math.min(2 * L3.size(), LARGEST_ARRAY);
                };
        if (bytes == 0) {
            throw new IllegalStateException(
                    "the machine does not tell the size of its caches, so nothing can be measured"
                            + " of "
                            + this);
        }
        return bytes;
    }

    /// The nearest that holds so many bytes.
    public static MemoryLevel holding(long bytes) {
        for (MemoryLevel level : values()) {
            if (bytes <= level.size()) return level;
        }
        return MEMORY;
    }
}
