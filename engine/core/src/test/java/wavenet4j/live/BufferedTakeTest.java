package wavenet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import wavenet4j.distribution.MuLaw;
import wavenet4j.testing.Allocation;
import wavenet4j.testing.RampNetwork;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Semaphore;

@Timeout(60)
final class BufferedTakeTest {
    private final RampNetwork ramp = new RampNetwork();

    @Test
    void theSamplesComeInTheirOrderForAnyRingAndReads() throws InterruptedException {
        float[] expected = RampNetwork.expected(0, 5000, 1);
        for (int ring : new int[] {1, 2, 3, 7, 64, 1000, 9999}) {
            var take =
                    new BufferedTake(
                            new LiveTake(new RampNetwork().generator(), expected.length), ring);
            var samples = new float[expected.length];
            int at = 0;
            for (int length = 1; !take.isAtEnd(); length = length * 7 % 301 + 1) {
                int count = take.read(samples, at, Math.min(samples.length, at + length));
                at += count;
                if (count == 0) Thread.onSpinWait();
            }
            assertThat(at).as("with a ring of %s", ring).isEqualTo(samples.length);
            assertThat(samples).isEqualTo(expected);
            assertThat(take.read(samples, 0, 10)).isZero();
        }
    }

    @Test
    void whatIsMissingIsCountedAndTheRestComesLater() throws InterruptedException {
        var allowed = new Semaphore(0);
        try (var take =
                new BufferedTake(
                        LiveTake.endless(
                                new RampNetwork(allowed::acquireUninterruptibly).generator()),
                        1000)) {
            var samples = new float[600];
            assertThat(take.read(samples, 0, 600)).isZero();
            assertThat(take.underruns()).isEqualTo(1);
            allowed.release(500); // two chunks of 250
            int at = 0;
            while (at < 500) at += take.read(samples, at, Math.min(at + 50, 500));
            assertThat(take.underruns()).isPositive();
            long before = take.underruns();
            assertThat(take.read(samples, 500, 600)).isZero();
            assertThat(take.underruns()).isEqualTo(before + 1);
            assertThat(Arrays.copyOf(samples, 500)).isEqualTo(RampNetwork.expected(0, 500, 1));
            allowed.release(1 << 20);
        }
    }

    @Test
    void theEndIsNoUnderrun() throws InterruptedException {
        var take = new BufferedTake(new LiveTake(ramp.generator(), 100), 1000);
        take.awaitFull();
        assertThat(take.isAtEnd()).isFalse();
        assertThat(take.read(new float[300], 0, 300)).isEqualTo(100);
        assertThat(take.isAtEnd()).isTrue();
        assertThat(take.underruns()).isZero();
        assertThat(ramp.isClosed()).isTrue();
    }

    @Test
    void theThreadRestsWhileTheRingIsFullAndEndsWithTheTake() throws InterruptedException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Thread filler;
        try (var take = new BufferedTake(LiveTake.endless(ramp.generator()), 4000)) {
            filler = filler();
            take.awaitFull();
            long before = threads.getThreadCpuTime(filler.threadId());
            Thread.sleep(300);
            long spent = threads.getThreadCpuTime(filler.threadId()) - before;
            assertThat(spent).isLessThan(100_000_000L);
            assertThat(take.read(new float[5000], 0, 5000)).isBetween(3000, 4000);
        }
        filler.join();
        assertThat(ramp.isClosed()).isTrue();
    }

    @Test
    void settingsReachIt() throws InterruptedException {
        var live = LiveTake.endless(ramp.generator());
        try (var take = new BufferedTake(live, 512)) {
            live.label(Map.of(RampNetwork.LABEL, 1f));
            var samples = new float[2];
            int step = 1;
            while (step != 3) { // the test's time limit ends it
                while (take.read(samples, 0, 1) == 0) Thread.sleep(1);
                while (take.read(samples, 1, 2) == 0) Thread.sleep(1);
                int[] levels = new MuLaw(RampNetwork.LEVELS).encode(samples);
                step = Math.floorMod(levels[1] - levels[0], RampNetwork.LEVELS);
            }
        }
    }

    @Test
    void aFailingGeneratorIsAnErrorNotSilence() throws InterruptedException {
        var failing =
                new RampNetwork(() -> {
                    throw new IllegalStateException("the card fell off the bus");
                });
        var take = new BufferedTake(LiveTake.endless(failing.generator()), 100);
        take.awaitFull();
        assertThat(take.read(new float[10], 0, 10)).isZero();
        assertThatThrownBy(take::isAtEnd)
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("the card fell off the bus");
        assertThat(failing.isClosed()).isTrue();
    }

    @Test
    void anEmptyRingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BufferedTake(LiveTake.endless(ramp.generator()), 0))
                .withMessageContaining("0 samples");
    }

    /// In blocks of 64 samples, faster than the generator makes them: the reading thread allocates
    /// nothing, blocks on no monitor, and neither waits nor parks.
    @Test
    void readingNeverAllocatesLocksOrWaits() throws InterruptedException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var take = new BufferedTake(LiveTake.endless(ramp.generator()), 4096)) {
            take.awaitFull();
            var block = new float[64];
            long me = Thread.currentThread().threadId();
            var before = threads.getThreadInfo(me);
            assertThat(Allocation.of(() -> read(take, block, 10 * RampNetwork.RATE))).isZero();
            var after = threads.getThreadInfo(me);
            assertThat(after.getBlockedCount()).isEqualTo(before.getBlockedCount());
            assertThat(after.getWaitedCount()).isEqualTo(before.getWaitedCount());
        }
    }

    private static void read(BufferedTake take, float[] block, int samples) {
        for (int done = 0; done < samples; ) done += take.read(block, 0, block.length);
    }

    private static Thread filler() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("wavenet4j take"))
                .filter(Thread::isAlive)
                .reduce((first, second) -> first.threadId() > second.threadId() ? first : second)
                .orElseThrow();
    }
}
