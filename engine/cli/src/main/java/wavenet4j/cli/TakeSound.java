package wavenet4j.cli;

import wavenet4j.ModelSpec;
import wavenet4j.Mulaw;
import wavenet4j.audio.Clip;
import wavenet4j.audio.FrequencyScale;
import wavenet4j.audio.Pictures;
import wavenet4j.audio.WavWriter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The sound of a take on its way from levels to the file: decoded, written, listened to, and its
/// first minutes kept for the picture.
final class TakeSound {
    private static final int PICTURED_SECONDS = 300;

    private final int sampleRate;
    private final Mulaw mulaw;
    private final TakeCheck check = new TakeCheck();
    private float[] chunk = new float[0];
    private float[] pictured;
    private int picturedCount;

    TakeSound(ModelSpec spec) {
        sampleRate = spec.sampleRate();
        mulaw = new Mulaw(spec.levels());
        pictured = new float[sampleRate];
    }

    /// Writes the sound of `levels[0, count)`.
    void write(WavWriter writer, int[] levels, int count) throws IOException {
        if (chunk.length < count) chunk = new float[count];
        for (int i = 0; i < count; i++) chunk[i] = mulaw.decode(levels[i]);
        writer.write(chunk, 0, count);
        check.add(chunk, count);
        keepForPicture(count);
    }

    /// The measured level, silence and flatness.
    String summary() {
        return check.summary();
    }

    /// What seems wrong with it.
    List<String> warnings() {
        return check.warnings();
    }

    /// Draws the waveform and the spectrogram.
    void draw(Path file, String title) throws IOException {
        var clip = new Clip(Arrays.copyOf(pictured, picturedCount), sampleRate);
        Pictures.save(
                Pictures.waveformAndSpectrogram(clip, title, FrequencyScale.LOGARITHMIC, 1200, 600),
                file);
    }

    private void keepForPicture(int count) {
        int kept = (int) Math.min(count, (long) PICTURED_SECONDS * sampleRate - picturedCount);
        if (picturedCount + kept > pictured.length) {
            pictured = Arrays.copyOf(pictured, Math.max(picturedCount + kept, 2 * pictured.length));
        }
        System.arraycopy(chunk, 0, pictured, picturedCount, kept);
        picturedCount += kept;
    }
}
