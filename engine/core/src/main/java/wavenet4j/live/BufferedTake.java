package wavenet4j.live;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A take made a little ahead by a thread of its own, for one real-time thread that must never
/// wait: between the two is a ring without locks.
public final class BufferedTake implements AutoCloseable {
    private final LiveTake take;
    private final float[] ring;
    private final int chunk; // the samples that are made at once
    private final AtomicLong written = new AtomicLong(); // samples since the start
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong underruns = new AtomicLong();
    private final Thread filler;
    private volatile boolean complete; // no more will be written
    private volatile @Nullable Throwable failure;

    /// Starts to fill the ring.
    ///
    /// @param take is closed with this
    /// @param samples that are made ahead at most. More ride out a slower moment; fewer let a
    ///   change of the settings be heard sooner
    public BufferedTake(LiveTake take, int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException(
                    "a buffer of " + samples + " samples; it must hold 1 or more");
        }
        this.take = take;
        ring = new float[samples];
        chunk = Math.clamp(samples / 4, 1, LiveTake.CHUNK);
        filler = new Thread(this::fill, "wavenet4j take");
        filler.setDaemon(true);
        filler.start();
    }

    /// Takes what is there, at most `to - from` samples, into `samples[from, to)`. Never waits,
    /// locks or allocates; for one thread.
    ///
    /// @return how many there were; fewer than asked for where the generator is too slow or the
    ///   take is at its end
    public int read(float[] samples, int from, int to) {
        Objects.checkFromToIndex(from, to, samples.length);
        boolean wasComplete = complete; // before the count of those written, which it makes final
        long at = read.getPlain();
        int count = (int) Math.min(to - from, written.getAcquire() - at);
        int start = (int) (at % ring.length);
        int first = Math.min(count, ring.length - start);
        System.arraycopy(ring, start, samples, from, first);
        System.arraycopy(ring, 0, samples, from + first, count - first);
        read.setRelease(at + count);
        if (count < to - from && !wasComplete) underruns.setRelease(underruns.getPlain() + 1);
        return count;
    }

    /// How many reads found fewer samples than they asked for before the end was reached. For any
    /// thread.
    public long underruns() {
        return underruns.getAcquire();
    }

    /// Whether the take is at its end and all of it was read. For any thread.
    ///
    /// @throws IllegalStateException when it ended because the generator failed
    public boolean isAtEnd() {
        boolean wasComplete = complete;
        Throwable cause = failure;
        if (cause != null) throw new IllegalStateException("the generator failed", cause);
        return wasComplete && written.getAcquire() == read.getAcquire();
    }

    /// Waits until the ring is full or the take ends: before the first read, so that it does not
    /// come too early. Not for the real-time thread.
    public void awaitFull() throws InterruptedException {
        while (!complete && room() >= chunk) Thread.sleep(1);
    }

    /// Ends the take; what was made ahead can still be read.
    @Override
    public void close() {
        take.close();
        LockSupport.unpark(filler);
    }

    private int room() {
        return ring.length - (int) (written.getAcquire() - read.getAcquire());
    }

    /// The thread's side.
    private void fill() {
        try {
            // It looks again in good time: to be woken, the reader would have to take a lock.
            long pause = chunk * 1_000_000_000L / (2L * take.model().spec().sampleRate());
            while (!take.isClosed()) {
                if (room() < chunk) {
                    LockSupport.parkNanos(this, pause);
                } else if (!fillChunk()) {
                    return;
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            complete = true;
            take.close();
        }
    }

    private boolean fillChunk() {
        long at = written.getPlain();
        int start = (int) (at % ring.length);
        int count = take.read(ring, start, Math.min(start + chunk, ring.length));
        if (count > 0) written.setRelease(at + count);
        return count >= 0;
    }
}
