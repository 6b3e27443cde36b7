package wavenet4j.cli.model;

import org.jspecify.annotations.Nullable;

import wavenet4j.ModelSpec;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Labels as a person gives them.
public final class LabelNames {
    private LabelNames() {}

    /// The model's names for what was given, with their shares. Each is a label, several with
    /// commas between, or several of those with slashes between, which go to the takes in turn. A
    /// label is its name, or the value alone (`7` for `digit=7`) where only one label has it, and
    /// may have a share behind it (`7=0.5`); without one it counts 1. What is a name of the model
    /// is taken for that first, whatever it holds.
    ///
    /// @param take which of the takes, from 0
    /// @throws IllegalArgumentException when a label is not the model's, is more than one, or is
    ///   given twice, or a share is no number
    public static Map<String, Float> resolve(List<String> given, int take, ModelSpec spec) {
        List<String> names = spec.labels().names();
        var shares = new TreeMap<String, Float>();
        for (String option : given) {
            List<String> turns = parts(option, "/", names);
            for (String word : parts(turns.get(take % turns.size()), ",", names)) {
                add(word.strip(), names, shares);
            }
        }
        return shares;
    }

    private static List<String> parts(String text, String separator, List<String> names) {
        return names.contains(text) ? List.of(text) : List.of(text.split(separator, -1));
    }

    private static void add(String word, List<String> names, Map<String, Float> shares) {
        String name = name(word, names);
        float share = 1;
        int split = word.lastIndexOf('=');
        if (name == null && split > 0) {
            name = name(word.substring(0, split), names);
            if (name != null) share = share(word, split);
        }
        if (name == null) throw unknown(word, names);
        if (shares.put(name, share) != null) {
            throw new IllegalArgumentException(
                    "--label gives %s twice; give it once, with its share".formatted(name));
        }
    }

    /// The one that is meant, or null where none is.
    private static @Nullable String name(String word, List<String> names) {
        if (names.contains(word)) return word;
        List<String> matching = names.stream().filter(name -> name.endsWith("=" + word)).toList();
        if (matching.size() > 1) {
            throw new IllegalArgumentException(
                    "--label %s may mean %s; give the whole name"
                            .formatted(word, String.join(" or ", matching)));
        }
        return matching.isEmpty() ? null : matching.getFirst();
    }

    private static float share(String word, int split) {
        String text = word.substring(split + 1);
        try {
            float share = Float.parseFloat(text);
            if (Float.isFinite(share)) return share;
        } catch (NumberFormatException e) {
            // as one that is not finite
        }
        throw new IllegalArgumentException(
                "the share of the label %s is \"%s\"; it must be a finite number, such as 0.5"
                        .formatted(word.substring(0, split), text));
    }

    private static IllegalArgumentException unknown(String word, List<String> names) {
        return new IllegalArgumentException(
                names.isEmpty()
                        ? "the model was trained without labels, so --label %s cannot be heeded"
                                .formatted(word)
                        : "the model has no label %s; it has %s"
                                .formatted(word, String.join(", ", names)));
    }
}
