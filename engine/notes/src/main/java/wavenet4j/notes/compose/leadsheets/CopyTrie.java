package wavenet4j.notes.compose.leadsheets;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The stretches of a corpus up to the first note that makes them longer than a limit, as a trie
/// with failure links (Aho and Corasick 1975). A stretch begins with a note, of which the length
/// counts, and goes on with the rest before each further note, its interval and its length.
final class CopyTrie {
    static final int ROOT = 0;

    private final List<Map<Step, Integer>> children =
            new ArrayList<>(List.of(new LinkedHashMap<>()));
    private final List<Integer> ticks = new ArrayList<>(List.of(0));
    private final List<Integer> failure = new ArrayList<>(List.of(ROOT));
    private final List<Integer> longestRest = new ArrayList<>(List.of(0));
    private final int limit;

    /// How a stretch goes on.
    ///
    /// @param rest ticks of rest before the note
    /// @param interval in semitones from the note before; 0 for the first note of a stretch
    /// @param length of the note in ticks
    record Step(int rest, int interval, int length) {}

    /// Takes the stretches from every note of the pieces.
    CopyTrie(List<List<LeadSheetToken>> pieces, int limit) {
        this.limit = limit;
        for (List<LeadSheetToken> piece : pieces) {
            for (int i = 0; i < piece.size(); i++) {
                if (!piece.get(i).isRest()) insert(piece.subList(i, piece.size()));
            }
        }
        link();
    }

    private void insert(List<LeadSheetToken> from) {
        int pitch = from.getFirst().pitch();
        int rest = 0;
        int node = ROOT;
        for (LeadSheetToken token : from) {
            if (token.isRest()) {
                rest += token.length();
                continue;
            }
            node = grow(node, new Step(rest, token.pitch() - pitch, token.length()));
            if (isTooLong(node)) return;
            pitch = token.pitch();
            rest = 0;
        }
    }

    private int grow(int node, Step step) {
        longestRest.set(node, Math.max(longestRest.get(node), step.rest));
        return children.get(node)
                .computeIfAbsent(
                        step,
                        _ -> {
                            children.add(new LinkedHashMap<>());
                            ticks.add(ticks.get(node) + step.rest + step.length);
                            failure.add(ROOT);
                            longestRest.add(0);
                            return children.size() - 1;
                        });
    }

    /// Breadth first: a node's failure is found from those of shorter stretches.
    private void link() {
        var queue = new ArrayDeque<>(children.get(ROOT).values());
        while (!queue.isEmpty()) {
            int node = queue.remove();
            children.get(node)
                    .forEach((step, child) -> {
                        failure.set(child, step(failure.get(node), step));
                        queue.add(child);
                    });
        }
    }

    /// The longest stretch of the corpus that a stretch and a note after it end with.
    int step(int node, Step step) {
        for (; node != ROOT; node = failure.get(node)) {
            Integer child = children.get(node).get(step);
            if (child != null) return child;
        }
        return first(step.length);
    }

    /// The stretch of one note.
    int first(int length) {
        return children.get(ROOT).getOrDefault(new Step(0, 0, length), ROOT);
    }

    int failure(int node) {
        return failure.get(node);
    }

    /// How the corpus goes on.
    Iterable<Step> steps(int node) {
        return children.get(node).keySet();
    }

    /// The longest rest with which it goes on, in ticks.
    int longestRest(int node) {
        return longestRest.get(node);
    }

    boolean isTooLong(int node) {
        return ticks.get(node) > limit;
    }
}
