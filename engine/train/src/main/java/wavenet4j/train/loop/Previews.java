package wavenet4j.train.loop;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.audio.Clip;
import wavenet4j.audio.analysis.SignalCheck;
import wavenet4j.audio.analysis.SoundMeasures;
import wavenet4j.backend.Backend;
import wavenet4j.backend.Backends;
import wavenet4j.distribution.Sampling;
import wavenet4j.info.ModelInfo;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.PreviewConfig;
import wavenet4j.train.config.TrainingConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.facts.Excerpt;
import wavenet4j.train.facts.RecordingFacts;
import wavenet4j.train.run.PreviewFiles;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/// Generates short takes during training, one for each temperature. They begin as takes of the
/// model will, with the same random numbers every time, so that only the weights make a difference;
/// their labels are those that most training recordings have.
final class Previews {
    private static final double MOST_SECONDS = 30; // of generation
    private static final double MOST_OF_THE_TIME = 0.1;
    private static final int TICKS_AT_ONCE = 256;

    private final PreviewConfig config;
    private final ModelSpec spec;
    private final Set<String> labels;
    private final List<Take> takes;
    private final Excerpt real;
    private final RecordingFacts facts;
    private final ModelInfo info;
    private final PreviewFiles files;
    private final IntSupplier threads;
    private final double mostSeconds;
    private boolean realIsWritten;

    /// @param real an excerpt of a held-out recording, to compare the takes with
    /// @param facts of the training recordings, which the takes begin after and are held against
    /// @param threads that generation may use
    Previews(
            TrainingConfig config,
            Dataset data,
            Excerpt real,
            RecordingFacts facts,
            PreviewFiles files,
            IntSupplier threads) {
        this(config, data, real, facts, files, threads, MOST_SECONDS);
    }

    /// @param mostSeconds after which generation is cut short
    Previews(
            TrainingConfig config,
            Dataset data,
            Excerpt real,
            RecordingFacts facts,
            PreviewFiles files,
            IntSupplier threads,
            double mostSeconds) {
        this.config = config.previews();
        this.real = real;
        this.facts = facts;
        info = ModelInfo.NONE.with(facts.primes());
        this.files = files;
        this.threads = threads;
        this.mostSeconds = mostSeconds;
        spec = data.spec();
        labels = mostCommonLabels(data.training());
        takes =
                this.config.temperatures().stream()
                        .map(temperature -> new Sampling(temperature.floatValue(), 0, 1))
                        .map(sampling -> new Take(config.seed(), sampling, labels))
                        .toList();
    }

    /// Whether a preview is due after that step. Where they take more than a tenth of the time,
    /// they are generated less often.
    ///
    /// @param last whether it is the last step
    boolean isDue(long step, boolean last, TrainingClock clock) {
        if (config.every() == 0) return false;
        return last
                || (step % config.every() == 0
                        && clock.leftOut() <= MOST_OF_THE_TIME * clock.seconds());
    }

    /// Generates and writes takes of the averaged weights, and drops those of long ago.
    ///
    /// @param stop whether to give up, with nothing written; checked every 256 samples
    Optional<TrainingEvent.Previewed> generate(TrainingState state, BooleanSupplier stop)
            throws IOException {
        if (stop.getAsBoolean()) return Optional.empty();
        int wanted = Math.max(1, (int) Math.round(config.seconds() * spec.sampleRate()));
        int[][] levels = generate(state.model(spec, info), wanted, stop);
        if (stop.getAsBoolean()) return Optional.empty();
        if (!realIsWritten) files.writeReal(real.clip(), real.recording());
        realIsWritten = true;
        var written = new ArrayList<TrainingEvent.PreviewTake>();
        for (int n = 0; n < levels.length; n++) written.add(write(state.step(), n, levels[n]));
        files.keepNewest(state.step());
        int made = levels[0].length;
        return Optional.of(
                new TrainingEvent.Previewed(
                        state.step(),
                        List.copyOf(new TreeSet<>(labels)),
                        (double) made / spec.sampleRate(),
                        made < wanted,
                        written));
    }

    /// @return the levels of each take, fewer than wanted where that would take too long
    private int[][] generate(Model model, int wanted, BooleanSupplier stop) {
        var levels = new int[takes.size()][wanted];
        int made = 0;
        long start = System.nanoTime();
        try (Streams streams =
                backend(spec)
                        .openStreams(model, model.precision(), threads.getAsInt(), levels.length)) {
            streams.begin(takes);
            while (made < wanted
                    && (made == 0 || (System.nanoTime() - start) * 1e-9 < mostSeconds)
                    && !stop.getAsBoolean()) {
                int to = Math.min(made + TICKS_AT_ONCE, wanted);
                streams.generate(levels, made, to);
                made = to;
            }
        }
        for (int n = 0; n < levels.length; n++) levels[n] = Arrays.copyOf(levels[n], made);
        return levels;
    }

    /// The fastest backend that leaves a GPU to the training.
    static Backend backend(ModelSpec spec) {
        return Backends.installed().stream()
                .filter(backend -> !backend.usesGpu())
                .filter(backend -> backend.probe(spec) instanceof Backend.Availability.Ready)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "no generation backend is ready on this processor;"
                                        + " training.previews.every: 0 turns previews off"));
    }

    private TrainingEvent.PreviewTake write(long step, int n, int[] levels) throws IOException {
        float[] samples = spec.quantizer().decode(levels);
        double temperature = config.temperatures().get(n);
        var clip = new Clip(samples, spec.sampleRate());
        String file = files.writeTake(step, temperature, takes.get(n), clip);
        SoundMeasures sound = SignalCheck.measure(samples);
        return new TrainingEvent.PreviewTake(
                temperature,
                file,
                sound.levelDb(),
                sound.silent(),
                sound.flatness(),
                sound.faults(facts.sound()));
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
