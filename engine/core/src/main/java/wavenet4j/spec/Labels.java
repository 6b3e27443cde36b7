package wavenet4j.spec;

import static wavenet4j.internal.Checks.requireRange;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /// The label that a word stands for: its whole name, or the value alone (`7` for `digit=7`).
    ///
    /// @return null where there is none
    /// @throws IllegalArgumentException when the value is that of several labels
    public @Nullable String find(String word) {
        if (names.contains(word)) return word;
        List<String> matching = names.stream().filter(name -> name.endsWith("=" + word)).toList();
        if (matching.size() > 1) {
            throw new IllegalArgumentException(
                    "the label %s may mean %s; give the whole name"
                            .formatted(word, String.join(" or ", matching)));
        }
        return matching.isEmpty() ? null : matching.getFirst();
    }

    /// The shares by the labels' whole names. Allocates nothing where they are whole already.
    ///
    /// @param shares by words of which [#find] knows each
    /// @throws IllegalArgumentException when a word stands for no label, for several, or for one
    ///   that another word stands for too, or a share is not a finite number
    public Map<String, Float> resolve(Map<String, Float> shares) {
        int whole = 0;
        for (int i = 0; i < names.size(); i++) { // an iterator over the shares would be allocated
            if (!shares.containsKey(names.get(i))) continue;
            requireShare(names.get(i), shares.get(names.get(i)));
            whole++;
        }
        if (whole == shares.size()) return shares;
        var resolved = new TreeMap<String, Float>();
        shares.forEach((word, share) -> {
            requireShare(word, share);
            String name = find(word);
            if (name == null) {
                throw new IllegalArgumentException(
                        "the model has no label \"%s\"; it has %s"
                                .formatted(
                                        word, names.isEmpty() ? "none" : String.join(", ", names)));
            }
            if (resolved.put(name, share) != null) {
                throw new IllegalArgumentException(
                        "the label %s is given twice; give it once, with its share"
                                .formatted(name));
            }
        });
        return resolved;
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
