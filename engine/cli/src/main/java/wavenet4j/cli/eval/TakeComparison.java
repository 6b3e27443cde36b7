package wavenet4j.cli.eval;

import org.jspecify.annotations.Nullable;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.audio.Clip;
import wavenet4j.audio.analysis.MelFrames;
import wavenet4j.audio.analysis.SoundStatistics;
import wavenet4j.audio.analysis.SplitHalfBaseline;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.audio.picture.FrequencyScale;
import wavenet4j.audio.picture.Pictures;
import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.Interruption;
import wavenet4j.cli.console.ProgressLine;
import wavenet4j.cli.eval.ComparisonReport.Heard;
import wavenet4j.cli.model.BackendOptions;
import wavenet4j.cli.model.Models;
import wavenet4j.cli.sample.TakeFile;
import wavenet4j.distribution.Quantizer;
import wavenet4j.distribution.Sampling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Makes takes with a model and holds them against recordings, in sound.
final class TakeComparison {
    private static final int LEAST_WINDOWS = 4;
    private static final int FEW_WINDOWS = 20;
    private static final int NOISE_SECONDS = 60;
    private static final int CHUNKS_PER_SECOND = 10;

    private final Model net;
    private final @Nullable Path file;
    private final ComparisonOptions options;
    private final Console console;
    private final Quantizer quantizer;
    private final int samples;

    /// Checks the options.
    ///
    /// @param name what the model was called
    TakeComparison(String name, Model net, ComparisonOptions options, Console console)
            throws IOException {
        this.net = net;
        file = options.keepsTemperature() ? Models.file(name) : null;
        this.options = options;
        this.console = console;
        options.check(net.spec());
        quantizer = net.spec().quantizer();
        samples = options.samples(net.spec());
    }

    /// Compares, prints, and writes what is to be written; nothing after an interruption.
    ///
    /// @param recordings treated as training treated its own
    /// @param backend what the takes are made on
    /// @return whether it came to its end
    boolean run(List<EvalCommand.Item> recordings, BackendOptions backend) throws IOException {
        int rate = net.spec().sampleRate();
        List<Clip> passages = ReferenceClips.of(recordings, samples, quantizer, rate);
        List<Clip> windows = ReferenceClips.windows(passages, samples);
        requireEnough(windows.size(), recordings);
        if (options.out() != null) Files.createDirectories(options.out());
        List<Take> takes = takes(recordings);
        try (Streams streams = backend.open(net, takes.size(), console);
                var interruption = new Interruption()) {
            List<Clip> clips = generate(streams, takes, interruption);
            var report = compare(passages, windows, takes, clips, interruption);
            if (report == null) {
                console.say("stopped", "before there was anything to compare");
                return false;
            }
            for (int n = 0; n < takes.size(); n++) keep(takes.get(n), n, clips.get(n));
            console.print(report.text());
            if (options.json() != null) report.save(options.json());
            for (Path written : options.written()) console.say("wrote", written.toString());
            if (file != null) {
                net.at(report.nearest()).save(file);
                console.say("wrote", "temperature %s into %s".formatted(report.nearest(), file));
            }
            return true;
        }
    }

    private void requireEnough(int windows, List<EvalCommand.Item> recordings) {
        if (windows >= LEAST_WINDOWS) {
            if (windows < FEW_WINDOWS) {
                console.say(
                        "note",
                        "the recordings make %d passages of %s s only, so the range of what is usual for them is rough"
                                .formatted(windows, options.seconds()));
            }
            return;
        }
        ModelSpec spec = net.spec();
        for (double shorter = options.seconds() / 2;
                shorter >= ComparisonOptions.least(spec);
                shorter /= 2) {
            int length = (int) (shorter * spec.sampleRate());
            var passages = ReferenceClips.of(recordings, length, quantizer, spec.sampleRate());
            if (ReferenceClips.windows(passages, length).size() >= LEAST_WINDOWS) {
                throw new IllegalArgumentException(
                        "the recordings make %d passages of %s s, and a range needs %d; try --seconds %.1f"
                                .formatted(windows, options.seconds(), LEAST_WINDOWS, shorter));
            }
        }
        throw new IllegalArgumentException(
                "the recordings do not make %d passages of %.1f s, which are the fewest and shortest to compare takes with; give more of them"
                        .formatted(LEAST_WINDOWS, ComparisonOptions.least(spec)));
    }

    /// One after the other by temperature; the same seeds and labels at each. Labels are those of
    /// recordings drawn by chance, so that they come as often as in the recordings.
    private List<Take> takes(List<EvalCommand.Item> recordings) {
        var shuffled = new ArrayList<Set<String>>();
        for (EvalCommand.Item recording : recordings) shuffled.add(recording.labels());
        Collections.shuffle(shuffled, new Random(options.seed()));
        var takes = new ArrayList<Take>();
        for (float temperature : options.temperatures(net)) {
            for (int n = 0; n < options.takes(); n++) {
                Set<String> labels = shuffled.get(n % shuffled.size());
                var sampling = new Sampling(temperature, 0, 1);
                takes.add(new Take(options.seed() + n, sampling, labels));
            }
        }
        return takes;
    }

    private List<Clip> generate(Streams streams, List<Take> takes, Interruption interruption) {
        for (int n = 0; n < takes.size(); n++) streams.reset(n, takes.get(n));
        int rate = net.spec().sampleRate();
        var levels = new int[takes.size()][Math.max(1, rate / CHUNKS_PER_SECOND)];
        var made = new float[takes.size()][samples];
        try (var bar = new ProgressLine(console, "generating", samples)) {
            int done = 0;
            while (done < samples && !interruption.requested()) {
                int count = Math.min(levels[0].length, samples - done);
                streams.generate(levels, 0, count);
                for (int n = 0; n < made.length; n++) {
                    for (int i = 0; i < count; i++)
                        made[n][done + i] = quantizer.decode(levels[n][i]);
                }
                bar.at(done += count);
            }
        }
        var clips = new ArrayList<Clip>();
        for (float[] take : made) clips.add(new Clip(take, rate));
        return clips;
    }

    private void keep(Take take, int index, Clip clip) throws IOException {
        int number = index % options.takes() + 1;
        Path file = options.file(take.sampling().temperature(), number);
        if (file == null) return;
        try (var writer = WavWriter.to(file, clip.sampleRate())) {
            writer.write(clip.samples(), 0, clip.samples().length);
        }
        Pictures.save(
                Pictures.waveformAndSpectrogram(
                        clip,
                        String.valueOf(file.getFileName()),
                        FrequencyScale.LOGARITHMIC,
                        1200,
                        600),
                TakeFile.pictureOf(file));
    }

    /// All that is to be told, or null after an interruption.
    private @Nullable ComparisonReport compare(
            List<Clip> passages,
            List<Clip> windows,
            List<Take> takes,
            List<Clip> clips,
            Interruption interruption) {
        if (interruption.requested()) return null;
        var statistics = new ArrayList<SoundStatistics>();
        var frames = new ArrayList<MelFrames>();
        try (var bar = new ProgressLine(console, "comparing", windows.size() + passages.size())) {
            for (Clip window : windows) {
                if (interruption.requested()) return null;
                statistics.add(SoundStatistics.of(window));
                bar.at(statistics.size());
            }
            for (Clip passage : passages) {
                if (interruption.requested()) return null;
                frames.add(MelFrames.of(passage));
                bar.at(statistics.size() + frames.size());
            }
        }
        var heard = new ArrayList<Heard>();
        int most = options.takes() * MelFrames.of(clips.getFirst()).count();
        var halves = new SplitHalfBaseline(frames, most, options.seed());
        for (int first = 0; first < takes.size(); first += options.takes()) {
            List<Clip> its = clips.subList(first, first + options.takes());
            MelFrames sound = MelFrames.concat(its.stream().map(MelFrames::of).toList());
            heard.add(
                    new Heard(
                            takes.subList(first, first + options.takes()),
                            its.stream().map(SoundStatistics::of).toList(),
                            halves.distance(sound)));
        }
        return new ComparisonReport(
                options.seconds(),
                statistics,
                heard,
                halves.baseline(),
                halves.distance(MelFrames.of(noise(windows))));
    }

    /// White noise as loud as the recordings.
    private static Clip noise(List<Clip> windows) {
        double power = 0;
        for (Clip window : windows) {
            power += Math.pow(10, SoundStatistics.of(window).levelDb() / 10) / windows.size();
        }
        int rate = windows.getFirst().sampleRate();
        var random = new Random(0);
        var noise = new float[NOISE_SECONDS * rate];
        for (int t = 0; t < noise.length; t++) {
            noise[t] = (float) Math.clamp(Math.sqrt(power) * random.nextGaussian(), -1, 1);
        }
        return new Clip(noise, rate);
    }
}
