package wavenet4j.audio.picture;

import wavenet4j.audio.Clip;
import wavenet4j.audio.Provenance;
import wavenet4j.audio.internal.AtomicWrite;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Waveform and spectrogram images of clips, drawn without a display; without text on a system that
/// has no fonts.
public final class Pictures {
    /// The share of the height for the waveform above a spectrogram.
    private static final double WAVEFORM_PART = .28;

    private Pictures() {}

    /// Draws the waveform: minimum to maximum for each pixel column, and the root mean square in a
    /// darker color.
    ///
    /// @param title heading, may be empty
    /// @param width in pixels, at least 200
    /// @param height in pixels, at least 100
    public static BufferedImage waveform(Clip clip, String title, int width, int height) {
        ClipChart chart = new ClipChart(clip, title, width, height);
        chart.waveform(chart.top(), chart.bottom());
        return chart.finish();
    }

    /// Draws the spectrogram, in dB relative to a full-scale sine.
    ///
    /// @param title heading, may be empty
    /// @param width in pixels, at least 200
    /// @param height in pixels, at least 100
    public static BufferedImage spectrogram(
            Clip clip, String title, FrequencyScale scale, int width, int height) {
        ClipChart chart = new ClipChart(clip, title, width, height);
        chart.spectrogram(chart.top(), chart.bottom(), scale);
        return chart.finish();
    }

    /// Draws the waveform above the spectrogram, for sizes such as 1200 x 600 pixels.
    ///
    /// @param title heading, may be empty
    /// @param width in pixels, at least 200
    /// @param height in pixels, at least 200
    public static BufferedImage waveformAndSpectrogram(
            Clip clip, String title, FrequencyScale scale, int width, int height) {
        ClipChart chart = new ClipChart(clip, title, width, height);
        int split = chart.top() + (int) (WAVEFORM_PART * (chart.bottom() - chart.top()));
        chart.waveform(chart.top(), split);
        chart.spectrogram(split + chart.scaled(14), chart.bottom(), scale);
        return chart.finish();
    }

    /// Writes an image as a PNG file, atomically.
    ///
    /// @throws IOException when it cannot be written
    public static void save(BufferedImage picture, Path file) throws IOException {
        save(picture, file, Provenance.NONE);
    }

    /// Likewise, with what made the sound in the file.
    ///
    /// @throws IOException when it cannot be written
    public static void save(BufferedImage picture, Path file, Provenance provenance)
            throws IOException {
        byte[] png = PngFile.encode(picture, provenance);
        AtomicWrite.write(file, part -> Files.write(part, png));
    }
}
