package wavenet4j;

import java.util.Set;

/// What makes one take differ from another on the same model.
///
/// @param seed of its random numbers
/// @param sampling how levels are drawn
/// @param labels names among the model's labels; their embeddings are added
public record Take(long seed, Sampling sampling, Set<String> labels) {
    public Take {
        labels = Set.copyOf(labels);
    }

    /// A take without labels, drawn from the distribution as it was learned.
    public static Take ofSeed(long seed) {
        return new Take(seed, Sampling.DEFAULT, Set.of());
    }
}
