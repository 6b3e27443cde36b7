package wavenet4j.train.config;

import static wavenet4j.train.config.Ranges.require;

/// How long a training is, and its learning rate.
///
/// @param steps of the optimizer; 0 when `minutes` decides
/// @param minutes of training; 0 when `steps` decides
/// @param learningRate after the warm-up
/// @param warmupSteps over which the rate rises from 0
/// @param finalRate what the rate falls to along a cosine, as a share of `learningRate`
public record ScheduleConfig(
        long steps, double minutes, double learningRate, int warmupSteps, double finalRate) {
    /// Checks the ranges.
    public ScheduleConfig {
        require(steps >= 0, "training.steps", steps, "at least 0");
        require(minutes >= 0 && minutes < 1e6, "training.minutes", minutes, "0 to a million");
        require(
                learningRate > 0 && learningRate <= 1,
                "training.learningRate",
                learningRate,
                "above 0 and at most 1");
        require(warmupSteps >= 0, "training.warmupSteps", warmupSteps, "at least 0");
        require(finalRate >= 0 && finalRate <= 1, "training.finalRate", finalRate, "0 to 1");
        if (steps == 0 && minutes == 0) {
            throw new IllegalArgumentException(
                    "training.steps and training.minutes are both 0; one must say when to stop");
        }
    }
}
