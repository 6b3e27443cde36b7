package wavenet4j.cli.console;

/// Formats durations.
public final class DurationText {
    private DurationText() {}

    /// As `45 s`, `12 min` or `3.5 h`.
    public static String of(double seconds) {
        if (!(seconds < 1e9)) return "unknown";
        if (seconds < 90) return "%.0f s".formatted(seconds);
        if (seconds < 5400) return "%.0f min".formatted(seconds / 60);
        return "%.1f h".formatted(seconds / 3600);
    }

    /// As `0:45`, `12:00` or `3:30:00`.
    static String clock(double seconds) {
        long all = (long) seconds;
        return all < 3600
                ? "%d:%02d".formatted(all / 60, all % 60)
                : "%d:%02d:%02d".formatted(all / 3600, all / 60 % 60, all % 60);
    }
}
