package wavenet4j.notes.picture;

import wavenet4j.notes.Bar;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.harmony.ChordText;

import java.awt.Color;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A row of bars: chord symbols and bar numbers above, a keyboard at the left, and the notes.
final class Row {
    private static final Color BEAT = new Color(0xe2e2ea);
    static final Color EDGE = new Color(0x9a9aaa);

    private static final int CHORD_LINE = 18;
    private static final int NUMBER_LINE = 16;
    private static final int TEXT = 12;
    private static final int CHORD_TEXT = 14;

    private final Score score;
    private final List<Bar> bars;
    private final Frame frame;
    private final double scale;

    Row(Score score, List<Bar> bars, Frame frame) {
        this.score = score;
        this.bars = bars;
        this.frame = frame;
        scale = frame.scale();
    }

    /// In pixels.
    double height() {
        return above() + frame.height();
    }

    private double above() {
        return scale * (CHORD_LINE * frame.chordLines() + NUMBER_LINE);
    }

    private Fraction onset() {
        return bars.getFirst().onset();
    }

    private Fraction end() {
        return bars.getLast().end();
    }

    private double width() {
        return Frame.quarters(bars).toDouble() * frame.quarterWidth();
    }

    private double x(Fraction time) {
        return frame.left() + time.minus(onset()).toDouble() * frame.quarterWidth();
    }

    void draw(Pen pen, double top) {
        double roof = top + above();
        Keyboard.draw(pen, frame, roof, width());
        bars(pen, roof);
        pen.clip(frame.left(), roof, width(), frame.height());
        notes(pen, roof);
        pen.unclip();
        chords(pen, top);
    }

    private void bars(Pen pen, double roof) {
        double floor = roof + frame.height();
        double keyboard = frame.left() - scale * Keyboard.WIDTH;
        for (Bar bar : bars) {
            Fraction beat = bar.meter().beat();
            // Beats narrower than this would be a grey surface.
            boolean wide = beat.toDouble() * frame.quarterWidth() >= 8 * scale;
            Fraction time = bar.onset().plus(beat);
            while (wide && time.compareTo(bar.end()) < 0) {
                pen.line(x(time), roof, x(time), floor, 1, BEAT);
                time = time.plus(beat);
            }
        }
        double writtenUntil = 0;
        for (Bar bar : bars) {
            double x = x(bar.onset());
            pen.line(x, roof - scale * 4, x, floor, 1.2 * scale, EDGE);
            if (x < writtenUntil || bar.number() == 0) continue;
            String label = Integer.toString(bar.number());
            if (isNewMeter(bar)) label += "   " + bar.meter().signature();
            writtenUntil =
                    x
                            + scale * 10
                            + pen.text(
                                    label,
                                    x + scale * 4,
                                    roof - scale * 3,
                                    scale * TEXT,
                                    false,
                                    Panel.FAINT_INK);
        }
        double right = frame.left() + width();
        pen.line(right, roof - scale * 4, right, floor, 1.2 * scale, EDGE);
        pen.line(keyboard, roof, right, roof, 1, EDGE);
        pen.line(keyboard, floor, right, floor, 1, EDGE);
    }

    /// Whether its signature is not that of the bar before; that of a pickup is told at bar 1.
    private boolean isNewMeter(Bar bar) {
        if (bar.number() == 1) return true;
        if (!bar.onset().equals(bar.meter().onset())) return false;
        List<Meter> meters = score.timeline().meters();
        Meter before = meters.get(Math.max(0, meters.indexOf(bar.meter()) - 1));
        return !before.signature().equals(bar.meter().signature());
    }

    /// The first part lies over the others. Where two parts play a key at once, each has half of
    /// its height.
    private void notes(Pen pen, double roof) {
        Map<Struck, Integer> parts = new HashMap<>();
        for (Part part : score.parts()) {
            for (Note note : part.notes()) {
                parts.merge(new Struck(note.onset(), note.key()), 1, Integer::sum);
            }
        }
        Map<Struck, Integer> drawn = new HashMap<>();
        for (int i = score.parts().size() - 1; i >= 0; i--) {
            for (Note note : score.parts().get(i).notes()) {
                if (note.onset().compareTo(end()) >= 0) break;
                var struck = new Struck(note.onset(), note.key());
                int together = parts.getOrDefault(struck, 1);
                int above = together - drawn.merge(struck, 1, Integer::sum);
                boolean begins = note.onset().compareTo(onset()) >= 0;
                if (!begins && note.end().compareTo(onset()) <= 0) continue;
                double air = frame.keyHeight() * .14;
                double height = (frame.keyHeight() - 2 * air) / together;
                double y = roof + frame.depth(note.key()) + air + above * height;
                note(pen, note, y, height, Panel.color(i));
            }
        }
    }

    private record Struck(Fraction onset, int key) {}

    /// A grace note is as long as high, and before its onset.
    private void note(Pen pen, Note note, double y, double height, Color color) {
        double air = .6 * scale;
        double grace = frame.keyHeight();
        double x = x(note.onset()) - (note.isGrace() ? grace : 0);
        double width = note.isGrace() ? grace : note.length().toDouble() * frame.quarterWidth();
        pen.roundBar(x + air, y, Math.max(width - 2 * air, 2 * scale), height, color);
    }

    private void chords(Pen pen, double top) {
        double[] writtenUntil = new double[2];
        double size = scale * CHORD_TEXT;
        for (ChordSymbol symbol : score.chords()) {
            if (symbol.onset().compareTo(onset()) < 0) continue;
            if (symbol.onset().compareTo(end()) >= 0) break;
            String name = ChordText.format(symbol).replace('b', '\u266d').replace('#', '\u266f');
            double x = x(symbol.onset());
            // From the lower line to the upper one where the symbol before reaches over here.
            int line = x < writtenUntil[0] && frame.chordLines() == 2 ? 1 : 0;
            double base = top + scale * CHORD_LINE * (frame.chordLines() - line) - scale * 5;
            writtenUntil[line] = x + scale * 5 + pen.text(name, x, base, size, true, Panel.INK);
        }
    }
}
