package wavenet4j.audio.picture;

import wavenet4j.audio.Clip;
import wavenet4j.audio.out.TemporaryFile;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/// Pictures of clips, drawn without a display. On a system without any fonts they carry no text.
public final class Pictures {
    /// The part of the height that the waveform takes above a spectrogram.
    private static final double WAVEFORM_PART = .28;

    private Pictures() {}

    /// The waveform: the range of the samples under each pixel, and darker their root mean square.
    ///
    /// @param title a line above, may be empty
    /// @param width in pixels, at least 200
    /// @param height in pixels, at least 100
    public static BufferedImage waveform(Clip clip, String title, int width, int height) {
        WaveformChart chart = new WaveformChart(clip, title, width, height);
        chart.waveform(chart.top(), chart.bottom());
        return chart.finish();
    }

    /// The spectrogram, in dB relative to a full-scale sine.
    ///
    /// @param title a line above, may be empty
    /// @param width in pixels, at least 200
    /// @param height in pixels, at least 100
    public static BufferedImage spectrogram(
            Clip clip, String title, FrequencyScale scale, int width, int height) {
        WaveformChart chart = new WaveformChart(clip, title, width, height);
        chart.spectrogram(chart.top(), chart.bottom(), scale);
        return chart.finish();
    }

    /// The waveform above the spectrogram; 1200 x 600 pixels suit it.
    ///
    /// @param title a line above, may be empty
    /// @param width in pixels, at least 200
    /// @param height in pixels, at least 200
    public static BufferedImage waveformAndSpectrogram(
            Clip clip, String title, FrequencyScale scale, int width, int height) {
        WaveformChart chart = new WaveformChart(clip, title, width, height);
        int parting = chart.top() + (int) (WAVEFORM_PART * (chart.bottom() - chart.top()));
        chart.waveform(chart.top(), parting);
        chart.spectrogram(parting + 14, chart.bottom(), scale);
        return chart.finish();
    }

    /// Writes a picture as PNG, whole or not at all.
    ///
    /// @throws IOException when it cannot be written
    public static void save(BufferedImage picture, Path file) throws IOException {
        TemporaryFile.write(
                file,
                part -> {
                    try (var out = Files.newOutputStream(part)) {
                        if (!ImageIO.write(picture, "png", out)) {
                            throw new IOException("this Java has no PNG writer; use a full JRE");
                        }
                    }
                });
    }
}
