package wavenet4j.cli;

import wavenet4j.ModelSpec;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Labels as a person gives them.
final class Labels {
    private Labels() {}

    /// The model's names for what was given: each a name, several names with commas between, or the
    /// value alone (`7` for `digit=7`) where only one label has it.
    ///
    /// @throws IllegalArgumentException when one is not the model's, or is more than one
    static Set<String> resolve(List<String> given, ModelSpec spec) {
        List<String> names = spec.labels().names();
        var resolved = new TreeSet<String>();
        for (String words : given) {
            if (names.contains(words)) {
                resolved.add(words); // even if the name itself has a comma
                continue;
            }
            for (String word : words.split(",", -1)) resolved.add(resolve(word.strip(), names));
        }
        return resolved;
    }

    private static String resolve(String word, List<String> names) {
        if (names.contains(word)) return word;
        List<String> matching = names.stream().filter(name -> name.endsWith("=" + word)).toList();
        if (matching.size() == 1) return matching.getFirst();
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "the model was trained without labels, so --label %s cannot be heeded"
                            .formatted(word));
        }
        throw new IllegalArgumentException(
                matching.isEmpty()
                        ? "the model has no label %s; it has %s"
                                .formatted(word, String.join(", ", names))
                        : "--label %s may mean %s; give the whole name"
                                .formatted(word, String.join(" or ", matching)));
    }
}
