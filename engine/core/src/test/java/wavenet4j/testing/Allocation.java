package wavenet4j.testing;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/// What a thread allocates.
public final class Allocation {
    private Allocation() {}

    /// The bytes that a repetition of `work` allocates on this thread, when all it needs is loaded
    /// and compiled.
    public static long of(Runnable work) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 0;
        for (int turn = 0; turn < 5; turn++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        return bytes;
    }
}
