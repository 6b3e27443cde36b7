package wavenet4j.notes.picture;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/// One score of a picture: its heading, the names of its parts, and its rows.
final class Panel {
    static final Color INK = new Color(0x222233);
    static final Color FAINT_INK = new Color(0x6a6a7a);

    /// Of the parts, in turn; told apart by most eyes.
    private static final List<Color> COLORS =
            List.of(
                    new Color(0x3a78c2),
                    new Color(0xeb9526),
                    new Color(0x2fa37c),
                    new Color(0x9a5bb5),
                    new Color(0xd24b42),
                    new Color(0x45b3d0),
                    new Color(0x94703f),
                    new Color(0x7a8290));

    private static final int TOP = 14;
    private static final int HEADING = 34;
    private static final int ROW_GAP = 18;
    private static final int BOTTOM = 12;
    private static final int NOTICE = 20;

    private final PianoRoll.Titled titled;
    private final double scale;
    private final int width;
    private final List<Row> rows;
    private final String notice;

    Panel(PianoRoll.Titled titled, PianoRoll.Size size) {
        this.titled = titled;
        width = size.width();
        scale = Math.max(1, width / (double) PianoRoll.Size.DEFAULT.width());
        Score score = titled.score();
        List<Bar> bars = score.bars();
        List<List<Bar>> all = rows(bars, size.barsInRow());
        List<List<Bar>> shown = all.subList(0, Math.min(all.size(), size.mostRows()));
        notice = notice(bars, shown);
        Frame frame = Frame.of(score, shown, size, scale);
        rows = shown.stream().map(row -> new Row(score, row, frame)).toList();
    }

    /// Splits bars into rows of equally many, a pickup not counted.
    private static List<List<Bar>> rows(List<Bar> bars, int barsInRow) {
        var rows = new ArrayList<List<Bar>>();
        int from = 0;
        while (from < bars.size()) {
            int pickup = from == 0 && bars.getFirst().number() == 0 ? 1 : 0;
            int to = Math.min(bars.size(), from + pickup + barsInRow);
            rows.add(bars.subList(from, to));
            from = to;
        }
        return rows;
    }

    private static String notice(List<Bar> bars, List<List<Bar>> shown) {
        if (bars.isEmpty()) return "no bars";
        int last = shown.getLast().getLast().number();
        int left = bars.getLast().number() - last;
        return left == 0 ? "" : "%,d bars after bar %,d are not drawn".formatted(left, last);
    }

    /// In pixels.
    int height() {
        double rowHeights = rows.stream().mapToDouble(row -> row.height() + scaled(ROW_GAP)).sum();
        int texts = TOP + HEADING + BOTTOM + (notice.isEmpty() ? 0 : NOTICE);
        return (int) Math.ceil(scaled(texts) + rowHeights);
    }

    void draw(Pen pen, int top) {
        double y = top + scaled(TOP);
        heading(pen, y);
        y += scaled(HEADING);
        for (Row row : rows) {
            row.draw(pen, y);
            y += row.height() + scaled(ROW_GAP);
        }
        pen.text(notice, scaled(Frame.LEFT), y, scaled(12), false, FAINT_INK);
    }

    private void heading(Pen pen, double top) {
        double base = top + scaled(17);
        double x = scaled(Frame.LEFT);
        if (!titled.heading().isEmpty()) {
            x += pen.text(titled.heading(), x, base, scaled(17), true, INK) + scaled(26);
        }
        List<Part> parts = titled.score().parts();
        for (int i = 0; i < parts.size(); i++) {
            String name = parts.get(i).name().isEmpty() ? "Part " + (i + 1) : parts.get(i).name();
            double end = x + scaled(44) + pen.width(name, scaled(13), false);
            if (end > width - scaled(Frame.RIGHT)) {
                pen.text("\u2026", x, base, scaled(13), false, FAINT_INK);
                break;
            }
            pen.roundBar(x, base - scaled(10), scaled(18), scaled(9), color(i));
            pen.text(name, x + scaled(24), base - scaled(1), scaled(13), false, FAINT_INK);
            x = end;
        }
    }

    static Color color(int part) {
        return COLORS.get(part % COLORS.size());
    }

    private double scaled(double pixels) {
        return scale * pixels;
    }
}
