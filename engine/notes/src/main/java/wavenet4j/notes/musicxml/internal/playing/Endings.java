package wavenet4j.notes.musicxml.internal.playing;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The endings of repeats, by measure.
final class Endings {
    private final Map<Integer, Ending> byMeasure = new HashMap<>();

    /// Measures that are played in some passes alone.
    ///
    /// @param last its last measure
    /// @param passes from 1
    /// @param most the last pass of it and the endings beside it
    /// @param alone whether no other ending is beside it: the last pass goes without
    record Ending(int first, int last, Set<Integer> passes, int most, boolean alone) {
        boolean isLast() {
            return passes.contains(most) && !alone;
        }

        /// How often what it ends is played.
        int times() {
            return alone ? most + 1 : most;
        }
    }

    Endings(List<Marks> marks) {
        int at = 0;
        while (at < marks.size()) {
            at = marks.get(at).ending.isEmpty() ? at + 1 : addGroup(at, marks);
        }
    }

    /// The ending that a measure belongs to.
    @Nullable Ending at(int measure) {
        return byMeasure.get(measure);
    }

    /// Whether an ending begins with a measure.
    boolean beginsAt(int measure) {
        Ending ending = at(measure);
        return ending != null && ending.first == measure;
    }

    /// Adds the endings that follow each other from a measure on.
    ///
    /// @return the measure after them
    private int addGroup(int first, List<Marks> marks) {
        int most = 0;
        int after = first;
        while (after < marks.size() && !marks.get(after).ending.isEmpty()) {
            most = Math.max(most, Collections.max(marks.get(after).ending));
            after = last(after, marks) + 1;
        }
        for (int at = first; at < after; ) {
            int last = last(at, marks);
            boolean alone = at == first && last + 1 == after;
            var ending = new Ending(at, last, marks.get(at).ending, most, alone);
            for (int i = at; i <= last; i++) byMeasure.put(i, ending);
            at = last + 1;
        }
        return after;
    }

    /// Where an ending stops; one that never does is of one measure.
    private static int last(int first, List<Marks> marks) {
        for (int i = first; i < marks.size(); i++) {
            if (i > first && !marks.get(i).ending.isEmpty()) return i - 1;
            if (marks.get(i).endingStops || marks.get(i).times > 0) return i;
        }
        return first;
    }
}
