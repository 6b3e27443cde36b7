package wavenet4j.train;

/// Seconds spent in a run, earlier sittings included.
final class Clock {
    private final double before;
    private final long start = System.nanoTime();

    Clock(double before) {
        this.before = before;
    }

    double seconds() {
        return before + (System.nanoTime() - start) * 1e-9;
    }
}
