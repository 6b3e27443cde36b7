package wavenet4j.cli.train;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.corpus.ScanProgress;
import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.ProgressLine;

/// Shows how far the scan of the recordings is.
final class ScanLine implements ScanProgress, AutoCloseable {
    private final Console console;
    private @Nullable ProgressLine line;
    private String task = "";

    ScanLine(Console console) {
        this.console = console;
    }

    @Override
    public void update(String now, long done, long all) {
        if (line == null || !now.equals(task)) {
            close();
            line = new ProgressLine(console, now);
            task = now;
        }
        line.update(
                (double) done / Math.max(1, all),
                "%,.1f of %,.1f MB".formatted(done / 1e6, all / 1e6),
                "");
    }

    @Override
    public void close() {
        if (line != null) line.close();
    }
}
