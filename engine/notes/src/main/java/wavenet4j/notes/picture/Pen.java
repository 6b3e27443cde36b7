package wavenet4j.notes.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;

/// Draws smooth shapes and text on a white image.
final class Pen implements AutoCloseable {
    private final Graphics2D graphics;
    private final boolean hasFonts;

    Pen(BufferedImage image) {
        graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        hasFonts = findFonts();
    }

    /// Without any font installed, AWT fails with various errors.
    private boolean findFonts() {
        try {
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
            return graphics.getFontMetrics().stringWidth("0") > 0;
        } catch (RuntimeException | LinkageError | InternalError _) {
            return false;
        }
    }

    void fill(double x, double y, double width, double height, Color color) {
        graphics.setColor(color);
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    /// A bar with round ends and a thin edge of a darker color.
    void roundBar(double x, double y, double width, double height, Color color) {
        double arc = Math.min(height, width) * .6;
        var shape = new RoundRectangle2D.Double(x, y, width, height, arc, arc);
        graphics.setColor(color);
        graphics.fill(shape);
        graphics.setColor(color.darker());
        graphics.setStroke(new BasicStroke(1));
        graphics.draw(shape);
    }

    void line(double x, double y, double toX, double toY, double thick, Color color) {
        graphics.setColor(color);
        graphics.setStroke(
                new BasicStroke((float) thick, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        graphics.draw(new Line2D.Double(x, y, toX, toY));
    }

    /// Writes from the left end of a base line, and returns the width of the text.
    double text(String text, double x, double y, double size, boolean bold, Color color) {
        if (!hasFonts) return 0;
        double width = width(text, size, bold);
        graphics.setColor(color);
        graphics.drawString(text, (float) x, (float) y);
        return width;
    }

    /// The width of a text in pixels.
    double width(String text, double size, boolean bold) {
        if (!hasFonts) return 0;
        graphics.setFont(
                graphics.getFont().deriveFont(bold ? Font.BOLD : Font.PLAIN, (float) size));
        return graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
    }

    /// Lets nothing be drawn outside of a rectangle until the next call.
    void clip(double x, double y, double width, double height) {
        graphics.setClip(new Rectangle2D.Double(x, y, width, height));
    }

    void unclip() {
        graphics.setClip(null);
    }

    @Override
    public void close() {
        graphics.dispose();
    }
}
