package wavenet4j.notes.musicxml.internal.playing;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Joins the tied notes of a part.
final class Ties {
    /// Of notes at one onset, first those that a tie leads to.
    private static final Comparator<PartMeasure.WrittenNote> ORDER =
            Comparator.comparing((PartMeasure.WrittenNote each) -> each.note().onset())
                    .thenComparing(each -> !each.continues());

    /// Of one key at a time; more are no music, and would take long to look through.
    private static final int MOST_OPEN = 100;

    private final Map<Integer, List<Open>> byKey = new HashMap<>();
    private final List<Note> joined = new ArrayList<>();

    /// A note whose tie leads on.
    private record Open(Note note, String voice) {}

    /// The notes of a part, each with its ties.
    ///
    /// @param written in order of playing, with onsets from the score's beginning
    static List<Note> join(List<PartMeasure.WrittenNote> written) {
        var ties = new Ties();
        written.stream().sorted(ORDER).forEach(ties::add);
        ties.byKey.values().forEach(all -> all.forEach(open -> ties.joined.add(open.note)));
        return ties.joined;
    }

    private void add(PartMeasure.WrittenNote written) {
        Note note = written.note();
        List<Open> open = byKey.computeIfAbsent(note.key(), _ -> new ArrayList<>());
        close(open, note.onset());
        int before = note.isGrace() ? -1 : find(open, written);
        if (before >= 0) {
            Note tied = open.remove(before).note;
            note = tied.withLength(note.end().minus(tied.onset()));
        }
        if (written.goesOn()) open.add(new Open(note, written.voice()));
        else joined.add(note);
        if (open.size() > MOST_OPEN) joined.add(open.removeFirst().note);
    }

    /// Ties that lead to no note end where their notes do.
    private void close(List<Open> open, Fraction now) {
        open.removeIf(each -> {
            boolean over = each.note.end().plus(Measures.ROUNDING).compareTo(now) < 0;
            if (over) joined.add(each.note);
            return over;
        });
    }

    /// The note that is tied to another: one of its voice, also where this one does not say so,
    /// otherwise any that ends there.
    private static int find(List<Open> open, PartMeasure.WrittenNote written) {
        int any = -1;
        for (int i = 0; i < open.size(); i++) {
            Fraction gap = open.get(i).note.end().minus(written.note().onset());
            if (gap.max(Fraction.ZERO.minus(gap)).compareTo(Measures.ROUNDING) >= 0) continue;
            if (open.get(i).voice.equals(written.voice())) return i;
            if (any < 0 && written.continues()) any = i;
        }
        return any;
    }
}
