package wavenet4j.cpu.internal.threads;

/// Whether the second thread pays, found out by trying: other programs may take its core at any
/// time, and then a tick with it can last a time slice. Again and again some ticks go alone and as
/// many together, and those after them in the faster way.
public final class StepTimer {
    private static final int TRIAL = 256; // ticks
    private static final int SHORTEST_PERIOD = 1_024; // ticks; at first while code is compiled
    private static final int LONGEST_PERIOD = 16_384;
    private static final long SLACK = 20_000_000; // ns

    private int period = SHORTEST_PERIOD;
    private int tick; // of the period
    private long nanos; // that its ticks took, since the trial or the decision began
    private long nanosAlone; // of the trial
    private boolean togetherPays;

    /// Whether the next tick is to go alone.
    public boolean alone() {
        return tick < TRIAL || (tick >= 2 * TRIAL && !togetherPays);
    }

    /// A tick took that long.
    public void took(long tickNanos) {
        tick++;
        nanos += tickNanos;
        if (tick < TRIAL) return;
        if (tick == TRIAL) {
            nanosAlone = nanos;
            nanos = 0;
        } else if (tick <= 2 * TRIAL) {
            // A trial that has lost ends at once: it may be losing a time slice with each tick.
            boolean lost = nanos >= nanosAlone;
            if (!lost && tick < 2 * TRIAL) return;
            togetherPays = !lost;
            tick = 2 * TRIAL;
            nanos = 0;
        } else if (tick == period || (togetherPays && nanos > patience())) {
            period = Math.min(2 * period, LONGEST_PERIOD);
            tick = 0;
            nanos = 0;
        }
    }

    private long patience() {
        return SLACK + 2 * nanosAlone * (tick - 2 * TRIAL) / TRIAL;
    }
}
