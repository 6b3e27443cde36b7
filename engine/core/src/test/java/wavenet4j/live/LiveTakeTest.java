package wavenet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import wavenet4j.distribution.MuLaw;
import wavenet4j.distribution.Sampling;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Precision;
import wavenet4j.testing.Allocation;
import wavenet4j.testing.RampNetwork;
import wavenet4j.testing.TestModels;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

@Timeout(60)
final class LiveTakeTest {
    private final RampNetwork ramp = new RampNetwork();

    @Test
    void endsAfterItsSamples() {
        var take = new LiveTake(ramp.generator(), 700);
        var samples = new float[1000];
        assertThat(take.read(samples, 0, 0)).isZero();
        assertThat(take.read(samples, 0, 300)).isEqualTo(300);
        assertThat(take.read(samples, 300, 1000)).isEqualTo(400);
        assertThat(take.read(samples, 700, 1000)).isEqualTo(-1);
        assertThat(Arrays.copyOf(samples, 700)).isEqualTo(RampNetwork.expected(0, 700, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LiveTake(ramp.generator(), -1))
                .withMessageContaining("-1");
    }

    @Test
    void whatCannotBeDrawnIsRefusedToWhoeverAsks() {
        var spec = TestModels.logistics(3, TestModels.channels(4), 2, List.of(1, 2));
        var generator =
                new ReferenceBackend().open(TestModels.random(spec, 1), Precision.FLOAT32, 1);
        try (var take = new LiveTake(generator, 700)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> take.steer(new Sampling(1, 5, 1)))
                    .withMessageContaining("top-k and top-p");
            assertThat(take.read(new float[10], 0, 10)).isEqualTo(10);
        }
    }

    @Test
    void closingClosesTheGenerator() {
        var take = LiveTake.endless(ramp.generator());
        assertThat(take.read(new float[10], 0, 10)).isEqualTo(10);
        assertThat(ramp.isClosed()).isFalse();
        take.close();
        take.close();
        assertThat(ramp.isClosed()).isTrue();
        assertThat(take.read(new float[10], 0, 10)).isEqualTo(-1);
    }

    @Test
    void settingsChangeFromAnotherThreadWhileItIsRead() throws InterruptedException {
        var take = LiveTake.endless(ramp.generator());
        var samples = new float[1 << 16];
        var running = new CountDownLatch(1);
        var reader =
                new Thread(() -> {
                    int at = 0;
                    while (at < samples.length) {
                        at += take.read(samples, at, Math.min(samples.length, at + 999));
                        running.countDown();
                        Thread.onSpinWait();
                    }
                });
        reader.start();
        running.await();
        take.label(Map.of(RampNetwork.LABEL, 1f));
        reader.join();

        int[] levels = new MuLaw(RampNetwork.LEVELS).encode(samples);
        int at = 1;
        while (at < levels.length && levels[at] == (levels[at - 1] + 1) % RampNetwork.LEVELS) at++;
        assertThat(at).as("when the change was heard").isBetween(999, levels.length - 1);
        for (; at < levels.length; at++) {
            assertThat(levels[at])
                    .as("at %s", at)
                    .isEqualTo((levels[at - 1] + 3) % RampNetwork.LEVELS);
        }
    }

    @Test
    void settingsAreHeardFromTheNextReadOn() {
        var take = LiveTake.endless(ramp.generator());
        var samples = new float[2000];
        take.read(samples, 0, 500);
        take.steer(Sampling.DEFAULT);
        take.read(samples, 500, 1500);
        take.steer(new Sampling(0, 0, 1));
        take.read(samples, 1500, 2000);
        int[] levels = new MuLaw(RampNetwork.LEVELS).encode(samples);
        assertThat(octaves(levels, 1, 500)).isZero();
        assertThat(octaves(levels, 500, 1500)).isBetween(400, 600);
        assertThat(octaves(levels, 1500, 2000)).isZero();
    }

    private static int octaves(int[] levels, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            int step = Math.floorMod(levels[i] - levels[i - 1], RampNetwork.LEVELS);
            if (step == 1 + RampNetwork.LEVELS / 2) count++;
        }
        return count;
    }

    @Test
    void aWrongSettingIsToldToWhoAskedForIt() {
        var take = LiveTake.endless(ramp.generator());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> take.label(Map.of("nobody", 1f)))
                .withMessageContaining("nobody")
                .withMessageContaining(RampNetwork.LABEL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> take.label(Map.of(RampNetwork.LABEL, Float.NaN)));
        var samples = new float[300];
        take.read(samples, 0, 300);
        assertThat(samples).isEqualTo(RampNetwork.expected(0, 300, 1));
    }

    @Test
    void anotherThreadMayCloseItWhileItIsRead() throws InterruptedException {
        for (int turn = 0; turn < 50; turn++) {
            var generator = new RampNetwork(); // which fails if it is used after it was closed
            var take = LiveTake.endless(generator.generator());
            var failure = new Throwable[1];
            var reader =
                    new Thread(() -> {
                        var samples = new float[5000];
                        while (take.read(samples, 0, samples.length) >= 0) {}
                    });
            reader.setUncaughtExceptionHandler((_, thrown) -> failure[0] = thrown);
            reader.start();
            Thread.sleep(turn % 5);
            take.close();
            reader.join();
            assertThat(failure[0]).isNull();
            assertThat(generator.isClosed()).isTrue();
        }
    }

    @Test
    void twoReadersAreAnError() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var checked = new CountDownLatch(1);
        var slow =
                LiveTake.endless(
                        new RampNetwork(
                                        () -> {
                                            inside.countDown();
                                            awaitUninterruptibly(checked);
                                        })
                                .generator());
        var reader = new Thread(() -> slow.read(new float[10], 0, 10));
        reader.start();
        inside.await();
        assertThatThrownBy(() -> slow.read(new float[10], 0, 10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two threads");
        checked.countDown();
        reader.join();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readingAllocatesNothing() {
        var take = LiveTake.endless(ramp.generator());
        var samples = new float[4000];
        Map<String, Float> label = Map.of(RampNetwork.LABEL, 0.5f);
        Map<String, Float> none = Map.of();
        var calm = new Sampling(0, 0, 1);
        assertThat(
                        Allocation.of(() -> {
                            take.label(label);
                            take.steer(Sampling.DEFAULT);
                            take.read(samples, 0, samples.length);
                            take.label(none);
                            take.steer(calm);
                            take.read(samples, 0, samples.length);
                        }))
                .isZero();
    }
}
