package wavenet4j.train;

/// Adds steps up between two reports of progress.
final class Meter {
    private long start = System.nanoTime();
    private double bits;
    private long samples;
    private double norm;
    private double seconds; // measured in all, over the progress measured in all: the pace
    private double firstProgress = Double.NaN;

    void add(StepResult result, Batch batch) {
        bits += result.bits() * batch.counted();
        samples += batch.counted();
        norm = result.norm();
    }

    /// What was added since the last report, and a new start.
    TrainingEvent.Progress report(long step, double rate, double progress) {
        double elapsed = (System.nanoTime() - start) * 1e-9;
        seconds += elapsed;
        if (Double.isNaN(firstProgress)) {
            firstProgress = progress;
            seconds = 0;
        }
        double done = progress - firstProgress;
        double left = done > 0 ? seconds / done * (1 - progress) : Double.NaN;
        var report =
                new TrainingEvent.Progress(
                        step, bits / samples, rate, norm, samples / elapsed, progress, left);
        bits = 0;
        samples = 0;
        start = System.nanoTime();
        return report;
    }

    /// Leaves the time since the last report out of the speed: it went into something else.
    void restart() {
        seconds += (System.nanoTime() - start) * 1e-9;
        bits = 0;
        samples = 0;
        start = System.nanoTime();
    }
}
