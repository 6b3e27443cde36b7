package wavenet4j.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.distribution.Sampling;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Precision;
import wavenet4j.testing.TestModels;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(30)
final class GuardedStreamsTest {
    private static final Model MODEL =
            TestModels.random(TestModels.spec(8, TestModels.channels(2), 2, List.of(1)), 1);

    /// Streams whose generation lasts until they are let go.
    private static final class Slow implements Streams {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch letGo = new CountDownLatch(1);
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public Model model() {
            return MODEL;
        }

        @Override
        public int count() {
            return 1;
        }

        @Override
        public int threads() {
            return 1;
        }

        @Override
        public void reset(int stream, Take take) {}

        @Override
        public void steer(int stream, Sampling sampling) {}

        @Override
        public void label(int stream, Map<String, Float> labels) {}

        @Override
        public void prime(int stream, int[] levels, int from, int to) {}

        @Override
        public void prime(int[][] levels, int from, int to) {}

        @Override
        public void generate(int[][] levels, int from, int to) {
            assertThat(closed.get()).isZero();
            begun.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(closed.get()).isZero();
        }

        @Override
        public void outputs(int stream, float[] into) {}

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
        public void close() {
            closed.incrementAndGet();
        }
    }

    private final Slow slow = new Slow();
    private final Streams streams = new GuardedStreams(slow);
    private final Generator generator = new Generator(streams);

    @Test
    void aSecondThreadIsNoticedAndTheFirstGoesOn() throws InterruptedException {
        var first = Thread.ofPlatform().start(() -> generator.generate(new int[1], 0, 1));
        slow.begun.await();
        for (Runnable use :
                List.<Runnable>of(
                        () -> generator.generate(new int[1], 0, 1),
                        () -> generator.generate(new float[1], 0, 1),
                        () -> generator.prime(new int[1], 0, 1),
                        () -> generator.reset(Take.ofSeed(1)),
                        () -> generator.steer(Sampling.DEFAULT),
                        () -> generator.label(Map.of()),
                        () -> generator.outputs(new float[8]),
                        () -> streams.prime(new int[1][1], 0, 1))) {
            assertThatIllegalStateException()
                    .isThrownBy(use::run)
                    .withMessageContaining("two threads use one generator");
        }
        slow.letGo.countDown();
        first.join();
        generator.generate(new int[1], 0, 1);
    }

    @Test
    void closedInTheMiddleItIsFreedAtTheEndAndOnce() throws InterruptedException {
        var first = Thread.ofPlatform().start(() -> generator.generate(new int[1], 0, 1));
        slow.begun.await();
        generator.close();
        generator.close();
        assertThat(slow.closed.get()).isZero();
        slow.letGo.countDown();
        first.join();
        assertThat(slow.closed.get()).isEqualTo(1);
        generator.close();
        assertThat(slow.closed.get()).isEqualTo(1);
    }

    @Test
    void aClosedOneThrows() {
        var opened = new ReferenceBackend().open(MODEL, Precision.FLOAT32, 1);
        opened.generate(new int[3], 0, 3);
        opened.close();
        opened.close();
        for (Runnable use :
                List.<Runnable>of(
                        () -> opened.generate(new int[1], 0, 1),
                        () -> opened.generate(new float[1], 0, 1),
                        () -> opened.prime(new int[1], 0, 1),
                        () -> opened.reset(Take.ofSeed(1)),
                        () -> opened.steer(Sampling.DEFAULT),
                        () -> opened.label(Map.of()),
                        () -> opened.outputs(new float[8]))) {
            assertThatIllegalStateException()
                    .isThrownBy(use::run)
                    .withMessage(
                            "the generator, or its streams, is closed; open another from the"
                                    + " backend");
        }
        assertThat(opened.model()).isEqualTo(MODEL);
    }

    /// What one call does wrong is not the next one's fault.
    @Test
    void aRefusedCallLeavesItIdle() {
        try (var opened = new ReferenceBackend().open(MODEL, Precision.FLOAT32, 1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> opened.prime(new int[] {99}, 0, 1));
            opened.generate(new int[3], 0, 3);
        }
    }
}
