package wavenet4j.train.optimizer;

import wavenet4j.train.config.TrainConfig;

/// How far a run is, and the learning rate there.
public record LearningRateSchedule(TrainConfig.Training training) {
    /// From 0 to 1: by steps, by minutes, or by whichever is further.
    public double progress(long step, double seconds) {
        double bySteps = training.steps() == 0 ? 0 : (double) step / training.steps();
        double byTime = training.minutes() == 0 ? 0 : seconds / (60 * training.minutes());
        return Math.min(1, Math.max(bySteps, byTime));
    }

    /// A linear warm-up, then a cosine from the full rate to the final one.
    public double rate(long step, double seconds) {
        double warmup = Math.min(1, (step + 1.0) / Math.max(1, training.warmupSteps()));
        double cosine = 0.5 * (1 + Math.cos(Math.PI * progress(step, seconds)));
        double floor = training.finalRate();
        return training.learningRate() * warmup * (floor + (1 - floor) * cosine);
    }
}
