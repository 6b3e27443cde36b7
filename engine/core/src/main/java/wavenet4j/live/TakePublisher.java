package wavenet4j.live;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;

/// A take as chunks of amplitudes, pushed to one subscriber as fast as it asks for them and no
/// faster: nothing is generated before it is requested. All signals after `onSubscribe` come on a
/// thread of the publisher's own. Whatever ends the subscription closes the take.
public final class TakePublisher implements Publisher<float[]> {
    private final LiveTake take;
    private final int chunk;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    /// @param take is closed when the subscription ends
    /// @param chunk samples in each item; the last may have fewer
    public TakePublisher(LiveTake take, int chunk) {
        if (chunk < 1) {
            throw new IllegalArgumentException(
                    "chunks of " + chunk + " samples; they must have 1 or more");
        }
        this.take = take;
        this.chunk = chunk;
    }

    /// Begins to push. A second subscriber gets an [IllegalStateException].
    @Override
    public void subscribe(Subscriber<? super float[]> subscriber) {
        Objects.requireNonNull(subscriber);
        if (subscribed.compareAndSet(false, true)) {
            var demand = new Demand();
            subscriber.onSubscribe(demand);
            var thread = new Thread(() -> push(subscriber, demand), "wavenet4j publisher");
            thread.setDaemon(true);
            thread.start();
        } else {
            subscriber.onSubscribe(new Demand());
            subscriber.onError(
                    new IllegalStateException(
                            "the take has its subscriber already; publish another take for this"
                                    + " one"));
        }
    }

    private void push(Subscriber<? super float[]> subscriber, Demand demand) {
        try (take) {
            while (take.left() > 0 && demand.await()) {
                var samples = new float[(int) Math.min(chunk, take.left())];
                int count;
                try {
                    count = take.read(samples, 0, samples.length);
                } catch (RuntimeException e) {
                    subscriber.onError(e);
                    return;
                }
                if (count < 0) break; // closed meanwhile
                subscriber.onNext(
                        count == samples.length ? samples : Arrays.copyOf(samples, count));
            }
            demand.end(subscriber);
        }
    }

    /// What the subscriber asked for.
    private static final class Demand implements Subscription {
        private long items;
        private boolean cancelled;
        private @Nullable IllegalArgumentException refused;

        /// Waits for a request and takes one item of it; false when there will be none.
        synchronized boolean await() {
            try {
                while (items == 0 && !cancelled) wait();
            } catch (InterruptedException _) {
                cancelled = true;
            }
            if (cancelled) return false;
            if (items < Long.MAX_VALUE) items--; // that many is no limit at all
            return true;
        }

        /// The last signal, if the subscriber still wants one.
        void end(Subscriber<?> subscriber) {
            IllegalArgumentException error;
            boolean silent;
            synchronized (this) {
                error = refused;
                silent = cancelled;
                cancelled = true;
            }
            if (error != null) {
                subscriber.onError(error);
            } else if (!silent) {
                subscriber.onComplete();
            }
        }

        @Override
        public synchronized void request(long n) {
            if (cancelled) return;
            if (n <= 0) {
                refused =
                        new IllegalArgumentException(
                                "request(%d): a subscriber asks for 1 item or more".formatted(n));
                cancelled = true;
            } else {
                items = items + n < 0 ? Long.MAX_VALUE : items + n;
            }
            notifyAll();
        }

        @Override
        public synchronized void cancel() {
            cancelled = true;
            notifyAll();
        }
    }
}
