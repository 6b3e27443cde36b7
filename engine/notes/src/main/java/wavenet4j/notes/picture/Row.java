package wavenet4j.notes.picture;

import wavenet4j.notes.Bar;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
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
    private static final Color WHITE_LANE = new Color(0xfcfcfe);
    private static final Color BLACK_LANE = new Color(0xf0f0f5);
    private static final Color OCTAVE = new Color(0xd2d2de);
    private static final Color BEAT = new Color(0xe2e2ea);
    private static final Color EDGE = new Color(0x9a9aaa);
    private static final Color BLACK_KEY = new Color(0x3c3c4a);

    private static final int CHORD_LINE = 18;
    private static final int NUMBER_LINE = 16;
    private static final int KEYBOARD = 24;
    private static final int TEXT = 12;
    private static final int CHORD_TEXT = 14;

    /// The pitch classes of black keys.
    private static final int BLACK = 1 << 1 | 1 << 3 | 1 << 6 | 1 << 8 | 1 << 10;

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
        return above() + lanes();
    }

    private double above() {
        return scale * (CHORD_LINE * frame.chordLines() + NUMBER_LINE);
    }

    private double lanes() {
        return (frame.high() - frame.low() + 1) * frame.keyHeight();
    }

    private Fraction onset() {
        return bars.getFirst().onset();
    }

    private Fraction end() {
        return bars.getLast().end();
    }

    private double left() {
        return scale * Frame.LEFT;
    }

    private double width() {
        return Frame.quarters(bars).toDouble() * frame.quarterWidth();
    }

    private double x(Fraction time) {
        return left() + time.minus(onset()).toDouble() * frame.quarterWidth();
    }

    void draw(Pen pen, double top) {
        double roof = top + above();
        keys(pen, roof);
        bars(pen, roof);
        pen.clip(left(), roof, width(), lanes());
        notes(pen, roof);
        pen.unclip();
        chords(pen, top);
    }

    private void keys(Pen pen, double roof) {
        double keyboard = left() - scale * KEYBOARD;
        for (int key = frame.low(); key <= frame.high(); key++) {
            double y = y(key, roof);
            int pitchClass = Math.floorMod(key, 12);
            boolean black = (BLACK >> pitchClass & 1) != 0;
            pen.fill(left(), y, width(), frame.keyHeight(), black ? BLACK_LANE : WHITE_LANE);
            if (black) {
                pen.fill(keyboard, y, scale * KEYBOARD * .62, frame.keyHeight(), BLACK_KEY);
                double middle = y + frame.keyHeight() / 2;
                pen.line(keyboard + scale * KEYBOARD * .62, middle, left(), middle, 1, OCTAVE);
            }
        }
        for (int key = frame.low() + 1; key <= frame.high(); key++) {
            int pitchClass = Math.floorMod(key, 12);
            double y = y(key, roof) + frame.keyHeight();
            if (pitchClass == 0) pen.line(left(), y, left() + width(), y, 1, OCTAVE);
            if (pitchClass == 0 || pitchClass == 5) pen.line(keyboard, y, left(), y, 1, OCTAVE);
        }
        pen.line(keyboard, roof, keyboard, roof + lanes(), 1, EDGE);
        for (int key = frame.low(); key <= frame.high(); key++) {
            if (Math.floorMod(key, 12) != 0) continue;
            String name = "C" + (key / 12 - 1);
            double size = scale * (TEXT - 1);
            double x = keyboard - scale * 5 - pen.width(name, size, false);
            double base = y(key, roof) + frame.keyHeight() / 2 + size * .36;
            pen.text(name, x, base, size, false, Panel.FAINT_INK);
        }
    }

    private void bars(Pen pen, double roof) {
        double floor = roof + lanes();
        double keyboard = left() - scale * KEYBOARD;
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
        double right = left() + width();
        pen.line(right, roof - scale * 4, right, floor, 1.2 * scale, EDGE);
        pen.line(keyboard, roof, right, roof, 1, EDGE);
        pen.line(keyboard, floor, right, floor, 1, EDGE);
    }

    /// Whether its signature is not that of the bar before; that of a pickup is told at bar 1.
    private boolean isNewMeter(Bar bar) {
        if (bar.number() == 1) return true;
        Fraction before = bar.onset().minus(Fraction.of(1, 1_000_000));
        return !score.timeline().meterAt(before).signature().equals(bar.meter().signature());
    }

    /// Where two parts play a key at once, each has half of its height.
    private void notes(Pen pen, double roof) {
        Map<Struck, Integer> parts = new HashMap<>();
        for (Part part : score.parts()) {
            for (Note note : part.notes()) {
                parts.merge(new Struck(note.onset(), note.key()), 1, Integer::sum);
            }
        }
        Map<Struck, Integer> drawn = new HashMap<>();
        for (int i = 0; i < score.parts().size(); i++) {
            for (Note note : score.parts().get(i).notes()) {
                if (note.onset().compareTo(end()) >= 0) break;
                var struck = new Struck(note.onset(), note.key());
                int above = drawn.merge(struck, 1, Integer::sum) - 1;
                boolean begins = note.onset().compareTo(onset()) >= 0;
                if (!begins && note.end().compareTo(onset()) <= 0) continue;
                double air = frame.keyHeight() * .14;
                double height = (frame.keyHeight() - 2 * air) / parts.getOrDefault(struck, 1);
                double y = y(note.key(), roof) + air + above * height;
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

    private double y(int key, double roof) {
        return roof + (frame.high() - key) * frame.keyHeight();
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
