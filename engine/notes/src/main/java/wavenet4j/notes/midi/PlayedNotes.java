package wavenet4j.notes.midi;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.internal.Remarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The notes of a part as one channel can play them.
final class PlayedNotes {
    /// How long a grace note is played, in quarters.
    private static final Fraction GRACE = Fraction.of(1, 8);

    private PlayedNotes() {}

    /// Gives grace notes a length, before the beat where there is room. Of notes of one key that
    /// overlap, the earlier one ends where the later one begins.
    static List<Note> of(List<Note> notes, Remarks remarks) {
        List<Note> sounding = notes.stream().map(PlayedNotes::played).sorted().toList();
        remarks.count(
                notes.stream().filter(Note::isGrace).count(),
                "grace note is played for an eighth of a quarter",
                "grace notes are played for an eighth of a quarter each");
        var played = new ArrayList<Note>();
        Map<Integer, Integer> lastOfKey = new HashMap<>();
        for (Note note : sounding) {
            Integer last = lastOfKey.get(note.key());
            if (last == null || played.get(last).end().compareTo(note.onset()) <= 0) {
                lastOfKey.put(note.key(), played.size());
                played.add(note);
                continue;
            }
            Note earlier = played.get(last);
            if (earlier.onset().equals(note.onset())) {
                remarks.count(
                        "note is doubled by one of its key; the longer one is written",
                        "notes are doubled by others of their keys; the longer ones are written");
                played.set(last, note); // the longer one, by the order of notes
            } else {
                remarks.count(
                        "note is cut short where its key is struck again",
                        "notes are cut short where their keys are struck again");
                played.set(last, earlier.withLength(note.onset().minus(earlier.onset())));
                lastOfKey.put(note.key(), played.size());
                played.add(note);
            }
        }
        return played;
    }

    private static Note played(Note note) {
        if (!note.isGrace()) return note;
        Fraction before = note.onset().minus(GRACE);
        return (before.sign() < 0 ? note : note.withOnset(before)).withLength(GRACE);
    }
}
