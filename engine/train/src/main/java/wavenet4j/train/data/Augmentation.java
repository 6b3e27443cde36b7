package wavenet4j.train.data;

import wavenet4j.train.config.BatchConfig;

import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/// How a window is heard this time; what the network is to say stays as recorded.
///
/// A cold window begins in the middle of the sound but after silence: with few long recordings
/// nothing else teaches how to leave the silence that a take begins in. Noise on the input teaches
/// what to do after small errors of one's own, which a take is full of. Without its labels now and
/// then, the network also learns to speak without any.
///
/// @param cold whether silence takes the place of its context, as at the start of a take
/// @param labelled whether it keeps its labels
/// @param noiseLevels the standard deviation, in levels, of noise on each sample heard
/// @param noiseSeed of that noise
record Augmentation(boolean cold, boolean labelled, double noiseLevels, long noiseSeed) {
    /// As recorded.
    static final Augmentation NONE = new Augmentation(false, true, 0, 0);

    /// Draws as many numbers for any configuration, so that one kind leaves the others as they are.
    static Augmentation draw(BatchConfig config, SplittableRandom random) {
        return new Augmentation(
                random.nextDouble() < config.coldStarts(),
                random.nextDouble() >= config.labelDropout(),
                config.inputNoise(),
                random.nextLong());
    }

    /// Puts the noise on levels that are given one after the other.
    ///
    /// @param levels Q, beyond which none is driven
    IntUnaryOperator noise(int levels) {
        if (noiseLevels == 0) return level -> level;
        var random = new SplittableRandom(noiseSeed);
        return level ->
                Math.clamp(level + Math.round(noiseLevels * random.nextGaussian()), 0, levels - 1);
    }
}
