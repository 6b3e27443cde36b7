package wavenet4j.notes.counts;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.statistics.Melody;

import java.util.ArrayList;
import java.util.List;

/// A melody as choices, a note or rest after the other: how long it is, and then its key.
final class MelodyChoices {
    private static final int REST = 128;

    /// In twelfths of a quarter; a longer one counts as this long.
    private static final int LONGEST = 16 * 12;

    /// By kind: how long, and which key.
    static final int[] TOKENS = {LONGEST + 1, REST + 1};

    /// A note or rest.
    ///
    /// @param place in its bar, in twelfths
    /// @param length in twelfths
    private record Event(int key, int length, int place, Fraction onset) {}

    private static final Event NONE = new Event(-1, -1, -1, Fraction.ZERO);

    private final Melody melody;
    private final List<Event> events = new ArrayList<>();

    private MelodyChoices(Melody melody) {
        this.melody = melody;
        Fraction now = Fraction.ZERO;
        for (Note note : melody.notes()) {
            if (now.compareTo(note.onset()) < 0) add(REST, now, note.onset());
            add(note.key(), note.onset(), note.end());
            now = note.end();
        }
    }

    private void add(int key, Fraction onset, Fraction end) {
        int length = (int) Math.min(twelfths(end.minus(onset)), LONGEST);
        int place = (int) twelfths(melody.timeline().placeInBar(onset));
        events.add(new Event(key, length, place, onset));
    }

    private static long twelfths(Fraction quarters) {
        return quarters.times(12).round();
    }

    static List<Choice> of(Melody melody) {
        var choices = new MelodyChoices(melody);
        var list = new ArrayList<Choice>();
        for (int i = 0; i < choices.events.size(); i++) {
            Event event = choices.events.get(i);
            list.add(new Choice(0, event.length(), choices.howLong(i)));
            list.add(new Choice(1, event.key(), choices.which(i)));
        }
        return list;
    }

    /// There are none before the first.
    private Event event(int i) {
        return i < 0 ? NONE : events.get(i);
    }

    /// Rhythm goes on, or repeats that of one or two bars ago.
    private int[][] howLong(int i) {
        int place = event(i).place;
        int bar = (int) twelfths(barLength(i));
        Event a = event(i - 1);
        Event b = event(i - 2);
        Event c = event(i - 3);
        Event d = event(i - 4);
        int then = barsAgo(i, 1);
        Event barAgo = event(then);
        Event next = event(Math.min(then + 1, i - 1));
        int longAgo = barsAgo(i, 2);
        Event barsAgo = event(longAgo);
        Event nextOfThose = event(Math.min(longAgo + 1, i - 1));
        return new int[][] {
            {place, bar, a.length, b.length, c.length, d.length, event(i - 5).length},
            {place, bar, a.length, a.key, b.key, b.length},
            {a.length, b.length, c.length, d.length, place},
            {place, barAgo.length, bar, next.length, a.length, event(then - 1).length},
            {place, barsAgo.length, barsAgo.place, a.length, nextOfThose.length, b.length},
            {a.key, a.length, b.key, b.length, c.key, c.length, d.key, d.length},
        };
    }

    /// Keys go on as after the same ones, or as one or two bars ago.
    private int[][] which(int i) {
        int place = event(i).place;
        int length = event(i).length;
        Event a = event(i - 1);
        Event b = event(i - 2);
        int c = event(i - 3).key;
        int d = event(i - 4).key;
        int then = barsAgo(i, 1);
        int next = event(Math.min(then + 1, i - 1)).key;
        int longAgo = barsAgo(i, 2);
        int nextOfThose = event(Math.min(longAgo + 1, i - 1)).key;
        return new int[][] {
            {a.key, b.key, c, d, event(i - 5).key, event(i - 6).key},
            {a.key, length, place, b.key, a.length},
            {a.key, b.key, length, c, a.length, b.length, d},
            {a.key, place, b.key, length, c},
            {a.key, event(then).key, length, event(then - 1).key, next},
            {a.key, event(longAgo).key, length, event(longAgo - 1).key, nextOfThose},
        };
    }

    private Fraction barLength(int i) {
        return melody.timeline().meterAt(event(i).onset).length();
    }

    /// The last event that began a number of bars before one or earlier; negative if none did.
    private int barsAgo(int i, int bars) {
        Fraction then = event(i).onset.minus(barLength(i).times(bars));
        int at = i;
        while (at >= 0 && events.get(at).onset.compareTo(then) > 0) at--;
        return at;
    }
}
