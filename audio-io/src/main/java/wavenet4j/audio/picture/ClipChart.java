package wavenet4j.audio.picture;

import wavenet4j.audio.Clip;
import wavenet4j.audio.analysis.Spectrogram;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/// A chart of one clip: stacked panels over a common time axis in seconds. Its text and margins are
/// those of 800 x 400 pixels, and grow with larger sizes, so that it can be read when it is shown
/// smaller than it is.
final class ClipChart {
    private static final int LEFT = 66;
    private static final int RIGHT = 84;
    private static final int TOP = 40;
    private static final int TOP_UNTITLED = 16;
    private static final int BOTTOM = 46;

    private static final int DB_RANGE = 80;
    private static final int COLOR_BAR_GAP = 12;
    private static final int COLOR_BAR_WIDTH = 14;
    private static final int WIDTH = 800;
    private static final int HEIGHT = 400;

    /// The spectrogram window: long enough to resolve the notes of a chord.
    private static final double WINDOW_SECONDS = .1;

    private static final Color INK = new Color(0x222233);
    private static final Color FAINT_INK = new Color(0x6a6a7a);
    private static final Color GRID = new Color(0xe6e6ee);
    private static final Color FRAME = new Color(0x9a9aaa);
    private static final Color RANGE = new Color(0xb79bd0);
    private static final Color RMS = new Color(0x5a1a86);

    private final Clip clip;
    private final String title;
    private final BufferedImage image;
    private final Graphics2D pen;
    private final double scale;
    private final boolean hasFonts;

    ClipChart(Clip clip, String title, int width, int height) {
        if (width < 200 || height < 100) {
            throw new IllegalArgumentException(
                    "a picture of " + width + " x " + height + " pixels is too small to draw in");
        }
        this.clip = clip;
        this.title = title;
        scale = Math.max(1, Math.min((double) width / WIDTH, (double) height / HEIGHT));
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_NORMALIZE);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, width, height);
        hasFonts = findFonts();
    }

    /// Without any font installed, AWT fails with various errors.
    private boolean findFonts() {
        try {
            pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, scaled(12)));
            return pen.getFontMetrics().stringWidth("0") > 0;
        } catch (RuntimeException | LinkageError | InternalError _) {
            return false;
        }
    }

    /// A length in pixels of 800 x 400.
    int scaled(int pixels) {
        return (int) Math.round(scale * pixels);
    }

    private int left() {
        return scaled(LEFT);
    }

    /// The first pixel row of the panels.
    int top() {
        return scaled(title.isEmpty() ? TOP_UNTITLED : TOP);
    }

    /// The pixel row after the panels.
    int bottom() {
        return image.getHeight() - scaled(BOTTOM);
    }

    private int right() {
        return image.getWidth() - scaled(RIGHT);
    }

    private int plotWidth() {
        return right() - left();
    }

    /// The length of the time axis, which an empty clip has too.
    private double seconds() {
        return clip.samples().length == 0 ? 1 : clip.seconds();
    }

    private List<Double> secondTicks() {
        return AxisTicks.between(0, seconds(), Math.max(2, plotWidth() / scaled(90)));
    }

    private int x(double second) {
        return left() + (int) Math.round(second / seconds() * plotWidth());
    }

    /// Draws the waveform between two pixel rows.
    void waveform(int top, int bottom) {
        double middle = (top + bottom) / 2.0;
        double half = (bottom - top) / 2.0;
        // Full scale, or a power of two below it for quiet clips.
        double limit = 1;
        while (limit > 1e-3 && clip.peak() <= limit / 2) limit /= 2;
        pen.setColor(GRID);
        for (double second : secondTicks()) pen.drawLine(x(second), top, x(second), bottom);
        for (double part : new double[] {-.5, 0, .5}) {
            int y = (int) Math.round(middle - part * half);
            pen.drawLine(left(), y, right(), y);
        }
        drawSamples(middle, half / limit);
        frame(top, bottom);
        for (double part : new double[] {-1, 0, 1}) {
            int y = (int) Math.round(middle - part * half);
            String label = part == 0 ? "0" : number(part * limit).replace('-', '\u2212');
            // The outer labels stay inside the panel.
            leftLabel(label, y + scaled(part > 0 ? 5 : part < 0 ? -4 : 0));
        }
    }

    private void drawSamples(double middle, double scale) {
        float[] samples = clip.samples();
        for (int column = 0; column < plotWidth(); column++) {
            int from = (int) ((long) column * samples.length / plotWidth());
            int to = (int) ((long) (column + 1) * samples.length / plotWidth());
            // Each column includes the first sample of the next, so that columns connect.
            to = Math.min(samples.length, to + 1);
            if (from >= to) continue;
            float least = samples[from];
            float most = samples[from];
            double squares = 0;
            for (int i = from; i < to; i++) {
                least = Math.min(least, samples[i]);
                most = Math.max(most, samples[i]);
                squares += (double) samples[i] * samples[i];
            }
            double rms = Math.sqrt(squares / (to - from));
            pen.setColor(RANGE);
            column(column, middle - most * scale, middle - least * scale);
            pen.setColor(RMS);
            column(
                    column,
                    middle - Math.min(rms, Math.max(most, 0)) * scale,
                    middle + Math.min(rms, Math.max(-least, 0)) * scale);
        }
    }

    private void column(int column, double from, double to) {
        int y = (int) Math.round(from);
        pen.fillRect(left() + column, y, 1, Math.max(1, (int) Math.round(to) - y));
    }

    /// Draws the spectrogram between two pixel rows, and its color bar.
    void spectrogram(int top, int bottom, FrequencyScale scale) {
        double highest = clip.sampleRate() / 2.0;
        double lowest = scale.lowest(highest);
        int size = Integer.highestOneBit((int) (2 * WINDOW_SECONDS * clip.sampleRate() - 1));
        Spectrogram spectrogram = Spectrogram.of(clip, plotWidth(), Math.max(64, size));
        // The color bar ends at the maximum, rounded up to 5 dB.
        int loudest = 5 * (int) Math.ceil(Math.max(spectrogram.peak(), -80) / 5);
        int rows = bottom - top;
        for (int row = 0; row < rows; row++) {
            double from = scale.hertz((double) row / rows, lowest, highest);
            double to = scale.hertz((row + 1.0) / rows, lowest, highest);
            for (int column = 0; column < plotWidth(); column++) {
                float power = spectrogram.decibels(column, from, to);
                image.setRGB(
                        left() + column,
                        bottom - 1 - row,
                        ColorMap.rgb(1 + (power - loudest) / DB_RANGE));
            }
        }
        frame(top, bottom);
        for (double hertz : scale.ticks(lowest, highest)) {
            int y = bottom - (int) Math.round(scale.height(hertz, lowest, highest) * rows);
            pen.setColor(FRAME);
            pen.drawLine(left() - scaled(4), y, left(), y);
            leftLabel(hertz(hertz), y);
        }
        axisName("Hz", top, bottom);
        colorBar(top, bottom, loudest);
    }

    private void colorBar(int top, int bottom, int loudest) {
        int x = right() + scaled(COLOR_BAR_GAP);
        int rows = bottom - top;
        int width = scaled(COLOR_BAR_WIDTH);
        for (int row = 0; row < rows; row++) {
            pen.setColor(new Color(ColorMap.rgb((row + .5) / rows)));
            pen.fillRect(x, bottom - 1 - row, width, 1);
        }
        pen.setColor(FRAME);
        pen.drawRect(x, top, width, rows);
        for (int db = loudest; db >= loudest - DB_RANGE; db -= 20) {
            int y = top + (int) Math.round((double) (loudest - db) / DB_RANGE * rows);
            pen.setColor(FRAME);
            pen.drawLine(x + width, y, x + width + scaled(3), y);
            String label = (db < 0 ? "\u2212" + -db : "" + db) + (db == loudest ? " dB" : "");
            text(label, x + width + scaled(6), y + scaled(4), FAINT_INK);
        }
    }

    /// Draws the time axis and the title, and returns the image.
    BufferedImage finish() {
        for (double second : secondTicks()) {
            pen.setColor(FRAME);
            pen.drawLine(x(second), bottom(), x(second), bottom() + scaled(4));
            String label = number(second);
            text(label, x(second) - width(label) / 2, bottom() + scaled(18), FAINT_INK);
        }
        text(
                "seconds",
                left() + (plotWidth() - width("seconds")) / 2,
                bottom() + scaled(36),
                FAINT_INK);
        if (!title.isEmpty() && hasFonts) {
            pen.setFont(pen.getFont().deriveFont(Font.BOLD, (float) scaled(15)));
            text(title, left(), scaled(26), INK);
        }
        pen.dispose();
        return image;
    }

    private void frame(int top, int bottom) {
        pen.setColor(FRAME);
        pen.setStroke(new BasicStroke(1));
        pen.drawRect(left() - 1, top - 1, plotWidth() + 1, bottom - top + 1);
    }

    private void leftLabel(String label, int y) {
        text(label, left() - scaled(8) - width(label), y + scaled(4), FAINT_INK);
    }

    /// A vertical axis label at the left.
    private void axisName(String name, int top, int bottom) {
        if (!hasFonts) return;
        Graphics2D turned = (Graphics2D) pen.create();
        turned.rotate(-Math.PI / 2);
        turned.setColor(FAINT_INK);
        turned.drawString(name, -(top + bottom + width(name)) / 2, scaled(18));
        turned.dispose();
    }

    private void text(String text, int x, int y, Color color) {
        if (!hasFonts) return;
        pen.setColor(color);
        pen.drawString(text, x, y);
    }

    private int width(String text) {
        return hasFonts ? pen.getFontMetrics().stringWidth(text) : 0;
    }

    private static String hertz(double hertz) {
        return hertz < 1000 ? number(hertz) : number(hertz / 1000) + "k";
    }

    /// At most three decimals, without trailing zeros.
    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
