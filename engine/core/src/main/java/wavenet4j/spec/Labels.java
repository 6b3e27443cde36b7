package wavenet4j.spec;

import static wavenet4j.internal.Checks.requireRange;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// The labels a network was trained with. A take may carry several (a speaker and a digit): their
/// embeddings are added.
///
/// @param names one for each row of the embedding; empty when the network has no labels
/// @param embedding E, the length of a label's embedding; 0 when there are no labels
public record Labels(List<String> names, int embedding) {
    /// No labels at all.
    public static final Labels NONE = new Labels(List.of(), 0);

    public Labels {
        names = List.copyOf(names);
        requireRange("the number of labels", names.size(), 0, 1 << 16);
        requireRange(
                "labels.embedding",
                embedding,
                names.isEmpty() ? 0 : 1,
                DilatedConvolutions.MAX_CHANNELS);
        if (names.isEmpty() && embedding != 0) {
            throw new IllegalArgumentException(
                    "labels.embedding is " + embedding + ", but there are no labels");
        }
        var seen = new HashSet<String>();
        for (String name : names) {
            // A label is named on the command line and in one-line messages.
            if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "labels.names has a name that is blank or holds a control character");
            }
            if (!seen.add(name)) {
                throw new IllegalArgumentException("labels.names has \"" + name + "\" twice");
            }
        }
    }

    /// Requires that every name is one of these, and every share a finite number. It goes by the
    /// names here, because an iterator over the given ones would be allocated.
    public void requireShares(Map<String, Float> shares) {
        int known = 0;
        for (int i = 0; i < names.size(); i++) {
            if (!shares.containsKey(names.get(i))) continue;
            requireShare(names.get(i), shares.get(names.get(i)));
            known++;
        }
        if (known == shares.size()) return;
        for (String name : shares.keySet()) {
            if (names.contains(name)) continue;
            throw new IllegalArgumentException(
                    "the model has no label \"%s\"; it has %s"
                            .formatted(name, names.isEmpty() ? "none" : String.join(", ", names)));
        }
    }

    /// Requires that a label's share is a finite number.
    ///
    /// @throws IllegalArgumentException that names the label and its share
    public static void requireShare(String label, @Nullable Float share) {
        if (share == null || !Float.isFinite(share)) {
            throw new IllegalArgumentException(
                    "the share of the label \"%s\" is %s; it must be a finite number, such as 1 for the label as it was learned"
                            .formatted(label, share));
        }
    }
}
