package wavenet4j.train.device;

import com.sun.management.OperatingSystemMXBean;

import wavenet4j.ModelSpec;
import wavenet4j.train.data.MicroBatchSize;

import java.lang.management.ManagementFactory;

/// What training a network takes of this machine's memory, from its shape alone: a network that can
/// not be trained here is refused before recordings are read for it.
public final class TrainingMemory {
    /// Weights, their average, and two moments.
    private static final long ARRAYS_OF_STATE = 4;

    private TrainingMemory() {}

    /// Refuses a network of which not even the state, or a window of a single target, fits.
    ///
    /// @throws IllegalArgumentException with both figures and what helps
    public static void require(ModelSpec spec) {
        var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        require(spec, Runtime.getRuntime().maxMemory(), machine.getTotalMemorySize());
    }

    /// @param heap the most bytes of the Java heap
    /// @param machine bytes of memory of the machine
    static void require(ModelSpec spec, long heap, long machine) {
        long state = ARRAYS_OF_STATE * Float.BYTES * spec.parameters();
        if (state > heap) {
            throw new IllegalArgumentException(
                    "the state of a training of this network, which has %,d parameters, takes %,d MB of memory, and Java may use %,d MB; take smaller network.channels, or let Java use more by -Xmx"
                            .formatted(spec.parameters(), megabytes(state), heap >> 20));
        }
        long window = MicroBatchSize.bytesOfWindow(spec, 1);
        if (window > machine) {
            throw new IllegalArgumentException(
                    "the shortest window that trains this network, which has a receptive field of %,d samples, takes %,d MB of memory, and this machine has %,d MB; take shorter network.dilations or smaller network.channels"
                            .formatted(spec.receptiveField(), megabytes(window), machine >> 20));
        }
    }

    private static long megabytes(long bytes) {
        return Math.ceilDiv(bytes, 1 << 20);
    }
}
