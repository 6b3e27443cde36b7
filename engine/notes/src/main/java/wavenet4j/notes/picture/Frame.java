package wavenet4j.notes.picture;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;

import java.util.List;

/// The keys and the scale that all rows of a score share.
///
/// @param low the lowest key that is drawn
/// @param high the highest
/// @param keyHeight in pixels
/// @param quarterWidth in pixels
/// @param chordLines above a row
record Frame(
        int low, int high, double keyHeight, double quarterWidth, int chordLines, double scale) {
    static final int LEFT = 58;
    static final int RIGHT = 16;

    /// A quarter is not drawn wider, so that a short score does not fill a row.
    private static final int WIDEST_QUARTER = 72;

    /// The height that the range of a score is fitted to, while keys stay legible.
    private static final double RANGE_HEIGHT = 250;

    static Frame of(Score score, List<List<Bar>> rows, PianoRoll.Size size, double scale) {
        int low = 127;
        int high = 0;
        for (Part part : score.parts()) {
            for (Note note : part.notes()) {
                low = Math.min(low, note.key());
                high = Math.max(high, note.key());
            }
        }
        if (low > high) low = high = 60;
        // At least an octave, with a key of air at both ends.
        int missing = Math.max(0, 12 - (high - low));
        low -= 1 + missing / 2;
        high += 1 + (missing + 1) / 2;
        double keyHeight = Math.clamp(RANGE_HEIGHT / (high - low + 1), 5, 10);
        double longest = rows.stream().mapToDouble(row -> quarters(row).toDouble()).max().orElse(1);
        double widest = (size.width() - scale * (LEFT + RIGHT)) / longest;
        double quarterWidth = Math.min(widest, scale * WIDEST_QUARTER);
        return new Frame(
                low,
                high,
                scale * keyHeight,
                quarterWidth,
                chordLines(score, quarterWidth, scale),
                scale);
    }

    /// Of a row's keys, in pixels.
    double height() {
        return (high - low + 1) * keyHeight;
    }

    /// Where the bars begin.
    double left() {
        return scale * LEFT;
    }

    /// How far a key's upper edge is below the highest one's.
    double depth(int key) {
        return (high - key) * keyHeight;
    }

    static Fraction quarters(List<Bar> row) {
        return row.getLast().end().minus(row.getFirst().onset());
    }

    /// Two where symbols stand so close that they would cover each other in one.
    private static int chordLines(Score score, double quarterWidth, double scale) {
        if (score.chords().isEmpty()) return 0;
        for (int i = 1; i < score.chords().size(); i++) {
            Fraction before = score.chords().get(i - 1).onset();
            Fraction gap = score.chords().get(i).onset().minus(before);
            if (gap.toDouble() * quarterWidth < 66 * scale) return 2;
        }
        return 1;
    }
}
