package wavenet4j;

import wavenet4j.distribution.Sampling;
import wavenet4j.spec.Labels;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What makes one take differ from another on the same model.
///
/// @param seed of its random numbers
/// @param sampling how levels are drawn
/// @param labels of the model, each with its share: the sum of their embeddings, each times its
///   share, conditions the take. A share of 1 is the label as it was learned; what lies between two
///   labels is a mixture such as 0.5 and 0.5. A label is named in full, or by its value alone where
///   only one has it: `7` for `digit=7`
public record Take(long seed, Sampling sampling, Map<String, Float> labels) {
    /// @throws IllegalArgumentException when a share is not a finite number
    public Take {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        labels.forEach(Labels::requireShare);
    }

    /// A take with whole labels, each of share 1.
    public Take(long seed, Sampling sampling, Set<String> labels) {
        this(seed, sampling, whole(labels));
    }

    /// A take without labels, drawn from the distribution as it was learned.
    public static Take ofSeed(long seed) {
        return new Take(seed, Sampling.DEFAULT, Map.of());
    }

    private static SortedMap<String, Float> whole(Set<String> labels) {
        var shares = new TreeMap<String, Float>();
        for (String label : labels) shares.put(label, 1f);
        return shares;
    }
}
