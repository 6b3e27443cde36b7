package wavenet4j.train.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/// The C library's account of what this process has allocated and not freed: PyTorch's tensors are
/// among it, Java's heap is not. The system's own, resident memory, counts also what is free in
/// between, which grows and shrinks as it likes.
public final class NativeHeap {
    /// `struct mallinfo2`: ten sizes.
    private static final FunctionDescriptor ACCOUNT =
            FunctionDescriptor.of(structLayout(sequenceLayout(10, JAVA_LONG)));

    private static final int MAPPED = 4; // hblkhd: bytes in blocks of their own
    private static final int ALLOCATED = 7; // uordblks: bytes in all arenas

    private NativeHeap() {}

    /// Bytes in use but for Java's direct buffers, which its collector frees in its own time. Skips
    /// the test where the C library has no such account.
    @SuppressWarnings("restricted") // the build allows native access
    public static long bytes() {
        Linker linker = Linker.nativeLinker();
        var account = linker.defaultLookup().find("mallinfo2");
        assumeThat(account).as("mallinfo2 of the GNU C library, 2.33 or newer").isPresent();
        try (Arena arena = Arena.ofConfined()) {
            var sizes =
                    (MemorySegment)
                            linker.downcallHandle(account.get(), ACCOUNT)
                                    .invokeExact((SegmentAllocator) arena);
            return sizes.getAtIndex(JAVA_LONG, MAPPED)
                    + sizes.getAtIndex(JAVA_LONG, ALLOCATED)
                    - directBuffers();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the C library cannot be called", e);
        }
    }

    private static long directBuffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
