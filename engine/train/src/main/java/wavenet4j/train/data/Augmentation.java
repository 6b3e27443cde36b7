package wavenet4j.train.data;

import wavenet4j.train.config.BatchConfig;

import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/// The augmentation of a window in one epoch. It changes the inputs; the targets stay as recorded.
///
/// Cold starts replace the context by silence: with few long recordings nothing else teaches the
/// network to leave the silence that a take begins in. Input noise teaches it to go on after its
/// own sampling errors. Label dropout teaches it to generate without labels too.
///
/// @param cold whether the context is replaced by silence
/// @param labelled whether the labels are kept
/// @param noiseLevels the standard deviation, in levels, of the noise on each input
/// @param noiseSeed of that noise
record Augmentation(boolean cold, boolean labelled, double noiseLevels, long noiseSeed) {
    /// None: as recorded.
    static final Augmentation NONE = new Augmentation(false, true, 0, 0);

    /// Draws an augmentation, with as many random numbers for any configuration, so that switching
    /// one kind on leaves the others as they are.
    static Augmentation draw(BatchConfig config, SplittableRandom random) {
        return new Augmentation(
                random.nextDouble() < config.coldStarts(),
                random.nextDouble() >= config.labelDropout(),
                config.inputNoise(),
                random.nextLong());
    }

    /// A function that adds the noise to one level after the other, within [0, Q).
    ///
    /// @param levels Q
    IntUnaryOperator noise(int levels) {
        if (noiseLevels == 0) return level -> level;
        var random = new SplittableRandom(noiseSeed);
        return level ->
                Math.clamp(level + Math.round(noiseLevels * random.nextGaussian()), 0, levels - 1);
    }
}
