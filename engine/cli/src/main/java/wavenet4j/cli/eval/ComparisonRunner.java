package wavenet4j.cli.eval;

import org.jspecify.annotations.Nullable;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.audio.Clip;
import wavenet4j.audio.Provenance;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.audio.picture.FrequencyScale;
import wavenet4j.audio.picture.Pictures;
import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.Interruption;
import wavenet4j.cli.console.JsonFile;
import wavenet4j.cli.console.Outputs;
import wavenet4j.cli.console.ProgressLine;
import wavenet4j.cli.model.BackendOptions;
import wavenet4j.cli.model.Models;
import wavenet4j.cli.sample.Recipe;
import wavenet4j.cli.sample.TakeFile;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.SamplingDefaults;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.evaluation.ReferenceClips;
import wavenet4j.train.evaluation.SoundComparison;
import wavenet4j.train.evaluation.TakeComparison;
import wavenet4j.train.facts.RecordingFacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Runs a comparison of takes with recordings, prints it and writes its files.
final class ComparisonRunner {
    private static final int FEW_WINDOWS = 20;

    private final String name;
    private final Model model;
    private final @Nullable Path modelFile;
    private final ComparisonOptions options;
    private final @Nullable JsonFile json;
    private final TakeComparison comparison;
    private final Console console;

    /// Checks the options.
    ///
    /// @param name of the model on the command line
    /// @param data the folder of the recordings
    /// @param json to write all numbers to, take by take; null for none
    ComparisonRunner(
            String name,
            Model model,
            Path data,
            ComparisonOptions options,
            @Nullable JsonFile json,
            Console console)
            throws IOException {
        this.name = name;
        this.model = model;
        modelFile = options.keepsTemperature() ? Models.file(name) : null;
        this.options = options;
        this.json = json;
        this.console = console;
        options.check(model.spec());
        Path out = options.out();
        if (out != null) Outputs.requireOutside("--out", out, data);
        if (json != null && !Models.bundled().contains(name)) {
            Outputs.requireOther("--json", json.path(), "the model", Models.file(name));
        }
        comparison = options.comparison(model);
    }

    /// Compares, prints, and writes the files that are asked for; nothing after an interruption.
    ///
    /// @param recordings preprocessed as in the model's training
    /// @param backend to generate the takes on
    /// @return whether it was not interrupted
    boolean run(List<EncodedRecording> recordings, BackendOptions backend) throws IOException {
        var reference = ReferenceClips.of(recordings, comparison.samples(), model.spec());
        requireEnough(reference.windows().size(), recordings);
        Path out = options.out();
        if (out != null) createFolder(out);
        List<Take> plan = comparison.plan(recordings);
        try (Streams streams = backend.open(model, plan.size(), console);
                var interruption = new Interruption()) {
            List<Clip> clips = generate(streams, plan, interruption);
            SoundComparison result = compare(plan, clips, reference, interruption);
            if (result == null) {
                console.log("stopped", "before there was anything to compare");
                return false;
            }
            var report = new ComparisonReport(options.seconds(), result);
            console.print(report.text()); // first: files may not find room
            var recipe = new Recipe(name, options.seconds(), backend.words());
            for (int n = 0; n < plan.size(); n++) save(plan.get(n), n, clips.get(n), recipe);
            if (json != null) json.write(report.figures());
            if (out != null) console.log("wrote", out.toString());
            if (json != null) console.log("wrote", json.path().toString());
            if (modelFile != null) keepResult(result, modelFile);
            return true;
        }
    }

    private static void createFolder(Path out) throws IOException {
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw Outputs.unwritable(out, e);
        }
    }

    private void requireEnough(int windows, List<EncodedRecording> recordings) {
        if (windows >= TakeComparison.LEAST_WINDOWS) {
            if (windows < FEW_WINDOWS) {
                console.log(
                        "note",
                        "the recordings make %d passages of %s s only, so the range of what is usual for them is rough"
                                .formatted(windows, options.seconds()));
            }
            return;
        }
        ModelSpec spec = model.spec();
        for (double shorter = options.seconds() / 2;
                shorter >= ComparisonOptions.least(spec);
                shorter /= 2) {
            int length = (int) (shorter * spec.sampleRate());
            var reference = ReferenceClips.of(recordings, length, spec);
            if (reference.windows().size() >= TakeComparison.LEAST_WINDOWS) {
                throw new IllegalArgumentException(
                        "the recordings make %d passages of %s s, and a range needs %d; try --seconds %.1f"
                                .formatted(
                                        windows,
                                        options.seconds(),
                                        TakeComparison.LEAST_WINDOWS,
                                        shorter));
            }
        }
        throw new IllegalArgumentException(
                "the recordings do not make %d passages of %.1f s, which are the fewest and shortest to compare takes with; give more of them"
                        .formatted(TakeComparison.LEAST_WINDOWS, ComparisonOptions.least(spec)));
    }

    private List<Clip> generate(Streams streams, List<Take> plan, Interruption interruption) {
        long all = comparison.samples();
        try (var bar = new ProgressLine(console, "generating")) {
            return comparison.generate(
                    streams,
                    plan,
                    done -> bar.seconds(done, all, model.spec().sampleRate()),
                    interruption::requested);
        }
    }

    private @Nullable SoundComparison compare(
            List<Take> plan,
            List<Clip> clips,
            ReferenceClips reference,
            Interruption interruption) {
        if (interruption.requested()) return null;
        int work = reference.windows().size() + reference.passages().size();
        try (var bar = new ProgressLine(console, "comparing")) {
            return comparison.compare(
                    plan,
                    clips,
                    reference,
                    done -> bar.count(done, work, "passages"),
                    interruption::requested);
        }
    }

    private void keepResult(SoundComparison result, Path file) throws IOException {
        float temperature = result.nearestTemperature();
        ModelInfo info =
                model.info()
                        .with(new SamplingDefaults(temperature))
                        .with(RecordingFacts.soundFacts(result.usual()));
        model.with(info).save(file);
        console.log("wrote", "temperature %s into %s".formatted(temperature, file));
    }

    private void save(Take take, int index, Clip clip, Recipe recipe) throws IOException {
        int number = index % comparison.takes() + 1;
        Path file = options.file(take.sampling().temperature(), number);
        if (file == null) return;
        Provenance made = recipe.of(take);
        WavWriter.save(clip, file, made);
        String title = String.valueOf(file.getFileName());
        Pictures.save(
                Pictures.waveformAndSpectrogram(clip, title, FrequencyScale.LOGARITHMIC, 1200, 600),
                TakeFile.pictureOf(file),
                made);
    }
}
