package wavenet4j.train.loop;

import java.io.IOException;

/// The training time of a run in seconds, over all its starts. Previews and listeners are left out.
final class TrainingClock {
    private final double before;
    private final long start = System.nanoTime();
    private double leftOut;

    /// @param before seconds of training so far
    TrainingClock(double before) {
        this.before = before;
    }

    double seconds() {
        return before + (System.nanoTime() - start) * 1e-9 - leftOut;
    }

    /// Work that is not training.
    interface Work {
        void run() throws IOException;
    }

    /// Does some work without counting its time.
    void leaveOut(Work work) throws IOException {
        double begin = seconds();
        work.run();
        leaveOut(seconds() - begin);
    }

    /// Subtracts seconds that were not training.
    void leaveOut(double seconds) {
        leftOut += seconds;
    }

    /// The seconds that were subtracted since this clock was made.
    double leftOut() {
        return leftOut;
    }
}
