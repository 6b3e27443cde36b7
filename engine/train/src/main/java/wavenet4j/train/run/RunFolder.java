package wavenet4j.train.run;

import wavenet4j.Model;
import wavenet4j.Weights;
import wavenet4j.file.AtomicFile;
import wavenet4j.info.Licence;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.SamplingDefaults;
import wavenet4j.info.TrainingData;
import wavenet4j.info.TrainingFacts;
import wavenet4j.train.checkpoint.RunFingerprint;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.ConfigChange;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.event.EventLog;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.facts.RecordingFacts;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The folder of a training run:
///
/// - `config.yaml`, the whole configuration;
/// - `data.txt`, the path of the folder of the recordings;
/// - `corpus.txt`, which recordings were used, skipped and held out;
/// - `levels/`, the levels of the recordings, which are made again where they are missing;
/// - `metrics.jsonl`, a line for each [TrainingEvent];
/// - `previews/`, the newest few takes, see [PreviewFiles];
/// - `checkpoints/`, the newest `training.checkpointsKept` training states, see [Checkpoints];
/// - `best.safetensors`, the model with the fewest bits per sample on the held-out recordings;
/// - `.lock`, held while a training runs, see [RunLock].
///
/// Listeners of the training may write more, such as a report. Every file but the metrics, which
/// are appended to, is written whole or not at all. A process that is killed loses what came after
/// its newest checkpoint: [#lock()] makes the folder what it was then, and the training repeats the
/// steps since. Only `data.txt` names a place outside, so that the folder may be moved.
public final class RunFolder {
    /// The name of the folder in a run that holds the levels of its recordings, where these are not
    /// kept elsewhere.
    public static final String LEVELS = "levels";

    private static final String CONFIG = "config.yaml";

    /// What a run that was stopped before its beginning leaves, beside hidden files.
    private static final Set<String> BEGUN =
            Set.of(LEVELS, "corpus.txt", "data.txt", Checkpoints.FOLDER);

    /// Unfinished files of a killed process: those of [AtomicFile], and previews.
    private static final Pattern UNFINISHED =
            Pattern.compile(
                    "\\.(.+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(step-.+|real)\\.(wav|png))\\.part");

    private final Path folder;
    private final TrainConfig config;
    private final Path recordings;
    private final Dataset data;
    private final RecordingFacts facts;
    private final EventLog log;
    private final Checkpoints checkpoints;

    private RunFolder(Path folder, TrainConfig config, Path recordings, Dataset data) {
        this.folder = folder;
        this.config = config;
        this.recordings = recordings.toAbsolutePath().normalize();
        this.data = data;
        facts = RecordingFacts.of(data, config);
        log = EventLog.of(folder);
        int kept = config.training().checkpoints().kept();
        checkpoints = new Checkpoints(folder, data.spec(), RunFingerprint.of(data), log, kept);
    }

    /// Whether there is a run in that folder.
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(CONFIG));
    }

    /// Checks that a run can be begun in that folder, which need not exist.
    ///
    /// @throws IllegalArgumentException when it holds a run, or other things
    public static void requireRoom(Path folder) throws IOException {
        if (isIn(folder)) {
            throw new IllegalArgumentException(
                    "%s already holds a run; go on with it by --resume %s, or name another folder"
                            .formatted(folder, folder));
        }
        if (!Files.exists(folder)) return;
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " is a file; name a folder for the run");
        }
        List<String> others;
        try (var entries = Files.list(folder)) {
            others =
                    entries.map(entry -> entry.getFileName().toString())
                            .filter(name -> !name.startsWith(".") && !BEGUN.contains(name))
                            .sorted()
                            .toList();
        }
        if (others.isEmpty() && !Checkpoints.areOfATraining(folder)) return;
        throw new IllegalArgumentException(
                "%s holds other things and no run: %s%s; name a new folder, or an empty one"
                        .formatted(
                                folder,
                                others.isEmpty()
                                        ? Checkpoints.FOLDER
                                        : String.join(
                                                ", ",
                                                others.subList(0, Math.min(3, others.size()))),
                                others.size() > 3 ? ", ..." : ""));
    }

    /// Creates a run with random initial weights in a folder that holds none.
    ///
    /// @param recordings the folder that `data` was read from
    public static RunFolder create(Path folder, TrainConfig config, Path recordings, Dataset data)
            throws IOException {
        var fresh = Weights.initial(data.spec(), config.training().seed());
        return create(folder, config, recordings, data, fresh);
    }

    /// Creates a run in a folder that holds none.
    ///
    /// @param recordings the folder that `data` was read from
    /// @param start the initial weights, of the network of `data`
    /// @throws IllegalArgumentException when the folder holds a run, or other things
    public static RunFolder create(
            Path folder, TrainConfig config, Path recordings, Dataset data, Weights start)
            throws IOException {
        requireRoom(folder);
        Files.createDirectories(folder.resolve(Checkpoints.FOLDER));
        var run = new RunFolder(folder, config, recordings, data);
        run.writeText("corpus.txt", run.describeCorpus());
        run.writeData();
        run.checkpoints.write(TrainingState.initial(start));
        run.writeText(CONFIG, ConfigFile.text(config)); // last: it makes the folder a run
        return run;
    }

    /// Opens a run to resume it.
    ///
    /// @param config the configuration of the run, with changes that [are
    ///   allowed][ConfigChange#isAllowedInRun]; the next training writes it to the folder
    /// @param recordings the folder that `data` was read from, which may have been moved
    /// @param data the recordings of the run
    /// @throws IllegalArgumentException when the recordings, or fixed keys of the configuration,
    ///   differ from the run's
    public static RunFolder open(Path folder, TrainConfig config, Path recordings, Dataset data)
            throws IOException {
        requireOwn(folder, readConfig(folder, Map.of()), config);
        var run = new RunFolder(folder, config, recordings, data);
        run.checkpoints.newest();
        return run;
    }

    /// The configuration of a run.
    ///
    /// @param settings values by dotted key that replace its own
    /// @throws IllegalArgumentException when there is none, when it is damaged, or when a setting
    ///   is invalid or may not be changed in a run
    public static TrainConfig readConfig(Path folder, Map<String, String> settings)
            throws IOException {
        requireRun(folder);
        Path file = folder.resolve(CONFIG);
        String yaml = ConfigFile.read(file);
        TrainConfig own;
        try {
            own = TrainConfig.parseOfRun(yaml, Map.of());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
        TrainConfig changed = TrainConfig.parseOfRun(yaml, settings);
        requireOwn(folder, own, changed);
        return changed;
    }

    private static void requireRun(Path folder) {
        if (!isIn(folder)) {
            throw new IllegalArgumentException(
                    "%s is no training run: it has no config.yaml".formatted(folder));
        }
    }

    private static void requireOwn(Path folder, TrainConfig own, TrainConfig changed) {
        for (ConfigChange change : ConfigChange.between(own, changed)) {
            if (change.isAllowedInRun()) continue;
            throw new IllegalArgumentException(
                    "%s is %s in the run %s and cannot become %s: a run keeps its network, its seed and what it makes of its recordings; begin another run for that"
                            .formatted(change.key(), change.before(), folder, change.after()));
        }
    }

    /// The folder of the recordings that a run was last trained with.
    ///
    /// @throws IllegalArgumentException when it is unknown or does not exist
    public static Path readRecordings(Path folder) throws IOException {
        requireRun(folder);
        Path file = folder.resolve("data.txt");
        try {
            String path = Files.readString(file).strip();
            if (path.isEmpty()) throw new NoSuchFileException(file.toString());
            Path recordings = Path.of(path);
            if (Files.exists(recordings)) return recordings;
            throw new IllegalArgumentException(
                    "the recordings of the run %s lay in %s, where nothing is now; name their folder by --data"
                            .formatted(folder, recordings));
        } catch (NoSuchFileException | CharacterCodingException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "%s does not hold the folder of the recordings; name it by --data"
                            .formatted(file),
                    e);
        }
    }

    /// What models of the run keep of its training recordings.
    public RecordingFacts facts() {
        return facts;
    }

    /// The path of the folder.
    public Path folder() {
        return folder;
    }

    /// The file of the best model, once there is one.
    public Path best() {
        return folder.resolve("best.safetensors");
    }

    /// The step and the training time of the newest checkpoint, in words, and which newer ones are
    /// damaged.
    public String progress() throws IOException {
        TrainingState state = checkpoints.newest();
        String damaged = String.join(", ", checkpoints.after(state.step()));
        return String.format(
                Locale.ROOT,
                "step %,d, %.1f minutes so far%s",
                state.step(),
                state.seconds() / 60,
                damaged.isEmpty() ? "" : "; passed over, as damaged: " + damaged);
    }

    /// The checkpoints.
    public Checkpoints checkpoints() {
        return checkpoints;
    }

    /// The log of the run's events.
    public EventLog log() {
        return log;
    }

    /// Locks the folder against other trainings, and restores it to what it was when its newest
    /// checkpoint was written: a process that was killed may have written more.
    ///
    /// @throws IllegalStateException when another training is running there
    public RunLock lock() throws IOException {
        var channel = RunLock.acquire(folder);
        try {
            TrainingState newest = checkpoints.newest();
            return new RunLock(newest, restore(newest.step()), channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isUnfinished(Path file) {
        return UNFINISHED.matcher(String.valueOf(file.getFileName())).matches();
    }

    /// @return the events recorded until the checkpoint of that step
    private List<TrainingEvent> restore(long step) throws IOException {
        for (String name : List.of("", Checkpoints.FOLDER, PreviewFiles.FOLDER)) {
            Path in = folder.resolve(name);
            if (!Files.isDirectory(in)) continue;
            try (var files = Files.newDirectoryStream(in, RunFolder::isUnfinished)) {
                for (Path file : files) Files.delete(file);
            }
        }
        checkpoints.restore(step);
        List<TrainingEvent> events = log.read();
        new PreviewFiles(folder).dropAfter(step);
        // The log's length in the checkpoint is from before its own event.
        log.append(new TrainingEvent.Saved(step));
        writeData();
        writeText(CONFIG, ConfigFile.text(config));
        return events;
    }

    /// Writes the averaged weights of a state as the best model.
    public void writeBest(TrainingState state) throws IOException {
        var training =
                new TrainingFacts(
                        state.step(),
                        Math.round(10 * state.seconds() / 60) / 10.0,
                        Math.round(state.best().bits() * 1e4) / 1e4);
        var material =
                new TrainingData(
                        String.valueOf(recordings.getFileName()),
                        config.data().labels(),
                        data.heldOut().stream().map(EncodedRecording::name).toList());
        String licence = config.data().licence();
        var info =
                new ModelInfo(
                        config.data().preprocessing(),
                        training,
                        material,
                        RecordingFacts.soundFacts(facts.sound()),
                        facts.primes(),
                        null,
                        licence == null || licence.isBlank() ? null : new Licence(licence),
                        Map.of());
        state.model(data.spec(), info).save(best());
    }

    /// Writes the temperature that takes are drawn at by default into the best model.
    public void writeTemperature(double temperature) throws IOException {
        Model model = Model.load(best());
        model.with(model.info().with(new SamplingDefaults((float) temperature))).save(best());
    }

    private void writeData() throws IOException {
        writeText("data.txt", recordings + "\n");
    }

    private String describeCorpus() {
        var text = new StringBuilder(data.scan()).append("\nheld out\n");
        for (EncodedRecording recording : data.heldOut())
            text.append("  ").append(recording.name()).append('\n');
        return text.toString();
    }

    private void writeText(String name, String text) throws IOException {
        AtomicFile.write(
                folder.resolve(name), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
