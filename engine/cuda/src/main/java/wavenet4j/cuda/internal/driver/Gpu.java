package wavenet4j.cuda.internal.driver;

import static wavenet4j.cuda.internal.driver.NativeLibrary.call;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.jspecify.annotations.Nullable;

import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.driver.NativeLibrary.Call;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// An open GPU: its primary context, which other libraries of the process share, and one CUDA
/// stream, which orders all copies and launches.
///
/// Not thread-safe, but not bound to a thread.
public final class Gpu implements AutoCloseable {
    /// What the kernels need: 7.5, of 2018.
    static final int LEAST_COMPUTE_CAPABILITY = 75;

    // CU_STREAM_NON_BLOCKING: not in step with other libraries' work on the default stream.
    private static final int NON_BLOCKING = 1;

    /// Device memory or a kernel, which is freed with the GPU at the latest.
    sealed interface Resource extends AutoCloseable permits DeviceMemory, Kernel {
        @Override
        void close();
    }

    private final Driver driver;
    private final int device;
    private final GpuProperties properties;
    private final MemorySegment context;
    private final MemorySegment stream;
    private final Set<Resource> resources = new HashSet<>();
    private boolean closed;

    private Gpu(Driver driver, int device, GpuProperties properties) {
        this.driver = driver;
        this.device = device;
        this.properties = properties;
        context =
                driver.handle(
                        "taking the card " + properties.name(),
                        handle ->
                                (int)
                                        driver.cuDevicePrimaryCtxRetain()
                                                .invokeExact(handle, device));
        try {
            makeCurrent();
            stream =
                    driver.handle(
                            "creating a stream",
                            handle ->
                                    (int)
                                            driver.cuStreamCreate()
                                                    .invokeExact(handle, NON_BLOCKING));
        } catch (CudaException e) {
            call(() -> (int) driver.cuDevicePrimaryCtxRelease().invokeExact(device));
            throw e;
        }
    }

    /// That this machine can have no GPU, as it has no driver of any; null where it may have one.
    ///
    /// @param library the driver's file; null for the one that the system's loader finds
    public static @Nullable Missing<Gpu> absence(@Nullable Path library) {
        String reason = Driver.absence(library);
        return reason == null ? null : new Missing<>(reason, Driver.ABSENT_REMEDY);
    }

    /// Opens a GPU.
    ///
    /// @param library the driver's file; null for the one that the system's loader finds
    /// @param index of the card as the driver counts, from 0
    public static Lookup<Gpu> open(@Nullable Path library, int index) {
        return switch (Driver.find(library)) {
            case Missing<Driver>(var reason, var remedy) -> new Missing<>(reason, remedy);
            case Found<Driver>(var driver) -> open(driver, index);
        };
    }

    private static Lookup<Gpu> open(Driver driver, int index) {
        try {
            driver.run("starting the NVIDIA driver", () -> (int) driver.cuInit().invokeExact(0));
            long cards =
                    driver.number(
                            "counting the cards",
                            count -> (int) driver.cuDeviceGetCount().invokeExact(count));
            if (index < 0 || index >= cards) {
                return new Missing<>(
                        "there is no card %d: the driver shows %d, counted from 0"
                                .formatted(index, cards),
                        "see which cards nvidia-smi lists, and whether CUDA_VISIBLE_DEVICES hides"
                                + " some");
            }
            int device =
                    (int)
                            driver.number(
                                    "choosing card " + index,
                                    handle ->
                                            (int) driver.cuDeviceGet().invokeExact(handle, index));
            GpuProperties properties = GpuProperties.of(driver, device);
            int capability = properties.computeCapability();
            if (capability < LEAST_COMPUTE_CAPABILITY) {
                return new Missing<>(
                        "the card %s is too old: its compute capability is %d.%d, and 7.5 is the"
                                        .formatted(
                                                properties.name(), capability / 10, capability % 10)
                                + " least",
                        "take a card of the year 2018 (Turing) or newer");
            }
            return new Found<>(new Gpu(driver, device, properties));
        } catch (CudaException e) {
            return new Missing<>(e.reason(), e.remedy());
        }
    }

    /// The GPU's properties.
    public GpuProperties properties() {
        return properties;
    }

    /// The free device memory in bytes; other programs use it too.
    public long freeBytes() {
        makeCurrent();
        try (var arena = Arena.ofConfined()) {
            var total = arena.allocate(JAVA_LONG);
            return driver.number(
                    "asking how much memory is free",
                    free -> (int) driver.cuMemGetInfo().invokeExact(free, total));
        }
    }

    /// Allocates device memory, all zeros.
    ///
    /// @throws CudaException when there is not enough left
    public DeviceMemory allocate(long bytes) {
        return hold(new DeviceMemory(this, bytes));
    }

    /// Loads a kernel; the driver compiles PTX for this GPU.
    ///
    /// @param image PTX, or a cubin
    /// @param function the kernel's name in there
    /// @throws CudaException when the driver takes no such image; its compiler's log is in there
    public Kernel load(byte[] image, String function) {
        return hold(new Kernel(this, image, function));
    }

    /// Waits until all copies and launches are complete.
    ///
    /// @throws CudaException when one of them failed
    public void synchronize() {
        run("waiting for the card", () -> (int) driver.cuStreamSynchronize().invokeExact(stream));
    }

    /// Frees all memory and kernels and releases the GPU.
    @Override
    public void close() {
        if (closed) return;
        for (var resource : Set.copyOf(resources)) resource.close();
        free(() -> (int) driver.cuStreamDestroy().invokeExact(stream));
        call(() -> (int) driver.cuDevicePrimaryCtxRelease().invokeExact(device));
        closed = true;
    }

    Driver driver() {
        return driver;
    }

    MemorySegment stream() {
        return stream;
    }

    /// Calls the driver for this card.
    ///
    /// @param doing what the call does, such as `allocating 16 bytes`
    void run(String doing, Call call) {
        makeCurrent();
        driver.run(doing, call);
    }

    /// Frees something after all launches are complete. Errors are ignored: they come from an
    /// earlier launch that failed, after which the context is lost.
    void free(Call call) {
        call(() -> (int) driver.cuCtxSetCurrent().invokeExact(context));
        call(() -> (int) driver.cuStreamSynchronize().invokeExact(stream));
        call(call);
    }

    void forget(Resource resource) {
        resources.remove(resource);
    }

    /// Threads have a current context each, and other libraries may have set theirs.
    void makeCurrent() {
        if (closed)
            throw new IllegalStateException("the card %s is closed".formatted(properties.name()));
        driver.run("using the card", () -> (int) driver.cuCtxSetCurrent().invokeExact(context));
    }

    private <T extends Resource> T hold(T resource) {
        resources.add(resource);
        return resource;
    }
}
