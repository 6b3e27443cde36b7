package wavenet4j.cli.console;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

import org.jspecify.annotations.Nullable;

/// A bar with the time left, on a terminal; nothing where nobody is looking.
public final class ProgressLine implements AutoCloseable {
    private static final int COLUMNS = 79;

    private final Console console;
    private final @Nullable ProgressBar bar;

    /// @param task what goes on, in a word or two
    /// @param most how much there is to do
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

    /// Says how much is done so far.
    public void at(long done) {
        if (bar != null) bar.stepTo(done);
    }

    /// Puts a remark behind the bar.
    public void remark(String remark) {
        if (bar != null) bar.setExtraMessage(" " + remark);
    }

    /// Says a line that stays, above the bar.
    public void say(String line) {
        if (bar != null) console.err().print("\r" + " ".repeat(COLUMNS) + "\r");
        console.say(line);
        if (bar != null) bar.refresh();
    }

    @Override
    public void close() {
        if (bar != null) bar.close();
    }
}
