package wavenet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import wavenet4j.testing.RampNetwork;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
final class TakePublisherTest {
    private final AtomicInteger generated = new AtomicInteger();
    private final RampNetwork ramp = new RampNetwork(generated::incrementAndGet);

    /// Notes every signal; asks for `atOnce` items on subscription and, with each, for one more
    /// where it is greedy.
    private static class Listener implements Flow.Subscriber<float[]> {
        final List<float[]> items = new ArrayList<>();
        final List<Throwable> errors = new ArrayList<>();
        final CountDownLatch ended = new CountDownLatch(1);
        private final long atOnce;
        private final boolean greedy;
        int completions;

        @SuppressWarnings("NullAway.Init") // onSubscribe comes before all else
        Flow.Subscription subscription;

        Listener(long atOnce, boolean greedy) {
            this.atOnce = atOnce;
            this.greedy = greedy;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            if (atOnce != 0) subscription.request(atOnce);
        }

        @Override
        public synchronized void onNext(float[] item) {
            items.add(item);
            notifyAll();
            if (greedy) subscription.request(1);
        }

        @Override
        public synchronized void onError(Throwable throwable) {
            errors.add(throwable);
            ended.countDown();
        }

        @Override
        public synchronized void onComplete() {
            completions++;
            ended.countDown();
        }

        synchronized void awaitItems(int count) throws InterruptedException {
            while (items.size() < count) wait();
        }

        synchronized float[] sound() {
            int length = items.stream().mapToInt(item -> item.length).sum();
            var sound = new float[length];
            int at = 0;
            for (float[] item : items) {
                System.arraycopy(item, 0, sound, at, item.length);
                at += item.length;
            }
            return sound;
        }
    }

    @Test
    void theWholeTakeThenItsCompletion() throws InterruptedException {
        for (boolean greedy : new boolean[] {true, false}) {
            var listener = new Listener(greedy ? 1 : Long.MAX_VALUE, greedy);
            new TakePublisher(new LiveTake(new RampNetwork().generator(), 1050), 100)
                    .subscribe(listener);
            listener.ended.await();
            assertThat(listener.items).hasSize(11);
            assertThat(listener.sound()).isEqualTo(RampNetwork.expected(0, 1050, 1));
            assertThat(listener.completions).isEqualTo(1);
            assertThat(listener.errors).isEmpty();
        }
    }

    @Test
    void nothingIsGeneratedBeforeItIsRequested() throws InterruptedException {
        var listener = new Listener(0, false);
        new TakePublisher(LiveTake.endless(ramp.generator()), 100).subscribe(listener);
        Thread.sleep(50);
        assertThat(generated).hasValue(0);
        listener.subscription.request(2);
        listener.subscription.request(1);
        listener.awaitItems(3);
        Thread.sleep(50);
        assertThat(listener.items).hasSize(3);
        assertThat(generated).hasValue(300);
        listener.subscription.cancel();
    }

    @Test
    void anEmptyTakeCompletesUnasked() throws InterruptedException {
        var listener = new Listener(0, false);
        new TakePublisher(new LiveTake(ramp.generator(), 0), 100).subscribe(listener);
        listener.ended.await();
        assertThat(listener.completions).isEqualTo(1);
        while (!ramp.isClosed()) Thread.sleep(1); // the test's time limit ends it
    }

    @Test
    void cancellingEndsItAndClosesTheGenerator() throws InterruptedException {
        var listener =
                new Listener(Long.MAX_VALUE, false) {
                    @Override
                    public synchronized void onNext(float[] item) {
                        super.onNext(item);
                        if (items.size() == 5) subscription.cancel();
                    }
                };
        new TakePublisher(LiveTake.endless(ramp.generator()), 10).subscribe(listener);
        while (!ramp.isClosed()) Thread.sleep(1);
        Thread.sleep(20);
        assertThat(listener.items).hasSize(5);
        assertThat(listener.completions).isZero();
        assertThat(listener.errors).isEmpty();
        listener.subscription.request(1);
        listener.subscription.cancel();
    }

    @Test
    void askingForNothingIsAnError() throws InterruptedException {
        for (long n : new long[] {0, -1, Long.MIN_VALUE}) {
            var generator = new RampNetwork();
            var listener = new Listener(n == 0 ? -7 : n, false);
            new TakePublisher(LiveTake.endless(generator.generator()), 10).subscribe(listener);
            listener.ended.await();
            assertThat(listener.errors)
                    .singleElement()
                    .isInstanceOf(IllegalArgumentException.class)
                    .asString()
                    .contains("request(" + (n == 0 ? -7 : n) + ")");
            assertThat(listener.items).isEmpty();
            while (!generator.isClosed()) Thread.sleep(1);
        }
        var listener = new Listener(0, false);
        new TakePublisher(LiveTake.endless(ramp.generator()), 10).subscribe(listener);
        listener.subscription.request(0);
        listener.ended.await();
        assertThat(listener.errors).hasSize(1);
    }

    @Test
    void requestsAddUpToNoLimit() throws InterruptedException {
        var listener = new Listener(Long.MAX_VALUE - 1, true);
        new TakePublisher(new LiveTake(ramp.generator(), 1000), 10).subscribe(listener);
        listener.subscription.request(Long.MAX_VALUE);
        listener.ended.await();
        assertThat(listener.errors).isEmpty();
        assertThat(listener.items).hasSize(100);
    }

    /// Each item asks for the next: a publisher that answered within the request would be as deep
    /// in calls as there are items.
    @Test
    void requestsFromItemsDoNotPileUp() throws InterruptedException {
        var listener = new Listener(1, true);
        new TakePublisher(new LiveTake(ramp.generator(), 200_000), 1).subscribe(listener);
        listener.ended.await();
        assertThat(listener.errors).isEmpty();
        assertThat(listener.items).hasSize(200_000);
    }

    @Test
    void aSecondSubscriberIsToldSo() throws InterruptedException {
        var publisher = new TakePublisher(new LiveTake(ramp.generator(), 100), 10);
        var first = new Listener(0, false);
        var second = new Listener(5, false);
        publisher.subscribe(first);
        publisher.subscribe(second);
        assertThat(second.errors)
                .singleElement()
                .isInstanceOf(IllegalStateException.class)
                .asString()
                .contains("has its subscriber already");
        assertThat(second.items).isEmpty();
        first.subscription.request(10);
        first.ended.await();
        assertThat(first.sound()).isEqualTo(RampNetwork.expected(0, 100, 1));
    }

    @Test
    void aFailingGeneratorIsAnError() throws InterruptedException {
        var failing =
                new RampNetwork(() -> {
                    if (generated.incrementAndGet() == 25) {
                        throw new IllegalStateException("the card fell off the bus");
                    }
                });
        var listener = new Listener(Long.MAX_VALUE, false);
        new TakePublisher(LiveTake.endless(failing.generator()), 10).subscribe(listener);
        listener.ended.await();
        assertThat(listener.errors).singleElement().asString().contains("fell off the bus");
        assertThat(listener.items).hasSize(2);
        assertThat(listener.completions).isZero();
    }

    @Test
    @SuppressWarnings("NullAway") // null is what makes no sense
    void whatMakesNoSenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TakePublisher(LiveTake.endless(ramp.generator()), 0))
                .withMessageContaining("0 samples");
        assertThatNullPointerException()
                .isThrownBy(() ->
                        new TakePublisher(LiveTake.endless(ramp.generator()), 1).subscribe(null));
    }
}
