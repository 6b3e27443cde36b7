package wavenet4j.cuda.internal.driver;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// Device memory. Operations are ordered after earlier launches and complete when they return.
public final class DeviceMemory implements Gpu.Resource {
    private final Gpu gpu;
    private final Driver driver;
    private final long address;
    private final long bytes;
    private boolean closed;

    /// All zeros.
    DeviceMemory(Gpu gpu, long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException(
                    "%d bytes cannot be allocated: 1 is the least".formatted(bytes));
        }
        this.gpu = gpu;
        this.bytes = bytes;
        driver = gpu.driver();
        gpu.makeCurrent();
        address =
                driver.number(
                        "allocating %d bytes on the card %s"
                                .formatted(bytes, gpu.properties().name()),
                        pointer -> (int) driver.cuMemAlloc().invokeExact(pointer, bytes));
        try {
            clear();
        } catch (CudaException e) {
            free();
            throw e;
        }
    }

    /// Its device address, for kernels.
    public long address() {
        check();
        return address;
    }

    /// Its size.
    public long bytes() {
        return bytes;
    }

    /// Copies a native segment to the device.
    ///
    /// @throws IndexOutOfBoundsException when the segment does not fit after the offset
    public void write(long offset, MemorySegment from) {
        long size = check(offset, from);
        gpu.run(
                "copying to the card",
                () ->
                        (int)
                                driver.cuMemcpyHtoDAsync()
                                        .invokeExact(address + offset, from, size, gpu.stream()));
        gpu.synchronize();
    }

    /// Copies from the device into a native segment.
    ///
    /// @throws IndexOutOfBoundsException when fewer bytes follow the offset
    public void read(long offset, MemorySegment into) {
        long size = check(offset, into);
        gpu.run(
                "copying from the card",
                () ->
                        (int)
                                driver.cuMemcpyDtoHAsync()
                                        .invokeExact(into, address + offset, size, gpu.stream()));
        gpu.synchronize();
    }

    /// Sets all of it to zero.
    public void clear() {
        check();
        gpu.run(
                "clearing memory of the card",
                () ->
                        (int)
                                driver.cuMemsetD8Async()
                                        .invokeExact(address, (byte) 0, bytes, gpu.stream()));
        gpu.synchronize();
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        gpu.forget(this);
        free();
    }

    private void free() {
        gpu.free(() -> (int) driver.cuMemFree().invokeExact(address));
    }

    private long check(long offset, MemorySegment segment) {
        check();
        if (!segment.isNative()) {
            throw new IllegalArgumentException(
                    "the card copies native memory only, not a Java array");
        }
        Objects.checkFromIndexSize(offset, segment.byteSize(), bytes);
        return segment.byteSize();
    }

    private void check() {
        if (closed) throw new IllegalStateException("this memory of the card is freed already");
    }
}
