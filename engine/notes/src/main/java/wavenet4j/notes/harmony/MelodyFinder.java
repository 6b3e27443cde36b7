package wavenet4j.notes.harmony;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Finds the melody of a score by what parts play: it lies above the others, is one note at a time,
/// moves, mostly by steps, and rests little. A name such as "melody" only decides between equals.
public final class MelodyFinder {
    /// A melody.
    ///
    /// @param part its number in the score, from 0
    /// @param notes one at a time, in order; none is longer than up to the next
    /// @param wholePart whether they are all notes of the part, not only its top line
    public record Melody(int part, List<Note> notes, boolean wholePart) {
        public Melody {
            notes = List.copyOf(notes);
        }
    }

    private static final double NAME_HINT = 0.15;
    private static final List<String> NAMES =
            List.of("melod", "vocal", "voice", "lead", "sopran", "cant", "tune", "solo");

    /// From where on a mean key is high, and the span in which it becomes so, in semitones.
    private static final double LOW = 48;

    private static final double SPAN = 24;

    private final Score score;

    /// Of each part; none of drums.
    private final List<List<Note>> lines;

    /// The highest key that sounds in any line from each time on, or -1 in silence.
    private final NavigableMap<Fraction, Integer> highest;

    /// A note of a line begins or ends.
    private record Change(Fraction time, int key, boolean begins) {}

    private MelodyFinder(Score score) {
        this.score = score;
        lines =
                score.parts().stream()
                        .map(part -> part.percussion() ? List.<Note>of() : topLine(part.notes()))
                        .toList();
        highest = highest(lines);
    }

    /// The melody, or nothing where a score has no pitched notes.
    public static Optional<Melody> find(Score score) {
        return new MelodyFinder(score).find();
    }

    /// The highest notes, one at a time: of those that begin together the highest, unless a higher
    /// one still sounds. Each ends where the next begins. Grace notes are left out.
    public static List<Note> topLine(List<Note> notes) {
        var line = new ArrayList<Note>();
        for (Note note : notes) {
            if (note.isGrace()) continue;
            if (!line.isEmpty() && line.getLast().end().compareTo(note.onset()) > 0) {
                Note last = line.getLast();
                if (last.key() > note.key()) continue;
                line.removeLast();
                if (last.onset().compareTo(note.onset()) < 0) {
                    line.add(last.withLength(note.onset().minus(last.onset())));
                }
            }
            line.add(note);
        }
        return List.copyOf(line);
    }

    private Optional<Melody> find() {
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < score.parts().size(); i++) {
            if (lines.get(i).isEmpty()) continue;
            double fit = fit(score.parts().get(i), lines.get(i));
            if (fit > most) {
                most = fit;
                best = i;
            }
        }
        if (best < 0) return Optional.empty();
        List<Note> notes = score.parts().get(best).notes();
        List<Note> line = lines.get(best);
        return Optional.of(new Melody(best, line, line.equals(notes)));
    }

    private double fit(Part played, List<Note> line) {
        long onsets = played.notes().stream().map(Note::onset).distinct().count();
        double single = (double) onsets / played.notes().size();
        double length = 0;
        double onTop = 0;
        double keys = 0;
        int steps = 0;
        for (int i = 0; i < line.size(); i++) {
            Note note = line.get(i);
            double quarters = note.length().toDouble();
            length += quarters;
            keys += quarters * note.key();
            if (!isBelowAnother(note)) onTop += quarters;
            int move = i == 0 ? 0 : Math.abs(note.key() - line.get(i - 1).key());
            if (move >= 1 && move <= 4) steps++;
        }
        double height = Math.clamp((keys / length - LOW) / SPAN, 0, 1);
        double stepwise = (double) steps / line.size();
        double sounding = length / score.end().toDouble();
        return onTop / length + single + 0.5 * (height + stepwise + sounding) + hint(played);
    }

    /// Whether a higher key sounds when a note begins, in whatever line: its own sounds that note.
    private boolean isBelowAnother(Note note) {
        return highest.floorEntry(note.onset()).getValue() > note.key();
    }

    private static double hint(Part part) {
        String name = part.name().toLowerCase(Locale.ROOT);
        return NAMES.stream().anyMatch(name::contains) ? NAME_HINT : 0;
    }

    private static NavigableMap<Fraction, Integer> highest(List<List<Note>> lines) {
        var changes = new ArrayList<Change>();
        for (List<Note> line : lines) {
            for (Note note : line) {
                changes.add(new Change(note.onset(), note.key(), true));
                changes.add(new Change(note.end(), note.key(), false));
            }
        }
        changes.sort(Comparator.comparing(Change::time));
        var counts = new int[128];
        var sounding = new BitSet();
        var highest = new TreeMap<Fraction, Integer>();
        for (Change change : changes) {
            counts[change.key] += change.begins ? 1 : -1;
            sounding.set(change.key, counts[change.key] > 0);
            highest.put(change.time, sounding.length() - 1);
        }
        return highest;
    }
}
