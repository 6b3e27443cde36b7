package wavenet4j.info;

import org.jspecify.annotations.Nullable;

import wavenet4j.spec.Labels;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/// An excerpt of a training recording that a take may begin after, as a network that has seldom met
/// silence never leaves it. Immutable.
public final class Prime {
    private final Set<String> labels;
    private final int[] levels;

    /// @param labels of the recording
    /// @param levels of the model, the latest last; copied
    public Prime(Collection<String> labels, int[] levels) {
        this.labels = Collections.unmodifiableSet(new TreeSet<>(labels));
        this.levels = levels.clone();
    }

    /// The labels of the recording.
    public Set<String> labels() {
        return labels;
    }

    /// A copy of the levels.
    public int[] levels() {
        return levels.clone();
    }

    /// Requires that a model may be primed with it.
    ///
    /// @param known the model's labels
    /// @param q the number of the model's levels
    /// @param field the model's receptive field, beyond which nothing matters, in samples
    /// @throws IllegalArgumentException when it may not
    public void requireFor(Labels known, int q, int field) {
        for (String label : labels) {
            if (!known.names().contains(label)) {
                throw new IllegalArgumentException(
                        "an excerpt has the label \"%s\", which is none of the model's"
                                .formatted(label));
            }
        }
        if (levels.length > field) {
            throw new IllegalArgumentException(
                    "an excerpt has %,d samples; the receptive field has %,d"
                            .formatted(levels.length, field));
        }
        for (int level : levels) {
            if (level < 0 || level >= q) {
                throw new IllegalArgumentException(
                        "an excerpt has the level %d of %d".formatted(level, q));
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Prime prime
                && labels.equals(prime.labels)
                && Arrays.equals(levels, prime.levels);
    }

    @Override
    public int hashCode() {
        return 31 * labels.hashCode() + Arrays.hashCode(levels);
    }

    @Override
    public String toString() {
        return "%d samples %s".formatted(levels.length, labels);
    }
}
