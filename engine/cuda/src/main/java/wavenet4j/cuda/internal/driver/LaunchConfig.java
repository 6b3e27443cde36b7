package wavenet4j.cuda.internal.driver;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.PathElement.sequenceElement;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// A [Launch] as the driver's CUlaunchConfig, in native memory that all launches of a kernel reuse.
public final class LaunchConfig {
    private static final int VALUE_INTS = 16;
    private static final int MOST_ATTRIBUTES = 2;

    /// CUlaunchAttribute, whose value is a union of 64 bytes.
    static final StructLayout ATTRIBUTE =
            MemoryLayout.structLayout(
                    JAVA_INT.withName("id"),
                    MemoryLayout.paddingLayout(Integer.BYTES),
                    MemoryLayout.sequenceLayout(VALUE_INTS, JAVA_INT).withName("value"));

    /// CUlaunchConfig.
    public static final StructLayout CONFIG =
            MemoryLayout.structLayout(
                    JAVA_INT.withName("gridDimX"),
                    JAVA_INT.withName("gridDimY"),
                    JAVA_INT.withName("gridDimZ"),
                    JAVA_INT.withName("blockDimX"),
                    JAVA_INT.withName("blockDimY"),
                    JAVA_INT.withName("blockDimZ"),
                    JAVA_INT.withName("sharedMemBytes"),
                    MemoryLayout.paddingLayout(Integer.BYTES),
                    ADDRESS.withName("hStream"),
                    ADDRESS.withName("attrs"),
                    JAVA_INT.withName("numAttrs"),
                    MemoryLayout.paddingLayout(Integer.BYTES));

    private static final long GRID_X = offset("gridDimX");
    private static final long GRID_Y = offset("gridDimY");
    private static final long GRID_Z = offset("gridDimZ");
    private static final long BLOCK_X = offset("blockDimX");
    private static final long BLOCK_Y = offset("blockDimY");
    private static final long BLOCK_Z = offset("blockDimZ");
    private static final long SHARED_BYTES = offset("sharedMemBytes");
    private static final long STREAM = offset("hStream");
    private static final long ATTRIBUTES = offset("attrs");
    private static final long ATTRIBUTE_COUNT = offset("numAttrs");

    private static final long ID = ATTRIBUTE.byteOffset(groupElement("id"));
    private static final long VALUE =
            ATTRIBUTE.byteOffset(groupElement("value"), sequenceElement(0));

    // CUlaunchAttributeID
    private static final int COOPERATIVE = 2;
    private static final int CLUSTER_DIMENSION = 4;

    private final MemorySegment config;
    private final MemorySegment attributes;

    LaunchConfig(Arena arena, MemorySegment stream) {
        config = arena.allocate(CONFIG);
        attributes = arena.allocate(ATTRIBUTE, MOST_ATTRIBUTES);
        config.set(JAVA_INT, GRID_Y, 1);
        config.set(JAVA_INT, GRID_Z, 1);
        config.set(JAVA_INT, BLOCK_Y, 1);
        config.set(JAVA_INT, BLOCK_Z, 1);
        config.set(ADDRESS, STREAM, stream);
        config.set(ADDRESS, ATTRIBUTES, attributes);
    }

    /// The CUlaunchConfig of that launch, until the next call.
    MemorySegment of(Launch launch) {
        config.set(JAVA_INT, GRID_X, launch.blocks());
        config.set(JAVA_INT, BLOCK_X, launch.threads());
        config.set(JAVA_INT, SHARED_BYTES, launch.sharedBytes());
        int count = 0;
        if (launch.inClusters()) {
            attribute(count++, CLUSTER_DIMENSION, launch.clusterBlocks(), 1, 1);
        }
        if (launch.cooperative()) attribute(count++, COOPERATIVE, 1, 0, 0);
        config.set(JAVA_INT, ATTRIBUTE_COUNT, count);
        return config;
    }

    private void attribute(int index, int id, int x, int y, int z) {
        long at = index * ATTRIBUTE.byteSize();
        attributes.set(JAVA_INT, at + ID, id);
        attributes.set(JAVA_INT, at + VALUE, x);
        attributes.set(JAVA_INT, at + VALUE + Integer.BYTES, y);
        attributes.set(JAVA_INT, at + VALUE + 2 * Integer.BYTES, z);
    }

    private static long offset(String field) {
        return CONFIG.byteOffset(groupElement(field));
    }
}
