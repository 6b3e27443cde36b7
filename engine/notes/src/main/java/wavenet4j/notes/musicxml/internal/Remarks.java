package wavenet4j.notes.musicxml.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts what a file has that a score has not, or the other way round.
public final class Remarks {
    private final Map<Kind, Integer> counts = new LinkedHashMap<>();

    private record Kind(String one, String fate) {}

    /// One more of a thing that a score does not hold.
    ///
    /// @param one the thing's name, whose plural ends with an s
    public void leftOut(String one) {
        count(one, "left out");
    }

    /// Another one of a thing.
    ///
    /// @param one the thing's name, whose plural ends with an s
    /// @param fate what was done with it
    public void count(String one, String fate) {
        counts.merge(new Kind(one, fate), 1, Integer::sum);
    }

    /// A sentence for each kind of thing.
    public List<String> sentences() {
        var sentences = new ArrayList<String>();
        counts.forEach((kind, count) ->
                sentences.add(
                        count == 1
                                ? "1 %s is %s".formatted(kind.one, kind.fate)
                                : "%,d %ss are %s".formatted(count, kind.one, kind.fate)));
        return sentences;
    }
}
