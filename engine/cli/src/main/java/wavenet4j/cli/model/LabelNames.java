package wavenet4j.cli.model;

import wavenet4j.ModelSpec;
import wavenet4j.spec.Labels;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Resolves the labels of the command line.
public final class LabelNames {
    private LabelNames() {}

    /// The labels of a take by their names in the model, with their shares. An option is a label,
    /// several with commas between them, or several of these lists with slashes between them, which
    /// go to the takes in turn. A label is its name, or the value alone (`7` for `digit=7`) where
    /// only one label has it; a share may follow (`7=0.5`) and is 1 otherwise. A name of the model
    /// that holds a comma, a slash or an equals sign is taken as it is, a share behind it or not.
    ///
    /// @param take which of the takes, from 0
    /// @throws IllegalArgumentException when a label is not the model's, is more than one, or is
    ///   given twice, or a share is no number
    public static Map<String, Float> resolve(List<String> given, int take, ModelSpec spec) {
        Labels labels = spec.labels();
        var shares = new TreeMap<String, Float>();
        for (String option : given) {
            List<String> turns = parts(option, "/", labels);
            List<String> words = parts(turns.get(take % turns.size()), ",", labels);
            requireNoDecimalComma(option, words, labels);
            for (String word : words) add(word.strip(), labels, shares);
        }
        return shares;
    }

    /// Refuses an option with labels for more takes than are made.
    ///
    /// @throws IllegalArgumentException which names the options that make them
    public static void requireTakes(List<String> given, int takes, ModelSpec spec) {
        for (String option : given) {
            int turns = parts(option, "/", spec.labels()).size();
            if (turns <= takes) continue;
            throw new IllegalArgumentException(
                    "--label %s has labels for %d takes, one after the other, and --takes is %d; --takes %d makes them all, --label %s gives all to one"
                            .formatted(option, turns, takes, turns, option.replace('/', ',')));
        }
    }

    /// `7=0,5` would be the label 7 with the share 0, and the label 5.
    private static void requireNoDecimalComma(String option, List<String> words, Labels labels) {
        for (int i = 0; i + 1 < words.size(); i++) {
            String word = words.get(i).strip();
            String digits = words.get(i + 1);
            if (!word.matches(".+=-?\\d+")
                    || !digits.matches("\\d+")
                    || labels.names().contains(word)) {
                continue;
            }
            throw new IllegalArgumentException(
                    "--label %s has a comma in a number or a label after a share; write %s.%s for the one, and --label %s --label %s for the other"
                            .formatted(option, word, digits, word, digits));
        }
    }

    private static List<String> parts(String text, String separator, Labels labels) {
        String name = text.replaceFirst("=[^=]*$", "");
        boolean isOne =
                labels.names().contains(text)
                        || (name.contains(separator) && labels.names().contains(name));
        return isOne ? List.of(text) : List.of(text.split(separator, -1));
    }

    private static void add(String word, Labels labels, Map<String, Float> shares) {
        String name = labels.find(word);
        float share = 1;
        int split = word.lastIndexOf('=');
        if (name == null && split > 0) {
            name = labels.find(word.substring(0, split));
            if (name != null) share = share(word, split);
        }
        if (name == null) throw unknown(word, labels.names());
        if (shares.put(name, share) != null) {
            throw new IllegalArgumentException(
                    "--label gives %s twice; give it once, with its share".formatted(name));
        }
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
                        ? "the model was trained without labels, so --label %s has no effect"
                                .formatted(word)
                        : "the model has no label %s; it has %s"
                                .formatted(word, String.join(", ", names)));
    }
}
