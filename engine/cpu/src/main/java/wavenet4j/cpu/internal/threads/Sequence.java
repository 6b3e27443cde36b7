package wavenet4j.cpu.internal.threads;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/// A count that one thread raises and one other waits for. What the first wrote before it raised
/// the count, the second sees after its wait.
@SuppressWarnings("ThreadPriorityCheck") // yields: a wait here is shorter than falling asleep
public final class Sequence {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    /// What the count reaches in the end.
    public static final long ABANDONED = Long.MAX_VALUE;

    // Alone on its pair of cache lines, which processors fetch together.
    private static final int PADDING = 16;
    private static final int AT = PADDING;

    // An answer comes within microseconds. Waits far longer than that are for a thread that has no
    // core, and then this one's may be what it lacks; or for a caller who is busy elsewhere.
    private static final int BUSY_TURNS = 1_000;
    private static final int SPINNING_TURNS = 1_500;
    private static final long AWAKE_NANOS = 1_000_000;

    private final long[] cell = new long[AT + PADDING + 1];
    private volatile @Nullable Thread sleeper;

    /// The other thread is awake, or will be woken.
    public void raise(long count) {
        CELL.setRelease(cell, AT, count);
    }

    /// The other thread may be asleep in [#awaitAsleep(long)].
    public void raiseAndWake(long count) {
        CELL.setVolatile(cell, AT, count); // before the look at the sleeper
        Thread waiting = sleeper;
        if (waiting != null) LockSupport.unpark(waiting);
    }

    long count() {
        return (long) CELL.getAcquire(cell, AT);
    }

    /// Ends all waits: the count will not be raised any more.
    public void abandon() {
        raiseAndWake(ABANDONED);
    }

    /// Waits without sleeping for the count to reach that.
    ///
    /// @throws IllegalStateException when it is abandoned
    public void await(long count) {
        for (int turn = 0; count() < count; turn++) pause(turn);
        if (count() == ABANDONED) {
            throw new IllegalStateException("the generator is closed, or its helper thread fell");
        }
    }

    /// Waits, in the end asleep, for the count to reach that; returns what it has reached.
    public long awaitAsleep(long count) {
        long reached;
        long yieldedAt = 0;
        for (int turn = 0; (reached = count()) < count; turn++) {
            if (turn < SPINNING_TURNS) {
                pause(turn);
                continue;
            }
            if (turn == SPINNING_TURNS) yieldedAt = System.nanoTime();
            if (System.nanoTime() - yieldedAt < AWAKE_NANOS) {
                Thread.yield();
                continue;
            }
            sleeper = Thread.currentThread();
            if ((long) CELL.getVolatile(cell, AT) < count) LockSupport.park(this);
            sleeper = null;
        }
        return reached;
    }

    private static void pause(int turn) {
        if (turn < BUSY_TURNS) return;
        if (turn < SPINNING_TURNS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}
