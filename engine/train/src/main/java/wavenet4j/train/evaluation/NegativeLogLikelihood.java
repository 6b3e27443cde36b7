package wavenet4j.train.evaluation;

/// The negative log-likelihood of recorded samples under a model, in bits.
///
/// @param samples how many were predicted
/// @param bits the sum of -log2 of the probabilities of their levels
/// @param bitsWithinLevels the sum of the bits that tell a 16-bit value from the others that have
///   its level
public record NegativeLogLikelihood(long samples, double bits, double bitsWithinLevels) {
    /// Of no samples.
    public static final NegativeLogLikelihood NONE = new NegativeLogLikelihood(0, 0, 0);

    /// The mean over the samples; NaN where there are none.
    public double bitsPerSample() {
        return bits / samples;
    }

    /// The mean for the samples as 16-bit values, of which all of a level are equally likely.
    /// Models with different quantizers can be compared by it.
    public double bitsPer16BitSample() {
        return (bits + bitsWithinLevels) / samples;
    }

    /// Of these samples and those.
    public NegativeLogLikelihood plus(NegativeLogLikelihood other) {
        return new NegativeLogLikelihood(
                samples + other.samples,
                bits + other.bits,
                bitsWithinLevels + other.bitsWithinLevels);
    }
}
