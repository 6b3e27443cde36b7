package wavenet4j.cli.eval;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.ConsoleCommand;
import wavenet4j.cli.console.Interruption;
import wavenet4j.cli.console.JsonFile;
import wavenet4j.cli.console.OptionNames;
import wavenet4j.cli.console.ProgressLine;
import wavenet4j.cli.model.BackendOptions;
import wavenet4j.cli.model.ModelList;
import wavenet4j.cli.model.Models;
import wavenet4j.cli.model.Recordings;
import wavenet4j.cli.scores.ScoreOptions;
import wavenet4j.cli.scores.ScoreReport;
import wavenet4j.info.TrainingFacts;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.data.LabelRule;
import wavenet4j.train.evaluation.EvaluationSet;
import wavenet4j.train.evaluation.Evaluator;
import wavenet4j.train.evaluation.NegativeLogLikelihood;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// `wavenet-eval`: bits per sample of recordings under a model, or how far the sound of its takes
/// is from theirs; or, without a model, what scores hold.
@Command(
        name = "wavenet-eval",
        description = {
            "Measures a model on recordings: bits per sample, by file and in all.",
            "",
            "Fewer is better; 256 equally likely levels have 8. The second column is bits per"
                + " sample of 16 bits, by which models with other levels can be compared: a level"
                + " of several 16-bit values costs what it takes to tell them apart on top. The"
                + " recordings are fed through the generator that makes takes, and treated as"
                + " training treated its own. Scored are the samples whose whole context is real"
                + " audio, and all of them where the model was trained with silence before each"
                + " recording.",
            "",
            "With --takes, it makes takes instead and tells whether they sound like the recordings:"
                + " level, silence, dynamics, brightness, noise and crackle beside the recordings'"
                + " own, and a distance beside that of the recordings from one another.",
            "",
            "With --scores, it takes no model and tells what MIDI and MusicXML files hold.%n"
        },
        sortOptions = false,
        abbreviateSynopsis = true)
public final class EvalCommand extends ConsoleCommand {
    private static final Set<String> OF_SCORES =
            Set.of("--scores", "--bits", "--json", "--verbose");

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MODEL",
            description =
                    "A bundled model's name, a .safetensors file, or the folder of a training"
                            + " run, of which the best model is taken.")
    private @Nullable String model;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The folder of the recordings, read with all below it; demo is that of"
                            + " wavenet-train.")
    private @Nullable String data;

    @Option(
            names = "--held-out",
            description =
                    "Scores only the recordings that the model's file names as held out from"
                            + " training.")
    private boolean heldOut;

    @Option(
            names = "--labels",
            paramLabel = "RULE",
            description =
                    "Where labels come from: none, folders, pattern:REGEX or csv:FILE (default: as"
                            + " in training).")
    private @Nullable String labels;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "With --takes or --scores: writes all numbers, those of each take too, as"
                            + " JSON.")
    private @Nullable Path json;

    @ArgGroup(
            exclusive = false,
            order = 1,
            heading =
                    "%nComparing the sound of takes with the recordings, instead of scoring"
                            + " these:%n")
    private @Nullable ComparisonOptions comparison;

    @ArgGroup(exclusive = false, order = 3, heading = "%nMeasuring scores, without a model:%n")
    private @Nullable ScoreOptions scores;

    @Spec private CommandSpec spec = CommandSpec.create();

    @ArgGroup(validate = false, order = 2, heading = "%nWhat computes:%n")
    private BackendOptions backend = new BackendOptions();

    /// @param console to write to
    public EvalCommand(Console console) {
        super(console);
    }

    @Override
    protected List<String> examples() {
        return List.of(
                "runs/demo --data demo --held-out",
                "piano --data demo",
                "runs/demo --data demo --takes 16 --seconds 5 --out takes",
                "runs/demo --data demo --takes 10 --seconds 5 --temperature 0.9,1,1.1"
                        + " --keep-temperature",
                "--scores ~/tunes --bits");
    }

    @Override
    protected List<String> remarks() {
        return List.of(
                "runs/demo is what this makes: "
                        + console.commands()
                                .of("wavenet-train", "--data", "demo", "--out", "runs/demo"));
    }

    @Override
    protected @Nullable String here(String option) {
        return OptionNames.EVAL.find(option);
    }

    @Override
    public Integer call() throws IOException {
        if (scores != null) {
            requireOptionsOfScores();
            new ScoreReport(scores, jsonFile(), console).run();
            return 0;
        }
        if (model == null) throw usageError("there is no MODEL; name one, or --scores DIR");
        if (data == null) throw usageError("--data is missing; name the folder of recordings");
        if (json != null && comparison == null) {
            throw usageError("--json goes with --takes or --scores; leave it out");
        }
        return measure(model, data);
    }

    private void requireOptionsOfScores() {
        if (model != null) {
            throw usageError("--scores takes no MODEL; leave out %s, or --scores".formatted(model));
        }
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (OF_SCORES.contains(option.longestName())) continue;
            throw usageError(
                    "--scores does not go with %s, which is for a MODEL; leave it out"
                            .formatted(option.longestName()));
        }
    }

    private @Nullable JsonFile jsonFile() {
        return json == null ? null : new JsonFile(json);
    }

    private int measure(String model, String data) throws IOException {
        Model net = Models.load(model);
        console.log("model", ModelList.line(model, net));
        Path recordings = Recordings.folder(data, console);
        var comparer =
                comparison == null
                        ? null
                        : new ComparisonRunner(
                                model, net, recordings, comparison, jsonFile(), console);
        EvaluationSet set = read(net, recordings);
        if (!set.scan().isEmpty()) console.log(set.scan());
        for (String note : set.notes()) console.log("note", note);
        if (comparer != null) return comparer.run(set.recordings(), backend) ? 0 : 1;
        try (Generator generator = backend.open(net, console);
                var interruption = new Interruption()) {
            evaluate(set.recordings(), generator, interruption);
        }
        TrainingFacts training = net.info().training();
        if (heldOut && training != null) {
            console.log(
                    "note",
                    "training measured %.4f on windows of these files"
                            .formatted(training.heldOutBitsPerSample()));
        }
        return 0;
    }

    private EvaluationSet read(Model net, Path recordings) throws IOException {
        String rule = labels == null ? null : LabelRule.portable(labels, recordings);
        return heldOut
                ? EvaluationSet.readHeldOut(recordings, net, rule)
                : EvaluationSet.read(recordings, net, rule);
    }

    private void evaluate(
            List<EncodedRecording> recordings, Generator generator, Interruption interruption) {
        int rate = generator.model().spec().sampleRate();
        var evaluator = new Evaluator(generator);
        var total = NegativeLogLikelihood.NONE;
        long done = 0;
        console.print("%10s %10s %9s  %s".formatted("bits", "of 16 bits", "seconds", "file"));
        long all = recordings.stream().mapToLong(recording -> recording.levels().length()).sum();
        try (var bar = new ProgressLine(console, "scoring")) {
            for (EncodedRecording recording : recordings) {
                long before = done;
                NegativeLogLikelihood likelihood =
                        evaluator.evaluate(
                                recording,
                                t -> bar.seconds(before + t, all, rate),
                                interruption::requested);
                if (interruption.requested()) break;
                done += recording.levels().length();
                total = total.plus(likelihood);
                console.print(row(likelihood, rate, recording.name()));
            }
        }
        String name = interruption.requested() ? "scored before the interruption" : "in all";
        if (total.samples() > 0) console.print(row(total, rate, name));
    }

    private static String row(NegativeLogLikelihood likelihood, int rate, String name) {
        return "%10.4f %10.4f %9.2f  %s"
                .formatted(
                        likelihood.bitsPerSample(),
                        likelihood.bitsPer16BitSample(),
                        (double) likelihood.samples() / rate,
                        name);
    }
}
