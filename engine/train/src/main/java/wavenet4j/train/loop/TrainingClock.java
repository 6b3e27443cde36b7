package wavenet4j.train.loop;

import java.io.IOException;

/// Seconds spent on training in a run, earlier sittings included.
final class TrainingClock {
    private final double before;
    private final long start = System.nanoTime();
    private double leftOut;

    TrainingClock(double before) {
        this.before = before;
    }

    double seconds() {
        return before + (System.nanoTime() - start) * 1e-9 - leftOut;
    }

    /// What is done beside training.
    interface Work {
        void run() throws IOException;
    }

    /// Takes no time while that work is done.
    void leaveOut(Work work) throws IOException {
        double begun = seconds();
        work.run();
        leaveOut(seconds() - begun);
    }

    /// Takes that much off the time that has passed: it was no training.
    void leaveOut(double seconds) {
        leftOut += seconds;
    }

    /// What was taken off in this sitting, in seconds.
    double leftOut() {
        return leftOut;
    }
}
