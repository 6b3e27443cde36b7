package wavenet4j.train.report;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.analysis.SignalCheck;
import wavenet4j.audio.analysis.SoundFault;
import wavenet4j.audio.analysis.SoundMeasures;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.train.event.TrainingEvent.PreviewTake;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.run.PreviewFiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// The excerpt of a held-out recording and the newest takes of a run as data URIs, limited to a few
/// steps and megabytes so that the report opens at once.
///
/// @param steps the newest first; the newest has the real excerpt before its takes
/// @param leftOut how many takes the run has made beside those
record ReportSounds(List<Step> steps, long leftOut) {
    private static final int MOST_STEPS = 3;

    /// In the files; in the page it is a third more.
    private static final long MOST_BYTES = 6 << 20;

    private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;

    /// @param title the step in words
    record Step(String title, List<Sound> takes) {}

    /// @param wav data URI
    /// @param measured null where it is unknown
    record Sound(
            String title, String wav, @Nullable Picture picture, @Nullable Measured measured) {}

    /// @param png data URI
    /// @param width in pixels
    /// @param height in pixels
    record Picture(String png, int width, int height) {}

    /// Measures as text.
    ///
    /// @param faults what is wrong with the sound; empty where nothing is
    record Measured(String level, String silence, String flatness, String faults) {}

    /// Reads the previews of a run, without those that are missing or damaged.
    static ReportSounds of(Path run, Metrics metrics) {
        var reader = new Reader(run);
        var steps = new ArrayList<Step>();
        long takes = 0;
        long shown = 0;
        Sound real = reader.real();
        for (var recorded : metrics.previews().reversed()) {
            Previewed preview = recorded.event();
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
        return measured(take.decibels(), take.silentShare(), take.flatness(), take.faults());
    }

    private static Measured measured(
            double decibels, double silentShare, double flatness, List<SoundFault> faults) {
        return new Measured(
                known("%.1f dB", decibels).replace('-', '\u2212'),
                known("%.0f %%", 100 * silentShare),
                known("%.2f", flatness),
                String.join(", ", faults.stream().map(SoundFault::words).toList()));
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
            Sound real = sound("Held-out recording", PreviewFiles.REAL, null);
            if (real == null) return null;
            try {
                float[] samples = AudioReader.read(run.resolve(PreviewFiles.REAL)).samples();
                SoundMeasures sound = SignalCheck.measure(samples);
                Measured measured =
                        measured(sound.levelDb(), sound.silent(), sound.flatness(), List.of());
                return new Sound(real.title(), real.wav(), real.picture(), measured);
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

        /// Reads from the folder of the previews only: the report of a run from elsewhere must not
        /// include other files of this machine.
        private byte @Nullable [] read(String name) {
            try {
                Path file = run.resolve(name).toRealPath();
                if (!file.startsWith(run.resolve(PreviewFiles.FOLDER).toRealPath())
                        || !Files.isRegularFile(file)
                        || Files.size(file) > bytesLeft) {
                    return null;
                }
                byte[] bytes = Files.readAllBytes(file);
                bytesLeft -= bytes.length;
                return bytes;
            } catch (IOException | InvalidPathException e) {
                return null; // the report leaves it out
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
