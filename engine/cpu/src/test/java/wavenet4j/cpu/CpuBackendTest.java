package wavenet4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.backend.Backend.Availability.Ready;
import wavenet4j.backend.Backends;
import wavenet4j.backend.MemoryNeed;
import wavenet4j.cpu.internal.kernels.Lanes;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.Labels;
import wavenet4j.spec.Precision;
import wavenet4j.testing.Channels;

import java.lang.management.ManagementFactory;
import java.util.List;

class CpuBackendTest {
    private static final ModelSpec SPEC =
            Networks.spec(256, new Channels(4, 4, 4, 4), 2, List.of(1), Labels.NONE);

    @Test
    void isFoundAndTakenBeforeTheReference() {
        assertThat(Backends.fastest(SPEC).backend()).isInstanceOf(CpuBackend.class);
        assertThat(Backends.named("cpu", SPEC).reason()).contains("float32 lanes");
    }

    @Test
    void withoutTheVectorModuleItNamesTheFlag() {
        assertThat(new CpuBackend(true, 0).probe(SPEC))
                .isEqualTo(new Ready("Vector API, %d float32 lanes".formatted(Lanes.COUNT)));
        assertThat(new CpuBackend(false, 0).probe(SPEC))
                .isEqualTo(
                        new Ready(
                                "plain loops, several times slower than with java --add-modules"
                                        + " jdk.incubator.vector"));
    }

    @Test
    void aNetworkLargerThanAnArrayIsNotForIt() {
        int longest = DilatedConvolutions.MAX_RECEPTIVE_FIELD - 1;
        var spec = Networks.spec(2, new Channels(64, 1, 1, 1), 2, List.of(longest), Labels.NONE);
        assertThat(new CpuBackend().probe(spec)).isInstanceOf(Missing.class);
    }

    /// Two layers of 100 channels, padded to 128; the second one's past is summed for eight ticks
    /// at once: 2 * 128 values each.
    @Test
    void theNeedOfAStreamIsItsDelayLinesAndItsWeights() {
        var spec =
                Networks.spec(16, new Channels(100, 100, 100, 100), 2, List.of(1, 8), Labels.NONE);
        MemoryNeed need = new CpuBackend(true, 0).memory(spec, Precision.FLOAT32, 1, 1);
        long delays = 9 * 128;
        long ahead = 8 * 256;
        assertThat(need.heap()).isBetween(4 * (delays + ahead), 4 * (delays + ahead) + (20 << 10));
        // Of each layer two taps, residual and skip, the head's two; an output is padded to 16, 32
        // or 128, and 256 to 16 channels at least.
        long least = 2 * (2 * 224 * 100 + 2 * 112 * 100) + 112 * 100 + 16 * 100;
        assertThat(need.outside()).isBetween(4 * least, 4 * least * 3 / 2);
        MemoryNeed halved = new CpuBackend(true, 0).memory(spec, Precision.BFLOAT16, 1, 1);
        assertThat(halved).isEqualTo(new MemoryNeed(need.heap(), need.outside() / 2));
        // In plain loops weights are arrays of float.
        MemoryNeed plain = new CpuBackend(false, 0).memory(spec, Precision.BFLOAT16, 1, 1);
        assertThat(plain).isEqualTo(new MemoryNeed(need.heap() + need.outside(), 0));
    }

    @Test
    void theNeedIsWhatOpeningAllocates() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var spec = Networks.spec(16, new Channels(30, 2, 2, 2), 2, List.of(1 << 15), Labels.NONE);
        var model = Model.initial(spec, 1);
        for (int count : new int[] {1, 2, 11}) {
            long need = new CpuBackend().memory(spec, Precision.FLOAT32, 1, count).heap();
            long before = threads.getCurrentThreadAllocatedBytes();
            new CpuBackend().openStreams(model, Precision.FLOAT32, 1, count).close();
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated).as("%s streams", count).isBetween(need * 95 / 100, need * 2);
        }
    }

    @Test
    void gigabytesAreRefusedBeforeTheyAreAllocated() {
        int longest = DilatedConvolutions.MAX_RECEPTIVE_FIELD - 1;
        var spec = Networks.spec(2, new Channels(16, 1, 1, 1), 2, List.of(longest), Labels.NONE);
        long need = new CpuBackend().memory(spec, Precision.FLOAT32, 1, 8).heap();
        assertThat(need).isGreaterThan(8L * longest * 16 * 4);
        var model = Model.initial(spec, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new CpuBackend().openStreams(model, Precision.FLOAT32, 1, 1 << 10))
                .withMessageStartingWith("1,024 streams of this network, with a receptive field");
    }
}
