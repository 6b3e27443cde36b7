package wavenet4j.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// While this is open, Ctrl-C or SIGTERM asks the command to stop, and the process ends when this
/// is closed, or after five minutes.
public final class Interruption implements AutoCloseable {
    /// Seconds for a command to come to its end, where nobody can keep it waiting.
    public static final int MOST_SECONDS = 300;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    /// For a command that polls [#requested()].
    public Interruption() {
        this(() -> {});
    }

    /// @param stop asks the command to come to an end; called on another thread
    public Interruption(Runnable stop) {
        this(stop, MOST_SECONDS);
    }

    /// @param mostSeconds after which the process ends all the same
    public Interruption(Runnable stop, int mostSeconds) {
        hook = new Thread(() -> waitFor(stop, mostSeconds), "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Whether the command is to come to an end.
    public boolean requested() {
        return requested;
    }

    private void waitFor(Runnable stop, int mostSeconds) {
        requested = true;
        stop.run();
        try {
            ended.await(mostSeconds, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process is ending already: the hook has done its work.
        }
    }
}
