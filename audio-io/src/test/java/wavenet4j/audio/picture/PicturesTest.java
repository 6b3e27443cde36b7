package wavenet4j.audio.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.audio.Clip;
import wavenet4j.audio.Provenance;
import wavenet4j.audio.analysis.Spectrogram;
import wavenet4j.audio.testing.TestSounds;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

class PicturesTest {
    @TempDir Path folder;

    /// The brightest row of the spectrogram, as a frequency.
    @ParameterizedTest
    @EnumSource
    void drawsASineAtItsFrequency(FrequencyScale scale) {
        Clip sine = TestSounds.sine(1000, .5, 2, 16000);
        BufferedImage picture = Pictures.spectrogram(sine, "", scale, 800, 400);
        int column = 66 + (800 - 66 - 84) / 2;
        int brightest = 0;
        int at = 0;
        int top = 16;
        int bottom = 400 - 46;
        for (int y = top; y < bottom; y++) {
            int rgb = picture.getRGB(column, y);
            int light = ((rgb >> 16) & 0xff) + ((rgb >> 8) & 0xff) + (rgb & 0xff);
            if (light > brightest) {
                brightest = light;
                at = y;
            }
        }
        double height = (bottom - at - .5) / (bottom - top);
        double hertz = scale.hertz(height, scale.lowest(8000), 8000);
        assertThat(hertz).isCloseTo(1000, within(25.0));
    }

    @Test
    void spectrogramIsInDecibelsOfFullScale() {
        Spectrogram spectrogram = Spectrogram.of(TestSounds.sine(1000, .1, 1, 16000), 50, 1024);
        assertThat(spectrogram.peak()).isCloseTo(-20, within(.1f));
        assertThat(spectrogram.decibels(25, 990, 1010)).isCloseTo(-20, within(.1f));
        assertThat(spectrogram.decibels(25, 4000, 8000)).isLessThan(-90);
        assertThat(Spectrogram.of(TestSounds.silence(1, 16000), 50, 1024).peak()).isEqualTo(-160);
    }

    @Test
    void savesAtomically() throws IOException {
        Clip clip = TestSounds.noise(.5, 1, 16000, 1);
        BufferedImage picture =
                Pictures.waveformAndSpectrogram(
                        clip, "noise", FrequencyScale.LOGARITHMIC, 1200, 600);
        Path file = folder.resolve("take.png");
        Files.writeString(file, "an older picture");
        Pictures.save(picture, file);
        BufferedImage read = ImageIO.read(file.toFile());
        assertThat(read.getWidth()).isEqualTo(1200);
        assertThat(read.getHeight()).isEqualTo(600);
        assertThat(read.getRGB(600, 400)).isEqualTo(picture.getRGB(600, 400));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertThatIOException()
                .isThrownBy(() -> Pictures.save(picture, folder.resolve("none/take.png")));
    }

    /// By the layout of PNG: length, keyword, two bytes of compression, two empty languages, text
    /// in UTF-8.
    @Test
    void tellsWhatMadeTheSound() throws IOException {
        Path file = folder.resolve("take.png");
        Pictures.save(
                Pictures.waveform(TestSounds.silence(1, 8000), "", 300, 200),
                file,
                new Provenance("WaveNet4J 1", "--label Fl\u00f6te"));
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes)
                .contains("\30iTXtSoftware\0\0\0\0\0WaveNet4J 1")
                .contains("\36iTXtDescription\0\0\0\0\0--label Fl\u00c3\u00b6te");
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 1_000_000})
    void drawsClipsOfAnyLength(int samples) {
        Clip clip = new Clip(new float[samples], 44100);
        if (samples > 0) clip.samples()[samples / 2] = -1;
        for (FrequencyScale scale : FrequencyScale.values()) {
            BufferedImage picture = Pictures.waveformAndSpectrogram(clip, "", scale, 300, 200);
            assertThat(picture.getWidth()).isEqualTo(300);
        }
        assertThat(Pictures.waveform(clip, "a title", 300, 200).getHeight()).isEqualTo(200);
    }

    @Test
    void rejectsTinySizes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pictures.waveform(TestSounds.silence(1, 8000), "", 10, 10));
    }

    @Test
    void colorsIncreaseInBrightness() {
        int last = -1;
        for (int i = 0; i <= 100; i++) {
            int rgb = ColorMap.rgb(i / 100.0);
            int luma = 299 * (rgb >> 16) + 587 * ((rgb >> 8) & 0xff) + 114 * (rgb & 0xff);
            assertThat(luma).isGreaterThan(last);
            last = luma;
        }
        assertThat(ColorMap.rgb(-1)).isEqualTo(0x000004);
        assertThat(ColorMap.rgb(2)).isEqualTo(0xfcfdbf);
    }

    @Test
    void ticksAreRound() {
        assertThat(AxisTicks.between(0, 10, 12))
                .containsExactly(0., 1., 2., 3., 4., 5., 6., 7., 8., 9., 10.);
        assertThat(AxisTicks.between(0, .6, 4)).containsExactly(0., .2, .4, 3 * .2);
        assertThat(FrequencyScale.LOGARITHMIC.ticks(50, 8000))
                .containsExactly(50., 100., 200., 500., 1000., 2000., 5000.);
    }
}
