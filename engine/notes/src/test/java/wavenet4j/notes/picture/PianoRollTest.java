package wavenet4j.notes.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.Timeline;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import javax.imageio.ImageIO;

final class PianoRollTest {
    private static final int FIRST_PART = 0x3a78c2;
    private static final int SECOND_PART = 0xeb9526;

    @TempDir Path folder;

    @Test
    void notesLieWhereTheySoundInTheColorOfTheirPart() {
        Score score = score(8, part(note(0, 8, 60), note(16, 4, 72)), part(note(8, 4, 60)));
        BufferedImage picture = PianoRoll.of(score);
        Rectangle first = below(40, picture, FIRST_PART);
        Rectangle second = below(40, picture, SECOND_PART);
        double quarter = first.width / 20.0;
        assertThat(second.width).isCloseTo((int) (4 * quarter), within(4));
        assertThat(second.x - first.x).isCloseTo((int) (8 * quarter), within(4));
        assertThat(second.y).as("as low as the low note").isGreaterThan(first.y);
        assertThat(second.y + second.height).isEqualTo(first.y + first.height);
    }

    @Test
    void whereTwoPartsPlayOneKeyBothAreSeen() {
        Score score = score(1, part(note(0, 4, 60)), part(note(0, 4, 60)));
        BufferedImage picture = PianoRoll.of(score);
        Rectangle first = below(40, picture, FIRST_PART);
        Rectangle second = below(40, picture, SECOND_PART);
        assertThat(first.height).isCloseTo(second.height, within(1));
        assertThat(first.y + first.height).isLessThanOrEqualTo(second.y + 1);
    }

    @Test
    void longScoresBreakIntoRowsUpToALimit() {
        var size = new PianoRoll.Size(800, 4, 3);
        assertThat(height(8, size) - height(4, size)).isEqualTo(height(12, size) - height(8, size));
        assertThat(height(12, size)).isGreaterThan(height(8, size) + 100);
        assertThat(height(400, size))
                .as("a line of text says what is left out")
                .isBetween(height(12, size) + 10, height(12, size) + 30);
    }

    @Test
    void chordSymbolsAreWrittenAboveTheNotes() {
        Score plain = score(1, part(note(0, 4, 60)));
        var chord = new ChordSymbol.Chord(new PitchName(-2), ChordKind.MINOR_SEVENTH);
        Score symbols =
                new Score(
                        plain.credits(),
                        plain.timeline(),
                        List.of(new ChordSymbol(Fraction.ZERO, Optional.of(chord))),
                        plain.parts(),
                        List.of(),
                        plain.end());
        assertThat(PianoRoll.of(symbols).getHeight())
                .isGreaterThan(PianoRoll.of(plain).getHeight());
    }

    @Test
    void aScoreWithoutABarOrANoteIsDrawn() {
        assertThat(PianoRoll.of(score(0)).getWidth()).isEqualTo(1400);
        assertThat(PianoRoll.of(score(2, part())).getHeight()).isGreaterThan(100);
    }

    @Test
    void aPictureTooHighIsRefused() {
        var titled = new PianoRoll.Titled("", score(400, part(note(0, 4, 60))));
        var size = new PianoRoll.Size(400, 1, 400);
        assertThatThrownBy(() -> PianoRoll.of(List.of(titled), size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pixels high; draw fewer, or fewer rows");
    }

    @Test
    void aFileHoldsThePicture() throws IOException {
        BufferedImage picture = PianoRoll.of(score(1, part(note(0, 4, 60))));
        Path file = folder.resolve("a.png");
        PianoRoll.save(picture, file);
        BufferedImage read = ImageIO.read(file.toFile());
        assertThat(pixels(read)).isEqualTo(pixels(picture));
    }

    private static int height(int bars, PianoRoll.Size size) {
        Score score = score(bars, part(note(0, 4, 60)));
        return PianoRoll.of(List.of(new PianoRoll.Titled("", score)), size).getHeight();
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /// The smallest rectangle with all pixels of a color below a row, which leaves out the legend.
    private static Rectangle below(int row, BufferedImage image, int rgb) {
        var found = new Rectangle(0, 0, -1, -1);
        for (int y = row; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getRGB(x, y) & 0xffffff) == rgb) found.add(new Rectangle(x, y, 1, 1));
            }
        }
        assertThat(found.isEmpty()).isFalse();
        return found;
    }

    private static Score score(int bars, Part... parts) {
        return new Score(
                Score.Credits.NONE,
                Timeline.DEFAULT,
                List.of(),
                List.of(parts),
                List.of(),
                Fraction.of(4L * bars));
    }

    private static Part part(Note... notes) {
        return new Part("", 0, List.of(notes));
    }

    private static Note note(int quarter, int quarters, int key) {
        return new Note(
                Fraction.of(quarter), Fraction.of(quarters), key, PitchName.of(key, 0), 80, 1);
    }
}
