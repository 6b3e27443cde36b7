package wavenet4j.train.report;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.analysis.LevelMeter;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.train.event.TrainingEvent.PreviewTake;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.loop.Previews;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// The real excerpt and the newest takes of a run, read into data URIs for as long as they leave
/// its report small enough to open at once.
///
/// @param steps the newest first; the newest has the real excerpt before its takes
/// @param leftOut how many takes the run told of beside those
record ReportSounds(List<Step> steps, long leftOut) {
    private static final String REAL = Previews.FOLDER + "/" + Previews.REAL + ".wav";
    private static final int MOST_STEPS = 3;

    /// In the files; in the page it is a third more.
    private static final long MOST_BYTES = 6 << 20;

    private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;

    /// @param title the step in words
    record Step(String title, List<Sound> takes) {}

    /// @param wav data URI
    /// @param measured null where that is not known
    record Sound(
            String title, String wav, @Nullable Picture picture, @Nullable Measured measured) {}

    /// @param png data URI
    /// @param width in pixels
    /// @param height in pixels
    record Picture(String png, int width, int height) {}

    /// In words.
    record Measured(String level, String silence, String flatness) {}

    /// Whatever is missing or damaged is left out.
    static ReportSounds of(Path run, Metrics metrics) {
        var reader = new Reader(run);
        var steps = new ArrayList<Step>();
        long takes = 0;
        long shown = 0;
        Sound real = reader.real();
        for (var told : metrics.previews().reversed()) {
            Previewed preview = told.event();
            takes += preview.takes().size();
            if (steps.size() == MOST_STEPS) continue;
            var sounds = new ArrayList<Sound>();
            for (PreviewTake take : preview.takes()) {
                Sound sound =
                        reader.sound(
                                String.format(Locale.ROOT, "Temperature %.2f", take.temperature()),
                                take.file(),
                                measured(take));
                if (sound != null) sounds.add(sound);
            }
            if (sounds.isEmpty()) continue;
            shown += sounds.size();
            if (steps.isEmpty() && real != null) sounds.addFirst(real);
            steps.add(new Step(title(preview), sounds));
        }
        if (steps.isEmpty() && real != null) steps.add(new Step("Before training", List.of(real)));
        return new ReportSounds(steps, takes - shown);
    }

    private static String title(Previewed preview) {
        String labels = String.join(" ", preview.labels());
        String step = String.format(Locale.ROOT, "Step %,d", preview.step());
        return labels.isEmpty() ? step : step + ", as " + labels;
    }

    private static Measured measured(PreviewTake take) {
        return measured(take.decibels(), take.silentShare(), take.flatness());
    }

    private static Measured measured(double decibels, double silentShare, double flatness) {
        return new Measured(
                known("%.1f dB", decibels).replace('-', '\u2212'),
                known("%.0f %%", 100 * silentShare),
                known("%.2f", flatness));
    }

    private static String known(String format, double value) {
        return Double.isNaN(value) ? "unknown" : String.format(Locale.ROOT, format, value);
    }

    private static final class Reader {
        private final Path run;
        private long bytesLeft = MOST_BYTES;

        Reader(Path run) {
            this.run = run;
        }

        @Nullable Sound real() {
            Sound real = sound("Held-out recording", REAL, null);
            if (real == null) return null;
            try {
                float[] samples = AudioReader.read(run.resolve(REAL)).samples();
                var check = new LevelMeter();
                check.add(samples, samples.length);
                Measured heard = measured(check.decibels(), check.silentShare(), check.flatness());
                return new Sound(real.title(), real.wav(), real.picture(), heard);
            } catch (AudioException e) {
                return real;
            }
        }

        @Nullable Sound sound(String title, String file, @Nullable Measured measured) {
            byte[] wav = read(file);
            if (wav == null) return null;
            byte[] png = read(file.replaceFirst("\\.wav$", ".png"));
            return new Sound(
                    title, uri("audio/wav", wav), png == null ? null : picture(png), measured);
        }

        /// Only from the folder of the previews: a run from elsewhere must not lead to other files
        /// of whoever makes its report.
        private byte @Nullable [] read(String name) {
            try {
                Path file = run.resolve(name).toRealPath();
                if (!file.startsWith(run.resolve(Previews.FOLDER).toRealPath())
                        || !Files.isRegularFile(file)
                        || Files.size(file) > bytesLeft) {
                    return null;
                }
                byte[] bytes = Files.readAllBytes(file);
                bytesLeft -= bytes.length;
                return bytes;
            } catch (IOException | InvalidPathException e) {
                return null; // the page does without
            }
        }

        private static @Nullable Picture picture(byte[] png) {
            ByteBuffer header = ByteBuffer.wrap(png);
            if (png.length < 24 || header.getLong(0) != PNG_SIGNATURE) return null;
            return new Picture(uri("image/png", png), header.getInt(16), header.getInt(20));
        }

        private static String uri(String type, byte[] bytes) {
            return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
        }
    }
}
