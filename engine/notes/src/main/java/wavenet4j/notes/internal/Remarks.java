package wavenet4j.notes.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is to be said of a file that was read or written: sentences in the order in which their
/// causes came up, with the number of the causes of each.
public final class Remarks {
    /// A sentence without its number, for one cause and for several.
    private record Sentence(String one, String several) {}

    private final Map<Sentence, Long> counts = new LinkedHashMap<>();

    /// Says a sentence, once however often it is said.
    public void say(String sentence) {
        counts.put(new Sentence(sentence, ""), 0L);
    }

    /// Counts one more cause of a sentence.
    ///
    /// @param one what follows the number 1, such as `pitch bend is left out`
    /// @param several what follows a larger number
    public void count(String one, String several) {
        count(1, one, several);
    }

    /// Counts more causes of a sentence.
    ///
    /// @param causes how many; none says nothing
    /// @param one what follows the number 1
    /// @param several what follows a larger number
    public void count(long causes, String one, String several) {
        if (causes > 0) counts.merge(new Sentence(one, several), causes, Long::sum);
    }

    /// Counts one more of a thing that a score, or a file, does not hold.
    ///
    /// @param thing its name, whose plural ends with an s
    public void leftOut(String thing) {
        happened(thing, "left out");
    }

    /// Counts one more of a thing.
    ///
    /// @param thing its name, whose plural ends with an s
    /// @param fate what was done with it
    public void happened(String thing, String fate) {
        count("%s is %s".formatted(thing, fate), "%ss are %s".formatted(thing, fate));
    }

    /// All of them.
    public List<String> sentences() {
        return counts.entrySet().stream()
                .map(said -> {
                    long count = said.getValue();
                    Sentence sentence = said.getKey();
                    if (count == 0) return sentence.one;
                    return count == 1
                            ? "1 " + sentence.one
                            : "%,d %s".formatted(count, sentence.several);
                })
                .toList();
    }
}
