package wavenet4j.cli.console;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/// What a command is doing, how far it is and how long that will take: on a terminal a bar that
/// moves all the time, elsewhere a line after four seconds and every half minute. It vanishes when
/// this is closed, or when Ctrl-C ends the process.
public final class ProgressLine implements AutoCloseable {
    private static final int REDRAWN_MILLIS = 250;
    private static final int FIRST_MILLIS = 4_000;
    private static final int NEXT_MILLIS = 28_000;
    private static final int LEAST_BAR = 8;
    private static final int MOST_BAR = 30;
    private static final double SECONDS_TO_ESTIMATE = 3;

    private final Console console;
    private final String task;
    private final int nextMillis;
    private final long start = System.nanoTime();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread onExit = new Thread(this::close, "end of the progress");
    private final ProgressBar bar;

    private String count = "";
    private String more = "";
    private double share = Double.NaN;
    private double firstShare;
    private long firstUpdate;
    private long due; // nanoseconds, of the next line where there is no terminal
    private int drawn; // columns

    /// @param task in a word or two
    public ProgressLine(Console console, String task) {
        this(console, task, FIRST_MILLIS, NEXT_MILLIS);
    }

    /// @param firstMillis after which a line is printed where there is no terminal
    /// @param nextMillis between two lines there
    ProgressLine(Console console, String task, int firstMillis, int nextMillis) {
        this.console = console;
        this.task = task;
        this.nextMillis = nextMillis;
        due = start + firstMillis * 1_000_000L;
        Runtime.getRuntime().addShutdownHook(onExit);
        bar =
                new ProgressBarBuilder()
                        .setRenderer((_, width) -> isLive() ? line(width) : words(true))
                        .setConsumer(new Output())
                        .setUpdateIntervalMillis(Math.min(REDRAWN_MILLIS, firstMillis))
                        .continuousUpdate()
                        .clearDisplayOnFinish()
                        .build();
    }

    private boolean isLive() {
        return console.columns() > 0;
    }

    /// Sets how far it is.
    ///
    /// @param share from 0 to 1; NaN where it is unknown
    /// @param count how much of how much that is
    /// @param more to say where there is room
    public synchronized void update(double share, String count, String more) {
        if (Double.isNaN(this.share) && !Double.isNaN(share)) {
            firstShare = share;
            firstUpdate = System.nanoTime();
        }
        this.share = share;
        this.count = count;
        this.more = more;
    }

    /// Sets how many of all things are done.
    public void count(long done, long all, String things) {
        update((double) done / Math.max(1, all), "%,d of %,d %s".formatted(done, all, things), "");
    }

    /// Sets how much of all sound is done, both in samples.
    public void seconds(long done, long all, int sampleRate) {
        update(
                (double) done / Math.max(1, all),
                "%,.1f of %,.1f s".formatted((double) done / sampleRate, (double) all / sampleRate),
                "");
    }

    /// Prints a line that stays.
    public void log(String line) {
        synchronized (console.err()) {
            erase();
            console.log(line);
            postpone();
        }
        if (!closed.get()) bar.refresh();
    }

    private synchronized void postpone() {
        due = System.nanoTime() + nextMillis * 1_000_000L;
    }

    private synchronized boolean takeDue() {
        if (System.nanoTime() < due) return false;
        postpone();
        return true;
    }

    /// With a bar, in that many columns; without what is said where there is room, if need be.
    private synchronized String line(int width) {
        String tail = words(true);
        if (room(width, tail) < LEAST_BAR) tail = words(false);
        int room = Math.min(MOST_BAR, room(width, tail));
        if (Double.isNaN(share) || room < LEAST_BAR) return task + " " + tail;
        int full = (int) (Math.clamp(share, 0, 1) * room);
        String head = full == room ? "" : ">";
        return "%s [%s%s%s] %s"
                .formatted(
                        task,
                        "=".repeat(full),
                        head,
                        " ".repeat(room - full - head.length()),
                        tail);
    }

    private int room(int width, String tail) {
        return width - task.length() - tail.length() - 4;
    }

    private synchronized String words(boolean all) {
        var words = new ArrayList<String>();
        if (!Double.isNaN(share)) words.add("%.0f %%".formatted(Math.floor(100 * share)));
        words.add(count);
        words.add(DurationText.clock((System.nanoTime() - start) * 1e-9));
        double seconds = (System.nanoTime() - firstUpdate) * 1e-9;
        if (share > firstShare && share < 1 && seconds > SECONDS_TO_ESTIMATE) {
            words.add(DurationText.of(seconds / (share - firstShare) * (1 - share)) + " left");
        }
        if (all) words.add(more);
        words.removeIf(String::isEmpty);
        return String.join(", ", words);
    }

    private void erase() {
        if (drawn == 0) return;
        console.err().print("\r" + " ".repeat(drawn) + "\r");
        console.err().flush();
        drawn = 0;
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) return;
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException _) {
            // This is the hook.
        }
        bar.close();
    }

    private final class Output implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return console.columns() - 1; // a line that is full would begin another
        }

        @Override
        public void accept(String line) {
            synchronized (console.err()) {
                if (closed.get()) return;
                if (!isLive()) {
                    if (takeDue()) console.log(task, line);
                    return;
                }
                String shown = line.substring(0, Math.min(line.length(), getMaxRenderedLength()));
                console.err().print("\r" + shown + " ".repeat(Math.max(0, drawn - shown.length())));
                console.err().flush();
                drawn = shown.length();
            }
        }

        @Override
        public void clear() {
            synchronized (console.err()) {
                erase();
            }
        }

        @Override
        public void close() {} // the stream is not its own
    }
}
