package wavenet4j.train.optimizer;

import wavenet4j.train.config.ScheduleConfig;

/// The progress of a training and the learning rate over it.
public record LearningRateSchedule(ScheduleConfig config) {
    /// The progress from 0 to 1: by steps or by minutes, whichever is further.
    public double progress(long step, double seconds) {
        double bySteps = config.steps() == 0 ? 0 : (double) step / config.steps();
        double byTime = config.minutes() == 0 ? 0 : seconds / (60 * config.minutes());
        return Math.min(1, Math.max(bySteps, byTime));
    }

    /// The learning rate: a linear warm-up, then a cosine from the full rate to the final one.
    public double rate(long step, double seconds) {
        double warmup = Math.min(1, (step + 1.0) / Math.max(1, config.warmupSteps()));
        double cosine = 0.5 * (1 + Math.cos(Math.PI * progress(step, seconds)));
        double floor = config.finalRate();
        return config.learningRate() * warmup * (floor + (1 - floor) * cosine);
    }
}
