package wavenet4j.train.loop;

import wavenet4j.train.event.TrainingEvent;

/// Averages the steps between two progress events.
final class ProgressMeter {
    private final long start = System.nanoTime();
    private final double progressBefore;
    private double bits;
    private long samples;
    private double norm;
    private double seconds;

    /// @param progress from 0 to 1, where the training starts, resumes or goes on after a rollback
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

    /// The steps added since the last report. The speed is that of the steps alone; the time left
    /// follows from all time so far, that of evaluations and checkpoints included.
    TrainingEvent.Progress report(long step, double rate, double progress) {
        double spent = (System.nanoTime() - start) * 1e-9;
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
