package wavenet4j.cli.train;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import wavenet4j.Model;
import wavenet4j.Weights;
import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.ConsoleCommand;
import wavenet4j.cli.console.Interruption;
import wavenet4j.cli.console.OptionNames;
import wavenet4j.cli.console.Outputs;
import wavenet4j.cli.console.ProgressLine;
import wavenet4j.cli.model.Models;
import wavenet4j.cli.model.Recordings;
import wavenet4j.train.RunListeners;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.LabelRule;
import wavenet4j.train.device.TrainingDevice;
import wavenet4j.train.device.TrainingMemory;
import wavenet4j.train.event.TrainingListener;
import wavenet4j.train.loop.DryRun;
import wavenet4j.train.loop.TrainingLoop;
import wavenet4j.train.report.Report;
import wavenet4j.train.run.RunFolder;
import wavenet4j.train.run.WarmStart;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `wavenet-train`: recordings in, a model out.
@Command(
        name = "wavenet-train",
        description = "Trains a model on a folder of recordings.",
        sortOptions = false,
        abbreviateSynopsis = true)
public final class TrainCommand extends ConsoleCommand {
    private static final int ANY_RATE = 16_000; // no size depends on it
    private static final String SPLIT = "data.split"; // that of a run of before is the run's own
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE",
            description =
                    "The recordings: a file, or a folder, read with all below it: WAV, FLAC, MP3,"
                        + " Ogg Vorbis, Opus, M4A, AIFF and more; demo makes a small corpus with"
                        + " Java's synthesizer (a folder of that name is ./demo).")
    private @Nullable String data;

    @ArgGroup(validate = false, order = 1, heading = "%nThe run:%n")
    private RunOptions runOptions = new RunOptions();

    static final class RunOptions {
        @Option(
                names = {"-o", "--out"},
                paramLabel = "RUN",
                description =
                        "The run's folder (default: runs/NAME-DATE). Where it holds a run with"
                                + " these very recordings and settings, that run goes on.")
        private @Nullable Path out;

        @Option(
                names = "--cache",
                paramLabel = "DIR",
                description =
                        "Where the recordings are kept ready for training, a byte a sample"
                                + " (default: in the run's folder); read again by the next"
                                + " start, and by other runs with the same settings.")
        private @Nullable Path cache;

        @Option(
                names = "--resume",
                paramLabel = "RUN",
                description =
                        "Resumes that run as if it had never stopped; --steps, --minutes and --set"
                                + " change the rest of it, --data and --labels name the places of"
                                + " its recordings and their table if they were moved.")
        private @Nullable Path resume;

        @Option(
                names = "--steps",
                paramLabel = "N",
                description = "Ends after N steps, counted from the run's beginning.")
        private @Nullable Long steps;

        @Option(
                names = "--minutes",
                paramLabel = "M",
                description =
                        "Ends after M minutes of training, those before a resume included; with"
                                + " --steps as well, whichever comes first.")
        private @Nullable Double minutes;

        @Option(
                names = "--dry-run",
                description =
                        "Prints the size of the recordings and the network, and the speed of"
                                + " training, measured on a few steps; leaves no run.")
        private boolean dryRun;

        @Option(
                names = "--report",
                paramLabel = "RUN",
                description =
                        "Only rewrites that run's report.html, which a training does at every"
                                + " evaluation.")
        private @Nullable Path report;
    }

    @ArgGroup(validate = false, order = 2, heading = "%nThe model:%n")
    private ConfigOptions configOptions = new ConfigOptions();

    static final class ConfigOptions {
        @Option(
                names = "--config",
                paramLabel = "NAME|FILE",
                description =
                        "A preset, or a YAML file with the keys that `--config list` shows;"
                                + " what it leaves out has defaults.")
        private @Nullable String config;

        @Option(
                names = "--set",
                paramLabel = "KEY=VALUE",
                description =
                        "Sets one key of the configuration, such as training.batch=4; repeat it for"
                                + " more.")
        private List<String> settings = new ArrayList<>();

        @Option(
                names = "--from",
                paramLabel = "MODEL",
                description =
                        "Starts from the weights of that model, with its network (fine-tuning): a"
                                + " bundled model's name, a .safetensors file or a run.")
        private @Nullable String from;

        @Option(
                names = "--labels",
                paramLabel = "RULE",
                description =
                        "Where labels come from: none, folders, pattern:REGEX on the path (a group"
                            + " (?<digit>..) gives labels such as digit=7), or csv:FILE (the path,"
                            + " then a column for each kind of label).")
        private @Nullable String labels;
    }

    @ArgGroup(validate = false, order = 3, heading = "%nThe device:%n")
    private DeviceOptions deviceOptions = new DeviceOptions();

    /// @param console to write to
    public TrainCommand(Console console) {
        super(console);
    }

    @Override
    protected List<String> examples() {
        return List.of(
                "--data demo --minutes 5 --out runs/demo",
                "--data ~/recordings --dry-run",
                "--data ~/recordings --minutes 60 --out runs/mine",
                "--data ~/recordings --labels folders --config digits --set batch=4",
                "--data ~/recordings --from piano --minutes 30",
                "--data ~/recordings --device gpu",
                "--resume runs/mine --minutes 120",
                "--resume runs/mine --data ~/moved/recordings",
                "--report runs/mine");
    }

    @Override
    protected List<String> remarks() {
        return List.of(
                "A GPU needs PyTorch's CUDA libraries; docs/gpu.md has the steps.",
                "Ctrl-C saves. The same command with the same --out resumes its run, and so does",
                "--resume; after a crash or a power cut, from the newest checkpoint.");
    }

    @Override
    protected @Nullable String here(String option) {
        String own = OptionNames.TRAIN.find(option);
        if (own != null) return own;
        String key = TrainConfig.keyOfOther(option);
        if (key == null) return null;
        return key.matches("[\\w.]+") ? "--set " + key + "=" : "for --set: " + key;
    }

    @Override
    protected String optionOfArguments() {
        return "--data";
    }

    @Override
    public Integer call() throws IOException {
        if ("list".equals(configOptions.config)) {
            console.print(Presets.describe());
            console.print("\nAll keys with their defaults:\n\n" + TrainConfig.defaultYaml());
            return 0;
        }
        if (runOptions.report != null) {
            console.print(Report.write(runOptions.report, console.commands()::of).toString());
            return 0;
        }
        TrainingDevice device;
        try (var _ = new ProgressLine(console, "loading PyTorch")) {
            device = deviceOptions.open(); // before the recordings, which may take long
        }
        if (runOptions.dryRun) {
            try (var scratch = Scratch.make()) {
                dryRun(plan(scratch.folder().resolve(RunFolder.LEVELS)), device, scratch);
            }
            return 0;
        }
        RunPlan plan = plan(null);
        console.log("network", plan.describeNetwork());
        console.log("device", device.describe());
        train(plan, device);
        return 0;
    }

    /// @param levels where those of the recordings are kept; null for the folder of the run
    private RunPlan plan(@Nullable Path levels) throws IOException {
        return runOptions.resume == null ? newRun(levels) : resumedRun(runOptions.resume, levels);
    }

    /// All of it is the result, and so on the output stream.
    private void dryRun(RunPlan plan, TrainingDevice device, Scratch scratch) throws IOException {
        console.print("network     " + plan.describeNetwork());
        DryRun measured;
        try (var _ = new ProgressLine(console, "measuring")) {
            Path folder = scratch.folder().resolve("run");
            measured = DryRun.of(plan.config(), plan.data(), device, folder);
        }
        console.print(new DryRunReport(plan, device.describe()).text(measured));
    }

    private void train(RunPlan plan, TrainingDevice device) throws IOException {
        RunFolder run = plan.open();
        boolean isNew = plan.start() != null;
        console.log("run", plan.folder() + (isNew ? "" : ", going on from " + run.progress()));
        console.log("report", plan.folder().resolve("report.html").toString());
        try (var progress = new TrainingConsole(console, plan)) {
            TrainingListener listeners =
                    RunListeners.of(run, plan.config(), console.commands()::of, progress);
            var loop = new TrainingLoop(plan.config(), plan.data(), device, run, listeners);
            Runnable stop =
                    () -> {
                        progress.showStopping();
                        loop.stop();
                    };
            try (var _ = new Interruption(stop)) {
                progress.showEnd(loop.run());
            }
        }
    }

    private RunPlan newRun(@Nullable Path levels) throws IOException {
        if (data == null) {
            throw usageError(
                    "--data DIR names the folder of the recordings; --data demo makes some");
        }
        Path recordings = Recordings.folder(data, console);
        Path out = runOptions.out == null ? defaultFolder(recordings) : runOptions.out;
        boolean again = RunFolder.isIn(out);
        Map<String, String> settings = settings(recordings);
        if (again)
            settings.putIfAbsent(SPLIT, RunFolder.readConfig(out, Map.of()).data().split().key());
        TrainConfig config =
                TrainConfig.parse(
                        configOptions.config == null ? "" : Presets.read(configOptions.config),
                        settings);
        Model from = configOptions.from == null ? null : Models.load(configOptions.from);
        if (from != null) config = config.withNetworkOf(from.spec());
        if (again) {
            var earlier = new EarlierRun(out, console.commands());
            String later = earlier.requireSame(config, settings.keySet());
            if (!later.isEmpty()) console.log("end", "later than before: " + later);
        } else if (!runOptions.dryRun) {
            Outputs.requireOutside("--out", out, recordings);
            RunFolder.requireRoom(out);
        }
        if (from != null) {
            say(
                    "from        %s, a network for %,d Hz, the rate that all recordings are brought to"
                            .formatted(configOptions.from, from.spec().sampleRate()));
        }
        Dataset dataset =
                read(recordings, config, levels == null ? out.resolve(RunFolder.LEVELS) : levels);
        boolean chosen = configOptions.config != null || from != null;
        if (again) return new RunPlan(out, null, chosen, recordings, config, dataset);
        long seed = config.training().seed();
        Weights start =
                from == null
                        ? Weights.initial(dataset.spec(), seed)
                        : WarmStart.from(from, dataset.spec(), seed);
        return new RunPlan(out, start, chosen, recordings, config, dataset);
    }

    private RunPlan resumedRun(Path folder, @Nullable Path levels) throws IOException {
        if (runOptions.out != null)
            throw usageError("--resume goes on in its own folder; leave --out away");
        if (configOptions.config != null || configOptions.from != null) {
            throw usageError(
                    "--resume keeps the run's configuration; --set changes single keys of it");
        }
        Path recordings =
                data == null ? RunFolder.readRecordings(folder) : Recordings.folder(data, console);
        TrainConfig config = RunFolder.readConfig(folder, settings(recordings));
        Dataset dataset =
                read(
                        recordings,
                        config,
                        levels == null ? folder.resolve(RunFolder.LEVELS) : levels);
        return new RunPlan(folder, null, true, recordings, config, dataset);
    }

    private Dataset read(Path recordings, TrainConfig config, Path levels) throws IOException {
        TrainingMemory.require(config.network().spec(ANY_RATE, List.of())); // before they are read
        Dataset dataset;
        try (var line = new ScanLine(console)) {
            dataset = Dataset.read(recordings, config, levels, line);
        }
        // Before anything that is wrong with it.
        say(dataset.scan());
        return dataset;
    }

    /// A dry run says all on the output stream.
    private void say(String line) {
        if (runOptions.dryRun) {
            console.print(line);
        } else {
            console.log(line);
        }
    }

    /// Named after the configuration, or else after the recordings.
    private Path defaultFolder(Path recordings) {
        Path named =
                configOptions.config == null
                        ? recordings.toAbsolutePath()
                        : Path.of(configOptions.config);
        Path last = named.normalize().getFileName();
        String name = last == null ? "run" : last.toString().replaceFirst("\\.ya?ml$", "");
        return Path.of("runs", name + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(DATE));
    }

    /// The options that are keys of the configuration, by key, as YAML.
    private Map<String, String> settings(Path recordings) {
        var keys = new GivenKeys();
        configOptions.settings.forEach(keys::set);
        if (runOptions.cache != null) {
            keys.giveText("data.cache", runOptions.cache.toAbsolutePath().toString());
        }
        if (configOptions.labels != null) {
            keys.giveText("data.labels", LabelRule.portable(configOptions.labels, recordings));
        }
        if (runOptions.steps != null) keys.give("training.steps", runOptions.steps.toString());
        if (runOptions.minutes != null) {
            keys.give("training.minutes", runOptions.minutes.toString());
        }
        if (runOptions.steps != null || runOptions.minutes != null) {
            keys.orElse("training.steps", "0");
            keys.orElse("training.minutes", "0");
        }
        return keys.values();
    }
}
