package wavenet4j.notes.picture;

import java.awt.Color;

/// The keys at the left of a row, equally high, and the lanes of the row that they stand for.
final class Keyboard {
    static final int WIDTH = 24;

    private static final Color WHITE_LANE = new Color(0xfcfcfe);
    private static final Color BLACK_LANE = new Color(0xf0f0f5);
    private static final Color LINE = new Color(0xd2d2de);
    private static final Color BLACK_KEY = new Color(0x3c3c4a);

    private static final double BLACK_WIDTH = WIDTH * .62;
    private static final int TEXT = 11;

    private Keyboard() {}

    /// @param roof the upper edge of the highest key
    /// @param width of the lanes
    static void draw(Pen pen, Frame frame, double roof, double width) {
        double right = frame.left();
        double left = right - frame.scale() * WIDTH;
        double blackRight = left + frame.scale() * BLACK_WIDTH;
        double height = frame.keyHeight();
        for (int key = frame.low(); key <= frame.high(); key++) {
            double y = roof + frame.depth(key);
            boolean black = isBlack(key);
            pen.fill(right, y, width, height, black ? BLACK_LANE : WHITE_LANE);
            if (!black) continue;
            pen.fill(left, y, blackRight - left, height, BLACK_KEY);
            pen.line(blackRight, y + height / 2, right, y + height / 2, 1, LINE);
        }
        for (int key = frame.low(); key <= frame.high(); key++) {
            double floor = roof + frame.depth(key) + height;
            boolean lowest = key == frame.low();
            boolean isC = Math.floorMod(key, 12) == 0;
            if (isC) name(pen, key, left, floor, frame);
            if (isC && !lowest) pen.line(right, floor, right + width, floor, 1, LINE);
            // Two white keys meet below C and F.
            if ((isC || Math.floorMod(key, 12) == 5) && !lowest) {
                pen.line(left, floor, right, floor, 1, LINE);
            }
        }
        pen.line(left, roof, left, roof + frame.height(), 1, Row.EDGE);
    }

    private static boolean isBlack(int key) {
        return switch (Math.floorMod(key, 12)) {
            case 1, 3, 6, 8, 10 -> true;
            default -> false;
        };
    }

    private static void name(Pen pen, int key, double left, double floor, Frame frame) {
        String name = "C" + (key / 12 - 1);
        double size = frame.scale() * TEXT;
        double x = left - frame.scale() * 5 - pen.width(name, size, false);
        double base = floor - frame.keyHeight() / 2 + size * .36;
        pen.text(name, x, base, size, false, Panel.FAINT_INK);
    }
}
