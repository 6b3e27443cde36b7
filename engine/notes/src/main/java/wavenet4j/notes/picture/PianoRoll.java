package wavenet4j.notes.picture;

import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.internal.WholeFile;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Scores as piano rolls under each other, drawn without a display: time to the right, pitch
/// upwards, a color for every part. Without text on a system that has no fonts.
public final class PianoRoll {
    /// A score and what is written above it.
    ///
    /// @param heading may be empty
    public record Titled(String heading, Score score) {}

    /// How much there is in a picture.
    ///
    /// @param width in pixels, at least 400; text grows with widths above 1400
    /// @param barsInRow of a score, at least 1; a pickup comes on top
    /// @param mostRows of a score; what is beyond them is left out, which the picture says
    public record Size(int width, int barsInRow, int mostRows) {
        /// Legible as it is: 1400 pixels, 8 bars a row, 12 rows a score.
        public static final Size DEFAULT = new Size(1400, 8, 12);

        /// @throws IllegalArgumentException when there is no room to draw in
        public Size {
            if (width < 400 || width > 10_000 || barsInRow < 1 || mostRows < 1) {
                throw new IllegalArgumentException(
                        "a picture %,d pixels wide, of %d rows of %d bars a score, cannot be drawn"
                                .formatted(width, mostRows, barsInRow));
            }
        }
    }

    /// More of them would be a picture too high for image viewers.
    private static final int MOST_PIXELS_HIGH = 32_000;

    private PianoRoll() {}

    /// Draws one score under its title.
    public static BufferedImage of(Score score) {
        return of(List.of(new Titled(score.credits().title(), score)), Size.DEFAULT);
    }

    /// Draws scores under each other.
    ///
    /// @throws IllegalArgumentException when there are none, or the picture would be over 32,000
    ///   pixels high
    public static BufferedImage of(List<Titled> scores, Size size) {
        if (scores.isEmpty()) throw new IllegalArgumentException("there is no score to draw");
        List<Panel> panels = scores.stream().map(score -> new Panel(score, size)).toList();
        long height = panels.stream().mapToLong(Panel::height).sum();
        if (height > MOST_PIXELS_HIGH) {
            throw new IllegalArgumentException(
                    "a picture of %d scores would be %,d pixels high; draw fewer, or fewer rows"
                            .formatted(scores.size(), height));
        }
        var image = new BufferedImage(size.width(), (int) height, BufferedImage.TYPE_INT_RGB);
        try (var pen = new Pen(image)) {
            int top = 0;
            for (Panel panel : panels) {
                panel.draw(pen, top);
                top += panel.height();
            }
        }
        return image;
    }

    /// Writes a picture as a PNG file, whole or not at all.
    ///
    /// @throws ScoreException when it cannot be written
    public static void save(BufferedImage picture, Path file) throws ScoreException {
        var png = new ByteArrayOutputStream();
        // In memory: elsewhere, the JDK's writer would buffer in the temporary folder.
        try (var stream = new MemoryCacheImageOutputStream(png)) {
            if (!ImageIO.write(picture, "png", stream)) {
                throw new ScoreException(file, "needs a PNG writer; use a full JRE");
            }
        } catch (ScoreException e) {
            throw e;
        } catch (IOException e) {
            throw new ScoreException(file, "cannot be made of this picture; draw it smaller", e);
        }
        WholeFile.write(file, png.toByteArray());
    }
}
