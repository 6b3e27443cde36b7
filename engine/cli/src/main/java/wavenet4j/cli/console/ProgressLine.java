package wavenet4j.cli.console;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

import org.jspecify.annotations.Nullable;

/// A progress bar with the time left, on a terminal; nothing elsewhere.
public final class ProgressLine implements AutoCloseable {
    private static final int COLUMNS = 79;

    private final Console console;
    private final @Nullable ProgressBar bar;

    /// @param task in a word or two
    /// @param most the amount of work
    public ProgressLine(Console console, String task, long most) {
        this.console = console;
        bar = console.live() ? bar(console, task, most) : null;
    }

    private static ProgressBar bar(Console console, String task, long most) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(most)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(console.err(), COLUMNS))
                .build();
    }

    /// Sets the amount of work done so far.
    public void update(long done) {
        if (bar != null) bar.stepTo(done);
    }

    /// Shows a message behind the bar.
    public void setMessage(String message) {
        if (bar != null) bar.setExtraMessage(" " + message);
    }

    /// Prints a line that stays, above the bar.
    public void log(String line) {
        if (bar != null) console.err().print("\r" + " ".repeat(COLUMNS) + "\r");
        console.log(line);
        if (bar != null) bar.refresh();
    }

    @Override
    public void close() {
        if (bar != null) bar.close();
    }
}
