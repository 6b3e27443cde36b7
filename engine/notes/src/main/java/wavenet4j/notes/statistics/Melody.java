package wavenet4j.notes.statistics;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Note;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.harmony.MelodyFinder;

import java.util.List;

/// A line of single notes, such as a lead sheet's melody or one voice of a chorale.
///
/// @param name of the line or its piece, for reports
/// @param notes one after the other, no grace notes
public record Melody(String name, List<Note> notes, Timeline timeline) {
    /// Keeps the top line of the notes given.
    public Melody {
        notes = MelodyFinder.topLine(notes.stream().sorted().toList());
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

    /// The number of the bar that a note lies in.
    public int bar(Note note) {
        List<Bar> bars = timeline.bars(note.end());
        int at = bars.size() - 1;
        while (bars.get(at).onset().compareTo(note.onset()) > 0) at--;
        return bars.get(at).number();
    }
}
