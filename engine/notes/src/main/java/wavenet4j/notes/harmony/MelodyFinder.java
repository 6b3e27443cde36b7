package wavenet4j.notes.harmony;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;

import java.util.ArrayList;
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
    private final List<NavigableMap<Fraction, Integer>> tops;

    private MelodyFinder(Score score) {
        this.score = score;
        tops = score.parts().stream().map(part -> tops(topLine(part.notes()))).toList();
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
            Part part = score.parts().get(i);
            List<Note> line = topLine(part.notes());
            if (part.percussion() || line.isEmpty()) continue;
            double fit = fit(i, line);
            if (fit > most) {
                most = fit;
                best = i;
            }
        }
        if (best < 0) return Optional.empty();
        List<Note> notes = score.parts().get(best).notes();
        List<Note> line = topLine(notes);
        return Optional.of(new Melody(best, line, line.equals(notes)));
    }

    private double fit(int part, List<Note> line) {
        Part played = score.parts().get(part);
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
            if (!isBelowAnother(part, note)) onTop += quarters;
            int move = i == 0 ? 0 : Math.abs(note.key() - line.get(i - 1).key());
            if (move >= 1 && move <= 4) steps++;
        }
        double height = Math.clamp((keys / length - LOW) / SPAN, 0, 1);
        double stepwise = (double) steps / line.size();
        double sounding = length / score.end().toDouble();
        return onTop / length + single + 0.5 * (height + stepwise + sounding) + hint(played);
    }

    private boolean isBelowAnother(int part, Note note) {
        for (int i = 0; i < tops.size(); i++) {
            if (i == part || score.parts().get(i).percussion()) continue;
            var other = tops.get(i).floorEntry(note.onset());
            if (other != null && other.getValue() > note.key()) return true;
        }
        return false;
    }

    private static double hint(Part part) {
        String name = part.name().toLowerCase(Locale.ROOT);
        return NAMES.stream().anyMatch(name::contains) ? NAME_HINT : 0;
    }

    /// The key that a line sounds from each onset on, or -1 from where it rests.
    private static NavigableMap<Fraction, Integer> tops(List<Note> line) {
        var tops = new TreeMap<Fraction, Integer>();
        for (Note note : line) {
            tops.put(note.onset(), note.key());
            tops.put(note.end(), -1);
        }
        return tops;
    }
}
