package wavenet4j.notes.musicxml.internal.writing;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;

/// Notes of a voice that do not overlap unless they are a chord.
///
/// @param voice the voice's number; of its further lanes, with a dot and the lane's number
/// @param chords by onset, grace notes before the others
record Lane(String voice, List<Chord> chords) {

    /// Notes of one onset and length.
    record Chord(Fraction onset, Fraction end, List<Note> notes) {
        boolean isGrace() {
            return onset.equals(end);
        }
    }

    /// A chord, or what of it lies between two cuts.
    ///
    /// @param continues whether it is tied to a piece before
    /// @param goesOn whether it is tied to a piece after
    record Piece(
            Fraction onset, Fraction end, List<Note> notes, boolean continues, boolean goesOn) {}

    /// The lanes of a part's notes, by voice; at least one.
    static List<Lane> of(List<Note> notes) {
        var byVoice = new TreeMap<Integer, List<Note>>();
        for (Note note : notes) {
            byVoice.computeIfAbsent(note.voice(), _ -> new ArrayList<>()).add(note);
        }
        var lanes = new ArrayList<Lane>();
        byVoice.forEach((voice, theirs) -> lanes.addAll(of(voice, chords(theirs))));
        return lanes.isEmpty() ? List.of(new Lane("1", List.of())) : lanes;
    }

    /// Its chords cut, but grace notes.
    ///
    /// @param cuts where no note goes through, such as bar lines
    List<Piece> pieces(NavigableSet<Fraction> cuts) {
        var pieces = new ArrayList<Piece>();
        for (Chord chord : chords) {
            Fraction from = chord.onset;
            if (!chord.isGrace()) {
                for (Fraction cut : cuts.subSet(chord.onset, false, chord.end, false)) {
                    boolean continues = !from.equals(chord.onset);
                    pieces.add(new Piece(from, cut, chord.notes, continues, true));
                    from = cut;
                }
            }
            boolean continues = !from.equals(chord.onset);
            pieces.add(new Piece(from, chord.end, chord.notes, continues, false));
        }
        return pieces;
    }

    /// Notes of one onset and length together; grace notes one by one.
    private static List<Chord> chords(List<Note> notes) {
        var chords = new ArrayList<Chord>();
        for (Note note : notes) {
            Chord last = chords.isEmpty() ? null : chords.getLast();
            boolean joins =
                    last != null
                            && !note.isGrace()
                            && last.onset.equals(note.onset())
                            && last.end.equals(note.end());
            if (last == null || !joins) {
                last = new Chord(note.onset(), note.end(), new ArrayList<>());
                chords.add(last);
            }
            last.notes.add(note);
        }
        return chords;
    }

    /// Each chord in the first lane that is free at its onset.
    private static List<Lane> of(int voice, List<Chord> chords) {
        var lanes = new ArrayList<Lane>();
        for (Chord chord : chords) {
            Lane free = null;
            for (int i = 0; i < lanes.size() && free == null; i++) {
                Fraction end = lanes.get(i).chords.getLast().end;
                if (end.compareTo(chord.onset) <= 0) free = lanes.get(i);
            }
            if (free == null) {
                String name = lanes.isEmpty() ? "" + voice : voice + "." + (lanes.size() + 1);
                free = new Lane(name, new ArrayList<>());
                lanes.add(free);
            }
            free.chords.add(chord);
        }
        return lanes;
    }
}
