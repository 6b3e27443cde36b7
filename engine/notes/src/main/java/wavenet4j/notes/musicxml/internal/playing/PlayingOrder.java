package wavenet4j.notes.musicxml.internal.playing;

import org.jspecify.annotations.Nullable;

import wavenet4j.notes.internal.Remarks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// The order in which measures are played: repeats, which may be nested, with their endings, and
/// jumps, each taken once. After a jump, repeats are passed over unless they say otherwise, and of
/// endings the last is played.
final class PlayingOrder {
    private static final int MOST_MEASURES = 100_000;

    /// A structure that makes a piece longer by more is taken for damage.
    private static final int MOST_TIMES_LONGER = 100;

    private final List<Marks> marks;
    private final Endings endings;
    private final List<Integer> played = new ArrayList<>();

    /// Repeats that are under way, the innermost first.
    private final Deque<Section> open = new ArrayDeque<>();

    /// The first measures with signs, by the signs' names, in the order of measures.
    private final Map<String, Integer> segnos = new LinkedHashMap<>();

    private final Map<String, Integer> codas = new LinkedHashMap<>();
    private final Set<Integer> jumps = new HashSet<>();
    private int afterRepeat;
    private boolean jumped;
    private boolean inCoda;

    /// A section that is repeated.
    ///
    /// @param pass from 1
    private record Section(int start, int pass) {}

    private PlayingOrder(List<Marks> marks) {
        this.marks = marks;
        this.endings = new Endings(marks);
        for (int i = 0; i < marks.size(); i++) {
            int measure = i;
            marks.get(i).segno.ifPresent(name -> segnos.putIfAbsent(name, measure));
            marks.get(i).coda.ifPresent(name -> codas.putIfAbsent(name, measure));
        }
    }

    /// The indices of measures in the order of playing; as written where that order is absurd.
    static List<Integer> of(List<Marks> marks, Remarks remarks) {
        Optional<List<Integer>> order = new PlayingOrder(marks).walk();
        if (order.isEmpty()) {
            remarks.happened("structure of repeats", "absurd, and played once through");
        }
        return order.orElseGet(() -> IntStream.range(0, marks.size()).boxed().toList());
    }

    private Optional<List<Integer>> walk() {
        long most =
                Math.max(
                        marks.size(),
                        Math.min(MOST_MEASURES, (long) MOST_TIMES_LONGER * marks.size()));
        int at = 0;
        for (long steps = 0; at < marks.size(); steps++) {
            if (steps > 2 * most || played.size() > most) return Optional.empty();
            Marks mark = marks.get(at);
            if (mark.forward && (open.isEmpty() || open.peek().start != at)) {
                open.push(new Section(at, 1));
            }
            Endings.Ending ending = endings.at(at);
            if (ending != null && endings.beginsAt(at) && !isPlayed(ending)) {
                at = ending.last() + 1;
                if (!endings.beginsAt(at)) close(at);
                continue;
            }
            played.add(at);
            if (jumped && mark.fine) break;
            at = next(at, mark, ending);
        }
        return played.isEmpty() ? Optional.empty() : Optional.of(played);
    }

    private boolean isPlayed(Endings.Ending ending) {
        int pass = open.isEmpty() ? 1 : open.peek().pass;
        return jumped ? ending.isLast() : ending.passes().contains(pass);
    }

    private int next(int at, Marks mark, Endings.@Nullable Ending ending) {
        if (mark.times > 0 && (!jumped || mark.afterJump)) {
            if (open.isEmpty()) open.push(new Section(afterRepeat, 1));
            Section section = open.pop();
            int times = ending == null ? mark.times : ending.times();
            if (section.pass < times) {
                open.push(new Section(section.start, section.pass + 1));
                return section.start;
            }
            afterRepeat = at + 1;
        } else if (ending != null && at == ending.last() && ending.isLast()) {
            close(at + 1);
        }
        return jump(at, mark);
    }

    private int jump(int at, Marks mark) {
        if (jumped && mark.toCoda.isPresent()) {
            int coda = find(mark.toCoda.get(), codas);
            if (coda >= 0) {
                jumped = false;
                inCoda = true;
                return begin(coda);
            }
        }
        boolean back = mark.daCapo || mark.dalSegno.isPresent();
        if (back && !inCoda && jumps.add(at)) {
            int target = mark.daCapo ? 0 : find(mark.dalSegno.get(), segnos);
            if (target >= 0) {
                jumped = true;
                return begin(target);
            }
        }
        return at + 1;
    }

    private int begin(int measure) {
        open.clear();
        afterRepeat = measure;
        return measure;
    }

    private void close(int next) {
        open.poll();
        afterRepeat = next;
    }

    /// The measure with a sign of that name; the first with any where names do not tell; -1 if
    /// none.
    private static int find(String name, Map<String, Integer> signs) {
        Integer named = signs.get(name);
        if (named != null) return named;
        return signs.isEmpty() ? -1 : signs.values().iterator().next();
    }
}
