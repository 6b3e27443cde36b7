package wavenet4j.train.run;

import wavenet4j.Take;
import wavenet4j.audio.Clip;
import wavenet4j.audio.Provenance;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.audio.picture.FrequencyScale;
import wavenet4j.audio.picture.Pictures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/// The previews of a run: WAV files in `previews/`, each with its waveform and spectrogram as a PNG
/// beside it. `step-000000500-t1.00.wav` is a take of the weights at step 500 at temperature 1,
/// `real.wav` an excerpt of a held-out recording.
///
/// @param run the run's folder
public record PreviewFiles(Path run) {
    /// The folder of the previews, below the run's.
    public static final String FOLDER = "previews";

    /// The excerpt of a held-out recording, below the run's folder.
    public static final String REAL = FOLDER + "/real.wav";

    /// Width of each picture in pixels.
    public static final int PICTURE_WIDTH = 1200;

    /// Height of each picture in pixels.
    public static final int PICTURE_HEIGHT = 600;

    private static final Pattern TAKE = Pattern.compile("step-(\\d{9,18})-t[\\d.]+\\.(wav|png)");
    private static final int STEPS_KEPT = 5;

    /// Writes a take and its picture. Both tell what made it.
    ///
    /// @param made of the weights of that step
    /// @return the WAV file below the run's folder, with slashes
    public String writeTake(long step, double temperature, Take made, Clip take)
            throws IOException {
        String name =
                String.format(Locale.ROOT, "%s/step-%09d-t%.2f.wav", FOLDER, step, temperature);
        String title = String.format(Locale.ROOT, "step %,d, temperature %.2f", step, temperature);
        write(name, title, take, provenance(step, made, take));
        return name;
    }

    private Provenance provenance(long step, Take made, Clip take) {
        var text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "preview of %s, averaged weights of step %d: --seed %d --temperature %s"
                                + " --seconds %.2f",
                        nameOf(run.toAbsolutePath().normalize()),
                        step,
                        made.seed(),
                        made.sampling().temperature(),
                        take.seconds()));
        for (String label : new TreeSet<>(made.labels().keySet())) {
            text.append(" --label ").append(label);
        }
        return new Provenance("WaveNet4J", text.toString());
    }

    /// Writes the excerpt of a held-out recording and its picture.
    ///
    /// @param recording its name
    public void writeReal(Clip excerpt, String recording) throws IOException {
        String title = "held out: " + recording;
        write(REAL, title, excerpt, new Provenance("WaveNet4J", title));
    }

    private void write(String name, String title, Clip clip, Provenance provenance)
            throws IOException {
        Files.createDirectories(folder());
        Path wav = run.resolve(name);
        WavWriter.save(clip, wav, provenance);
        Pictures.save(
                Pictures.waveformAndSpectrogram(
                        clip, title, FrequencyScale.LOGARITHMIC, PICTURE_WIDTH, PICTURE_HEIGHT),
                pictureOf(wav),
                provenance);
    }

    /// The picture beside that WAV file.
    public static Path pictureOf(Path wav) {
        return wav.resolveSibling(nameOf(wav).replaceFirst("\\.wav$", ".png"));
    }

    /// Keeps the takes of the newest five steps up to that one, and drops later ones, which a
    /// rollback has made invalid.
    public void keepNewest(long newest) throws IOException {
        dropAfter(newest);
        var steps = new TreeSet<Long>();
        for (Path file : takes()) steps.add(stepOf(file));
        while (steps.size() > STEPS_KEPT) steps.removeFirst();
        drop(step -> step < steps.getFirst());
    }

    /// Deletes the takes of later steps.
    public void dropAfter(long newest) throws IOException {
        drop(step -> step > newest);
    }

    private void drop(LongPredicate steps) throws IOException {
        for (Path file : takes()) {
            if (steps.test(stepOf(file))) Files.delete(file);
        }
    }

    private List<Path> takes() throws IOException {
        if (!Files.isDirectory(folder())) return List.of();
        try (var files = Files.list(folder())) {
            return files.filter(file -> TAKE.matcher(nameOf(file)).matches()).toList();
        }
    }

    private Path folder() {
        return run.resolve(FOLDER);
    }

    private static long stepOf(Path take) {
        return Long.parseLong(TAKE.matcher(nameOf(take)).replaceFirst("$1"));
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }
}
