package wavenet4j.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.Precision;
import wavenet4j.testing.TestModels;

import java.lang.management.ManagementFactory;
import java.util.List;

final class MemoryNeedTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Backend REFERENCE = new ReferenceBackend();

    private static ModelSpec spec(int residual, int dilation) {
        var channels = TestModels.channels(residual, 1, 1, 1);
        return TestModels.spec(2, channels, 2, List.of(dilation));
    }

    /// 2^26 rows of 2^14 floats: 4 TiB, and a little for their headers.
    @Test
    void fourTerabytesAreRefusedInASentenceAtOnce() {
        var spec = spec(1 << 14, DilatedConvolutions.MAX_RECEPTIVE_FIELD - 1);
        Model model = TestModels.random(spec, 1);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> REFERENCE.open(model, Precision.FLOAT32, 1))
                .withMessageMatching(
                        "a stream of this network, with a receptive field of 67,108,864 samples and"
                            + " layers of 16,384 channels, would take 4,19\\d,\\d{3} MB of memory,"
                            + " and Java may use [\\d,]+ MB; take a smaller network, or let Java"
                            + " use more by -Xmx");
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    }

    @Test
    void manyStreamsOfASmallNetworkAddUp() {
        Model model = TestModels.random(spec(64, 1 << 12), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> REFERENCE.openStreams(model, Precision.FLOAT32, 1, 1 << 20))
                .withMessageStartingWith("1,048,576 streams of this network")
                .withMessageContaining("a smaller network or fewer streams");
    }

    /// What opening allocates, which holds passing things too, is the need and not much more.
    @Test
    void theReferencesNeedIsWhatItTakes() {
        var spec = spec(50, 1 << 15);
        Model model = TestModels.random(spec, 1);
        var network = new ReferenceBackend();
        long need = network.memory(spec, Precision.FLOAT32, 1, 1).heap();
        assertThat(need).isBetween((1L << 15) * 50 * 4, (1L << 15) * (50 * 4 + 40));
        assertThat(REFERENCE.memory(spec, Precision.FLOAT32, 1, 3).heap()).isEqualTo(3 * need);
        // A receptive field of ticks is run at once, and allocates too; so this is no upper bound.
        long before = THREADS.getCurrentThreadAllocatedBytes();
        network.open(model, Precision.FLOAT32, 1).close();
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isGreaterThan(need * 9 / 10);
    }

    @Test
    void bothKindsOfMemoryAndTheRoundedWeightsCount() {
        var spec = spec(64, 1);
        long weights = 4 * spec.parameters();
        var need = new MemoryNeed(1000, 5000);
        need.requireAtMost(Math.max(5000, 1000 + weights), spec, Precision.FLOAT32, 1);
        need.requireAtMost(Math.max(5000, 1000 + 2 * weights), spec, Precision.BFLOAT16, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> need.requireAtMost(4999, spec, Precision.FLOAT32, 1));
        var more = new MemoryNeed(1 << 20, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        more.requireAtMost(
                                (1 << 20) + 2 * weights - 1, spec, Precision.BFLOAT16, 1));
    }

    @Test
    void noStreamAndNoThreadAreRefused() {
        Model model = TestModels.random(spec(4, 1), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> REFERENCE.openStreams(model, Precision.FLOAT32, 1, 0))
                .withMessage("the number of streams is 0; it must be between 1 and 1,048,576");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> REFERENCE.open(model, Precision.FLOAT32, 0))
                .withMessage("the number of threads is 0; it must be between 1 and 1,048,576");
    }
}
