package wavenet4j.train.loop;

import wavenet4j.train.event.TrainingEvent;

/// Adds steps up between two reports of progress.
final class ProgressMeter {
    private final long begun = System.nanoTime();
    private final double progressBefore;
    private double bits;
    private long samples;
    private double norm;
    private double seconds;

    /// @param progress where this sitting begins, or goes on after a setback
    ProgressMeter(double progress) {
        progressBefore = progress;
    }

    /// @param took seconds
    void add(StepResult result, double took) {
        bits += result.bits() * result.samples();
        samples += result.samples();
        norm = result.norm();
        seconds += took;
    }

    /// What was added since the last report, and a new start. The speed is that of the steps; the
    /// time left counts all that was spent so far, on validation and checkpoints too.
    TrainingEvent.Progress report(long step, double rate, double progress) {
        double spent = (System.nanoTime() - begun) * 1e-9;
        double left = spent / Math.max(0, progress - progressBefore) * (1 - progress);
        var report =
                new TrainingEvent.Progress(
                        step, bits / samples, rate, norm, samples / seconds, progress, left);
        bits = 0;
        samples = 0;
        seconds = 0;
        return report;
    }
}
