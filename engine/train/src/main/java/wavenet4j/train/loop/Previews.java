package wavenet4j.train.loop;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.audio.Clip;
import wavenet4j.audio.analysis.LevelMeter;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.audio.picture.FrequencyScale;
import wavenet4j.audio.picture.Pictures;
import wavenet4j.backend.Backend;
import wavenet4j.backend.Backends;
import wavenet4j.distribution.Sampling;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.data.Excerpt;
import wavenet4j.train.event.TrainingEvent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/// Short takes of a network while it learns, one for each temperature, beside a real excerpt of a
/// held-out recording. They begin in silence, with the same random numbers every time, so that what
/// is heard to change is the network; labels are those that most of the training recordings have.
public final class Previews {
    /// Below the run's folder.
    public static final String FOLDER = "previews";

    public static final int PICTURE_WIDTH = 800;
    public static final int PICTURE_HEIGHT = 400;
    public static final String REAL = "real";

    /// The backends that leave a card to the training.
    private static final Set<String> ON_THE_PROCESSOR = Set.of("cpu", "reference");

    private static final Pattern TAKE = Pattern.compile("step-(\\d{9,18})-t[\\d.]+\\.(wav|png)");
    private static final int STEPS_KEPT = 5;
    private static final double LONGEST_SECONDS = 30; // that generating may take
    private static final double MOST_OF_THE_TIME = 0.1;
    private static final int TICKS_AT_ONCE = 256;

    private final TrainConfig.Preview config;
    private final long seed;
    private final ModelSpec spec;
    private final Set<String> labels;
    private final Excerpt real;
    private final Path folder;
    private final IntSupplier threads;
    private final double longestSeconds;
    private boolean realIsWritten;

    /// @param real to be heard beside the takes
    /// @param run the run's folder
    /// @param threads that generating may use
    Previews(
            TrainConfig.Training config,
            Dataset data,
            Excerpt real,
            Path run,
            IntSupplier threads) {
        this(config, data, real, run, threads, LONGEST_SECONDS);
    }

    Previews(
            TrainConfig.Training config,
            Dataset data,
            Excerpt real,
            Path run,
            IntSupplier threads,
            double longestSeconds) {
        this.config = config.previews();
        this.real = real;
        folder = run.resolve(FOLDER);
        this.threads = threads;
        this.longestSeconds = longestSeconds;
        seed = config.seed();
        spec = data.spec();
        labels = mostCommonLabels(data.training());
    }

    /// Whether a preview is to be made now. On a machine where they are slow beside the training
    /// they are made more seldom.
    ///
    /// @param last whether no more steps follow
    boolean due(long step, boolean last, TrainingClock clock) {
        if (config.every() == 0) return false;
        return last
                || (step % config.every() == 0
                        && clock.leftOut() <= MOST_OF_THE_TIME * clock.seconds());
    }

    /// Makes the takes of a state, and drops those of long ago.
    ///
    /// @param stop whether they are not wanted any more, which ends it soon, with nothing written
    Optional<TrainingEvent.Previewed> make(TrainingState state, BooleanSupplier stop)
            throws IOException {
        if (stop.getAsBoolean()) return Optional.empty();
        int wanted = Math.max(1, (int) Math.round(config.seconds() * spec.sampleRate()));
        int[][] levels = generate(state.model(spec, Map.of()), wanted, stop);
        if (stop.getAsBoolean()) return Optional.empty();
        Files.createDirectories(folder);
        if (!realIsWritten) write(REAL, "held out: " + real.recording(), real.clip());
        realIsWritten = true;
        var takes = new ArrayList<TrainingEvent.PreviewTake>();
        for (int n = 0; n < levels.length; n++) {
            double temperature = config.temperatures().get(n);
            takes.add(write(state.step(), temperature, levels[n]));
        }
        keepNewest(state.step());
        int made = levels[0].length;
        return Optional.of(
                new TrainingEvent.Previewed(
                        state.step(),
                        List.copyOf(new TreeSet<>(labels)),
                        (double) made / spec.sampleRate(),
                        made < wanted,
                        takes));
    }

    /// @return the levels of each take, fewer than wanted where that would take too long
    private int[][] generate(Model model, int wanted, BooleanSupplier stop) {
        List<Double> temperatures = config.temperatures();
        var levels = new int[temperatures.size()][wanted];
        int made = 0;
        long start = System.nanoTime();
        try (Streams streams =
                backend()
                        .openStreams(model, model.precision(), threads.getAsInt(), levels.length)) {
            for (int n = 0; n < levels.length; n++) {
                var sampling = new Sampling(temperatures.get(n).floatValue(), 0, 1);
                streams.reset(n, new Take(seed, sampling, labels));
            }
            while (made < wanted
                    && (made == 0 || (System.nanoTime() - start) * 1e-9 < longestSeconds)
                    && !stop.getAsBoolean()) {
                int to = Math.min(made + TICKS_AT_ONCE, wanted);
                streams.generate(levels, made, to);
                made = to;
            }
        }
        for (int n = 0; n < levels.length; n++) levels[n] = Arrays.copyOf(levels[n], made);
        return levels;
    }

    private Backend backend() {
        return Backends.installed().stream()
                .filter(backend -> ON_THE_PROCESSOR.contains(backend.name()))
                .filter(backend -> backend.probe(spec) instanceof Backend.Availability.Ready)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "no generation backend is ready on this processor;"
                                        + " training.previews.every: 0 goes without takes"));
    }

    private TrainingEvent.PreviewTake write(long step, double temperature, int[] levels)
            throws IOException {
        float[] samples = spec.quantizer().decode(levels);
        String name = String.format(Locale.ROOT, "step-%09d-t%.2f", step, temperature);
        String title = String.format(Locale.ROOT, "step %,d, temperature %.2f", step, temperature);
        write(name, title, new Clip(samples, spec.sampleRate()));
        var check = new LevelMeter();
        check.add(samples, samples.length);
        return new TrainingEvent.PreviewTake(
                temperature,
                FOLDER + "/" + name + ".wav",
                check.decibels(),
                check.silentShare(),
                check.flatness());
    }

    private void write(String name, String title, Clip clip) throws IOException {
        Path wav = folder.resolve(name + ".wav");
        WavWriter.save(clip, wav);
        Pictures.save(
                Pictures.waveformAndSpectrogram(
                        clip, title, FrequencyScale.LOGARITHMIC, PICTURE_WIDTH, PICTURE_HEIGHT),
                pictureOf(wav));
    }

    /// The file of the picture beside that WAV file.
    public static Path pictureOf(Path wav) {
        return wav.resolveSibling(nameOf(wav).replaceFirst("\\.wav$", ".png"));
    }

    /// Keeps the newest few; after a setback there may be later ones, which are void.
    private void keepNewest(long newest) throws IOException {
        drop(folder, step -> step > newest);
        var steps = new TreeSet<Long>();
        for (Path file : takesIn(folder)) steps.add(stepOf(file));
        while (steps.size() > STEPS_KEPT) steps.removeFirst();
        drop(folder, step -> step < steps.getFirst());
    }

    /// Deletes the takes of later steps, which a run that was killed will make again.
    ///
    /// @param run the run's folder
    public static void dropAfter(long step, Path run) throws IOException {
        drop(run.resolve(FOLDER), taken -> taken > step);
    }

    private static void drop(Path folder, LongPredicate steps) throws IOException {
        for (Path file : takesIn(folder)) {
            if (steps.test(stepOf(file))) Files.delete(file);
        }
    }

    private static List<Path> takesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (var files = Files.list(folder)) {
            return files.filter(file -> TAKE.matcher(nameOf(file)).matches()).toList();
        }
    }

    private static long stepOf(Path take) {
        return Long.parseLong(TAKE.matcher(nameOf(take)).replaceFirst("$1"));
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static Set<String> mostCommonLabels(List<EncodedRecording> recordings) {
        Map<Set<String>, Long> counts =
                recordings.stream().collect(groupingBy(EncodedRecording::labels, counting()));
        return counts.entrySet().stream()
                .max(
                        Map.Entry.<Set<String>, Long>comparingByValue()
                                .thenComparing(labels -> new TreeSet<>(labels.getKey()).toString()))
                .orElseThrow()
                .getKey();
    }
}
