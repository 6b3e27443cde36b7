package wavenet4j.distribution;

/// How a level is drawn from the network's distribution.
///
/// @param temperature divides the logits: below 1 safer, above 1 wilder, 0 always the likeliest
///   level
/// @param topK only the k likeliest levels stay in the draw; 0 for all
/// @param topP only the likeliest levels that together reach this share stay in the draw; 1 for all
public record Sampling(float temperature, int topK, float topP) {
    /// The distribution as it was learned.
    public static final Sampling DEFAULT = new Sampling(1, 0, 1);

    public Sampling {
        if (!(temperature >= 0 && temperature <= 100)) {
            throw new IllegalArgumentException(
                    "the temperature is " + temperature + "; it must be between 0 and 100");
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k is " + topK + "; it must be at least 0");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException(
                    "top-p is " + topP + "; it must be above 0 and at most 1");
        }
    }
}
