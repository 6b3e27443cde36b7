package wavenet4j.cli.sample;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.Clip;
import wavenet4j.audio.Provenance;
import wavenet4j.audio.analysis.SignalCheck;
import wavenet4j.audio.analysis.SoundFault;
import wavenet4j.audio.analysis.SoundMeasures;
import wavenet4j.audio.out.Speaker;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.audio.picture.FrequencyScale;
import wavenet4j.audio.picture.Pictures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Writes the sound of a take to its file, plays it, measures it, and keeps its first minutes for
/// the picture.
final class TakeOutput {
    private static final int PICTURED_SECONDS = 300;

    private final int sampleRate;
    private final WavWriter writer;
    private final @Nullable UnfinishedFile file;
    private final @Nullable Speaker speaker;
    private final SignalCheck check = new SignalCheck();
    private float[] pictured;
    private int picturedCount;

    /// @param file that the writer writes; null for a stream
    /// @param sampleRate in Hz
    /// @param speaker null where nothing is played
    TakeOutput(
            WavWriter writer,
            @Nullable UnfinishedFile file,
            int sampleRate,
            @Nullable Speaker speaker) {
        this.writer = writer;
        this.file = file;
        this.sampleRate = sampleRate;
        this.speaker = speaker;
        pictured = new float[sampleRate];
    }

    /// Appends `samples[0, count)`.
    void add(float[] samples, int count) throws IOException {
        writer.write(samples, 0, count);
        check.add(samples, count);
        keepForPicture(samples, count);
        if (speaker != null) speaker.play(samples, 0, count);
    }

    /// Writes what is buffered.
    void complete() throws IOException {
        writer.close();
    }

    /// Puts the completed file in its place, replacing an earlier one.
    void finish() throws IOException {
        if (file != null) file.finish();
    }

    /// Keeps what was made of a take that cannot be completed; an earlier file stands.
    ///
    /// @return in words; empty where nothing was made, or nothing is kept
    String keep() throws IOException {
        try {
            writer.close();
        } catch (IOException _) {
            // What failed before is reported already.
        }
        if (file == null) return "";
        if (writer.samplesWritten() == 0) {
            file.discard();
            return "";
        }
        Path kept = file.keep();
        return String.format(
                Locale.ROOT,
                "the first %.2f s, in %s%s",
                (double) writer.samplesWritten() / sampleRate,
                kept,
                kept.equals(file.whole()) ? "" : "; the earlier " + file.whole() + " stands");
    }

    /// The measured level, silence and flatness.
    String summary() {
        return check.summary();
    }

    /// What is wrong with the sound.
    ///
    /// @param usual how the recordings of the model sound
    List<SoundFault> faults(SoundMeasures usual) {
        return check.measures().faults(usual);
    }

    /// Draws the waveform and the spectrogram.
    void draw(Path file, String title, Provenance provenance) throws IOException {
        var clip = new Clip(Arrays.copyOf(pictured, picturedCount), sampleRate);
        Pictures.save(
                Pictures.waveformAndSpectrogram(clip, title, FrequencyScale.LOGARITHMIC, 1200, 600),
                file,
                provenance);
    }

    private void keepForPicture(float[] samples, int count) {
        int kept = (int) Math.min(count, (long) PICTURED_SECONDS * sampleRate - picturedCount);
        if (picturedCount + kept > pictured.length) {
            pictured = Arrays.copyOf(pictured, Math.max(picturedCount + kept, 2 * pictured.length));
        }
        System.arraycopy(samples, 0, pictured, picturedCount, kept);
        picturedCount += kept;
    }
}
