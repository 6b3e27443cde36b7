package wavenet4j.notes.statistics;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Timeline;

import java.util.ArrayList;
import java.util.List;

/// A line of single notes, such as a lead sheet's melody or one voice of a chorale.
///
/// @param name of the line or its piece, for reports
/// @param notes one after the other, no grace notes
public record Melody(String name, List<Note> notes, Timeline timeline) {
    /// Makes single notes of those given: of several at one onset the highest is kept, and each
    /// ends where the next begins, if not before. Grace notes are left out.
    public Melody {
        var line = new ArrayList<Note>();
        for (Note note : notes.stream().sorted().toList()) {
            if (note.isGrace()) continue;
            if (!line.isEmpty()) {
                Note last = line.removeLast();
                boolean chord = last.onset().equals(note.onset());
                if (chord && last.key() > note.key()) note = last;
                if (!chord) line.add(upTo(note.onset(), last));
            }
            line.add(note);
        }
        notes = List.copyOf(line);
    }

    /// Whether notes are a line: grace notes aside, at most one in ten begins while the one before
    /// it sounds, as where a voice divides in a last chord.
    public static boolean isLine(List<Note> notes) {
        List<Note> timed = notes.stream().filter(note -> !note.isGrace()).sorted().toList();
        int together = 0;
        for (int i = 1; i < timed.size(); i++) {
            if (timed.get(i).onset().compareTo(timed.get(i - 1).end()) < 0) together++;
        }
        return 10 * together <= timed.size();
    }

    private static Note upTo(Fraction end, Note note) {
        Fraction length = note.length().min(end.minus(note.onset()));
        return new Note(
                note.onset(), length, note.key(), note.name(), note.velocity(), note.voice());
    }

    /// The number of the bar that a note lies in.
    public int bar(Note note) {
        List<Bar> bars = timeline.bars(note.end());
        int at = bars.size() - 1;
        while (bars.get(at).onset().compareTo(note.onset()) > 0) at--;
        return bars.get(at).number();
    }
}
