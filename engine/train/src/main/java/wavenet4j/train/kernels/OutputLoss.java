package wavenet4j.train.kernels;

import wavenet4j.distribution.Distribution;

/// The negative log-likelihood of a level under a network's outputs for it, in nats.
public sealed interface OutputLoss permits SoftmaxLoss, LogisticsLoss {
    /// The loss under that distribution.
    static OutputLoss of(Distribution output) {
        return switch (output) {
            case Distribution.Categorical(int levels) -> new SoftmaxLoss(levels);
            case Distribution.LogisticMixture(int mixtures) -> new LogisticsLoss(mixtures);
        };
    }

    /// The loss; replaces the outputs by the gradient of `scale` times it.
    ///
    /// @param at index of the first output; padding behind the last becomes 0
    double natsAndGradient(float[] outputs, int at, int level, float scale);
}
