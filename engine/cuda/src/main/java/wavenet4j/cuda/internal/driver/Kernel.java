package wavenet4j.cuda.internal.driver;

import static wavenet4j.cuda.internal.driver.NativeLibrary.call;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A loaded kernel with one parameter, a struct.
public final class Kernel implements Gpu.Resource {
    /// The driver's limit of a kernel's parameters.
    public static final int MOST_PARAMETER_BYTES = 4096;

    private static final int LOG_BYTES = 1 << 14;

    // CUjit_option
    private static final int ERROR_LOG_BUFFER = 5;
    private static final int ERROR_LOG_BUFFER_SIZE_BYTES = 6;

    // CUfunction_attribute
    private static final int LOCAL_SIZE_BYTES = 3;
    private static final int NUM_REGS = 4;
    private static final int MAX_DYNAMIC_SHARED_SIZE_BYTES = 8;
    private static final int NON_PORTABLE_CLUSTER_SIZE_ALLOWED = 14;

    // CUresult
    private static final int INVALID_VALUE = 1;
    private static final int INVALID_CLUSTER_SIZE = 912;

    private final Gpu gpu;
    private final Driver driver;
    private final String name;
    private final MemorySegment module;
    private final MemorySegment function;
    private final int registers;
    private final int localBytes;

    // What a launch needs, so that none allocates.
    private final Arena arena = Arena.ofShared();
    private final LaunchConfig config;
    private final MemorySegment parameters;
    private final MemorySegment parameterPointers;

    private int sharedBytesAllowed;
    private boolean largeClustersAllowed;
    private boolean closed;

    /// @param image PTX or a cubin
    Kernel(Gpu gpu, byte[] image, String name) {
        this.gpu = gpu;
        this.name = name;
        driver = gpu.driver();
        module = module(image);
        try (var local = Arena.ofConfined()) {
            var nameBytes = local.allocateFrom(name);
            function =
                    driver.handle(
                            "looking for the kernel " + name,
                            handle ->
                                    (int)
                                            driver.cuModuleGetFunction()
                                                    .invokeExact(handle, module, nameBytes));
            registers = attribute(NUM_REGS);
            localBytes = attribute(LOCAL_SIZE_BYTES);
        } catch (CudaException e) {
            unload();
            throw e;
        }
        config = new LaunchConfig(arena, gpu.stream());
        parameters = arena.allocate(MOST_PARAMETER_BYTES, ADDRESS.byteSize() * 2);
        parameterPointers = arena.allocate(ADDRESS);
        parameterPointers.set(ADDRESS, 0, parameters);
    }

    /// The registers of a thread.
    public int registers() {
        return registers;
    }

    /// The bytes of local memory of a thread; above 0 when registers are spilled.
    public int localBytes() {
        return localBytes;
    }

    /// The number of clusters (blocks, without clusters) that an idle GPU runs at once, or 0.
    public int clustersAtOnce(Launch launch) {
        if (!launch.inClusters()) {
            return blocksPerMultiprocessor(launch) * gpu.properties().multiprocessors();
        }
        if (!gpu.properties().clusters() || !prepare(launch)) return 0;
        try (var local = Arena.ofConfined()) {
            var count = local.allocate(JAVA_INT);
            int error =
                    call(() ->
                            (int)
                                    driver.cuOccupancyMaxActiveClusters()
                                            .invokeExact(count, function, config.of(launch)));
            if (error == INVALID_CLUSTER_SIZE) return 0;
            if (error != 0) throw driver.failure("counting the clusters of " + name, error, "");
            return count.get(JAVA_INT, 0);
        }
    }

    /// Whether an idle GPU holds such a launch: all its clusters, or all blocks that wait for each
    /// other, at once.
    public boolean holds(Launch launch) {
        int atOnce = clustersAtOnce(launch);
        if (launch.inClusters()) return atOnce >= launch.blocks() / launch.clusterBlocks();
        return launch.cooperative() ? atOnce >= launch.blocks() : atOnce > 0;
    }

    /// The number of blocks that a multiprocessor runs at once, or 0.
    public int blocksPerMultiprocessor(Launch launch) {
        if (!prepare(launch)) return 0;
        int threads = launch.threads();
        long sharedBytes = launch.sharedBytes();
        return (int)
                driver.number(
                        "counting the blocks of " + name,
                        count ->
                                (int)
                                        driver.cuOccupancyMaxActiveBlocksPerMultiprocessor()
                                                .invokeExact(
                                                        count, function, threads, sharedBytes));
    }

    /// Starts the kernel after all that the card was given before, and does not wait for it.
    ///
    /// @param params the bytes of its parameter; they are read before this returns
    /// @throws IllegalArgumentException when this card cannot run such a launch
    public void launch(Launch launch, MemorySegment params) {
        if (params.byteSize() > MOST_PARAMETER_BYTES) {
            throw new IllegalArgumentException(
                    "the kernel %s was given %d bytes of parameters, and %d are the most"
                            .formatted(name, params.byteSize(), MOST_PARAMETER_BYTES));
        }
        if (launch.inClusters() && !gpu.properties().clusters()) {
            throw unable("launches no clusters");
        }
        if (launch.cooperative() && !gpu.properties().cooperative()) {
            throw unable("makes no cooperative launches");
        }
        if (!prepare(launch)) {
            throw unable(
                    "has %d bytes of shared memory for a block, too few for %d and the kernel's own"
                            .formatted(
                                    gpu.properties().sharedBytesPerBlock(), launch.sharedBytes()));
        }
        MemorySegment.copy(params, 0, parameters, 0, params.byteSize());
        driver.run(
                "starting a kernel",
                () ->
                        (int)
                                driver.cuLaunchKernelEx()
                                        .invokeExact(
                                                config.of(launch),
                                                function,
                                                parameterPointers,
                                                MemorySegment.NULL));
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        gpu.forget(this);
        unload();
        arena.close();
    }

    private MemorySegment module(byte[] image) {
        gpu.makeCurrent();
        try (var local = Arena.ofConfined()) {
            // PTX ends in a zero.
            var bytes = local.allocate(image.length + 1L, ADDRESS.byteSize());
            MemorySegment.copy(MemorySegment.ofArray(image), 0, bytes, 0, image.length);
            var log = local.allocate(LOG_BYTES);
            var options =
                    local.allocateFrom(JAVA_INT, ERROR_LOG_BUFFER, ERROR_LOG_BUFFER_SIZE_BYTES);
            // An array of void *, in the second of which a number stands.
            var values = local.allocateFrom(JAVA_LONG, log.address(), LOG_BYTES);
            var handle = local.allocate(ADDRESS);
            int error =
                    call(() ->
                            (int)
                                    driver.cuModuleLoadDataEx()
                                            .invokeExact(handle, bytes, 2, options, values));
            if (error != 0) {
                throw driver.failure("loading the kernel " + name, error, log.getString(0));
            }
            return handle.get(ADDRESS, 0);
        }
    }

    /// Allows what the launch needs beyond what every launch may have; false where the card has not
    /// so much shared memory beside what the kernel itself declares.
    private boolean prepare(Launch launch) {
        if (closed) throw new IllegalStateException("the kernel %s is closed".formatted(name));
        gpu.makeCurrent();
        if (launch.sharedBytes() > sharedBytesAllowed) {
            int error = allow(MAX_DYNAMIC_SHARED_SIZE_BYTES, launch.sharedBytes());
            if (error == INVALID_VALUE) return false;
            if (error != 0) throw driver.failure("allowing shared memory for " + name, error, "");
            sharedBytesAllowed = launch.sharedBytes();
        }
        if (launch.clusterBlocks() > Launch.PORTABLE_CLUSTER_BLOCKS && !largeClustersAllowed) {
            int error = allow(NON_PORTABLE_CLUSTER_SIZE_ALLOWED, 1);
            if (error != 0) throw driver.failure("allowing large clusters of " + name, error, "");
            largeClustersAllowed = true;
        }
        return true;
    }

    private int allow(int attribute, int value) {
        return call(
                () -> (int) driver.cuFuncSetAttribute().invokeExact(function, attribute, value));
    }

    private int attribute(int attribute) {
        return (int)
                driver.number(
                        "asking what the kernel %s needs".formatted(name),
                        value ->
                                (int)
                                        driver.cuFuncGetAttribute()
                                                .invokeExact(value, attribute, function));
    }

    private void unload() {
        gpu.free(() -> (int) driver.cuModuleUnload().invokeExact(module));
    }

    private IllegalArgumentException unable(String what) {
        return new IllegalArgumentException(
                "the card %s %s".formatted(gpu.properties().name(), what));
    }
}
