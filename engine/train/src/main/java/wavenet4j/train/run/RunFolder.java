package wavenet4j.train.run;

import wavenet4j.Weights;
import wavenet4j.file.AtomicFile;
import wavenet4j.file.InvalidModelException;
import wavenet4j.train.checkpoint.RunFingerprint;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.ConfigChange;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.event.EventLog;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.loop.Previews;
import wavenet4j.train.report.Metrics;
import wavenet4j.train.report.Report;
import wavenet4j.train.tensorboard.TensorBoard;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The folder of a training run:
///
/// - `config.yaml`, the whole configuration;
/// - `data.txt`, where the folder of the recordings was last;
/// - `corpus.txt`, what was kept, left out and held out;
/// - `metrics.jsonl`, a line for each [TrainingEvent];
/// - `events.out.tfevents.*`, the same for TensorBoard, with the takes;
/// - `previews/`, the newest few takes of the network while it learned, beside a real excerpt;
/// - `checkpoints/`, the newest `training.checkpointsKept` states to go on from;
/// - `best.safetensors`, the model with the fewest held-out bits per sample;
/// - `report.html`, the [Report] of all that.
///
/// Every file but the metrics and TensorBoard's, which are appended to, is written whole or not at
/// all. A process that is killed loses what came after its newest checkpoint: the next one makes
/// the folder what it was then ([#lock()]), and makes the steps since then again, to the same end.
/// Only `data.txt` names a place outside, so that the folder may be moved.
public final class RunFolder {
    private static final String CONFIG = "config.yaml";

    private final Path folder;
    private final TrainConfig config;
    private final Path recordings;
    private final Dataset data;
    private final RunFingerprint fingerprint;
    private final EventLog log;
    private final TensorBoard tensorBoard;
    private Metrics metrics = new Metrics();

    private RunFolder(Path folder, TrainConfig config, Path recordings, Dataset data) {
        this.folder = folder;
        this.config = config;
        this.recordings = recordings.toAbsolutePath().normalize();
        this.data = data;
        fingerprint = RunFingerprint.of(data);
        log = EventLog.of(folder);
        tensorBoard = new TensorBoard(folder);
    }

    /// Whether there is a run in that folder.
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(CONFIG));
    }

    /// Begins a run from fresh weights in a folder that holds none yet.
    ///
    /// @param recordings the folder that `data` was read from
    public static RunFolder create(Path folder, TrainConfig config, Path recordings, Dataset data)
            throws IOException {
        var fresh = Weights.initial(data.spec(), config.training().seed());
        return create(folder, config, recordings, data, fresh);
    }

    /// Begins a run in a folder that holds none yet.
    ///
    /// @param recordings the folder that `data` was read from
    /// @param start the weights to begin with, of the network that `data` asks for
    public static RunFolder create(
            Path folder, TrainConfig config, Path recordings, Dataset data, Weights start)
            throws IOException {
        if (isIn(folder)) {
            throw new IllegalArgumentException(
                    "%s already holds a run; go on with it by --resume %s, or name another folder"
                            .formatted(folder, folder));
        }
        Files.createDirectories(folder.resolve("checkpoints"));
        var run = new RunFolder(folder, config, recordings, data);
        run.writeText("corpus.txt", run.describeCorpus());
        run.writeData();
        run.writeCheckpoint(TrainingState.initial(start));
        run.writeText(CONFIG, config.toYaml()); // last: it makes the folder a run
        return run;
    }

    /// Opens a run to go on with it.
    ///
    /// @param config the run's own, with changes that [may be made][ConfigChange#mayBeMade] where
    ///   wanted; it is kept from the next training on
    /// @param recordings the folder that `data` was read from; it need not be where it was
    /// @param data the recordings it was begun with
    /// @throws IllegalArgumentException when they are not those, or the configuration is another
    public static RunFolder open(Path folder, TrainConfig config, Path recordings, Dataset data)
            throws IOException {
        requireOwn(folder, readConfig(folder, Map.of()), config);
        var run = new RunFolder(folder, config, recordings, data);
        run.newestState();
        return run;
    }

    /// The configuration of a run.
    ///
    /// @param settings values by dotted key to lay over it
    /// @throws IllegalArgumentException when there is none, when it is damaged, or when a setting
    ///   does not fit or may not be changed in a run
    public static TrainConfig readConfig(Path folder, Map<String, String> settings)
            throws IOException {
        requireRun(folder);
        Path file = folder.resolve(CONFIG);
        String yaml;
        TrainConfig own;
        try {
            yaml = Files.readString(file);
            own = TrainConfig.parse(yaml, Map.of());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not text in UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
        TrainConfig changed = TrainConfig.parse(yaml, settings);
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
            if (change.mayBeMade()) continue;
            throw new IllegalArgumentException(
                    "%s is %s in the run %s and cannot become %s: a run keeps its network, its seed and what it makes of its recordings; begin another run for that"
                            .formatted(change.key(), change.there(), folder, change.here()));
        }
    }

    /// The folder of the recordings that a run was last trained with.
    ///
    /// @throws IllegalArgumentException when that is not known, or not there
    public static Path readRecordings(Path folder) throws IOException {
        requireRun(folder);
        Path file = folder.resolve("data.txt");
        try {
            Path recordings = Path.of(Files.readString(file).strip());
            if (Files.exists(recordings)) return recordings;
            throw new IllegalArgumentException(
                    "the recordings of the run %s lay in %s, where nothing is now; name their folder by --data"
                            .formatted(folder, recordings));
        } catch (NoSuchFileException | CharacterCodingException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "%s does not say where the recordings of the run are; name their folder by --data"
                            .formatted(file),
                    e);
        }
    }

    /// The folder itself.
    public Path folder() {
        return folder;
    }

    /// Where the best model is, once there is one.
    public Path best() {
        return folder.resolve("best.safetensors");
    }

    /// How far its newest checkpoint is, in words.
    public String progress() throws IOException {
        TrainingState state = newestState();
        return String.format(
                Locale.ROOT, "step %,d, %.1f minutes so far", state.step(), state.seconds() / 60);
    }

    /// The right to train in a folder, until it is closed.
    ///
    /// @param newest the state of its newest checkpoint, to go on from
    /// @param events what was recorded until then
    public record Lock(TrainingState newest, List<TrainingEvent> events, FileChannel channel)
            implements Closeable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /// Keeps other trainings out of the folder, and makes it what it was when its newest checkpoint
    /// was written.
    ///
    /// @throws IllegalStateException when another training is at work there
    public Lock lock() throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve(".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            if (!isFree(channel)) {
                throw new IllegalStateException(
                        folder + " is being trained in already; stop that training first");
            }
            TrainingState newest = newestState();
            return new Lock(newest, restore(newest.step()), channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isFree(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        }
    }

    private List<TrainingEvent> restore(long step) throws IOException {
        for (String name : List.of("", "checkpoints", Previews.FOLDER)) {
            Path in = folder.resolve(name);
            if (!Files.isDirectory(in)) continue;
            try (var parts = Files.newDirectoryStream(in, ".*.part")) {
                for (Path part : parts) Files.delete(part); // what a killed process was writing
            }
        }
        for (Path newer : checkpoints()) {
            if (newer.compareTo(checkpoint(step)) > 0) Files.delete(newer); // it is damaged
        }
        dropOldCheckpoints();
        log.cut(TrainingState.metricsBytes(checkpoint(step)));
        List<TrainingEvent> events = log.read();
        metrics = Metrics.of(events);
        Previews.dropAfter(step, folder);
        tensorBoard.goOnFrom(step);
        record(new TrainingEvent.Saved(step)); // it may have been killed before it said so
        writeData();
        writeText(CONFIG, config.toYaml());
        return events;
    }

    /// The newest checkpoint that is whole.
    public TrainingState newestState() throws IOException {
        InvalidModelException damage = null;
        for (Path file : checkpoints().reversed()) {
            try {
                return TrainingState.read(file, data.spec(), fingerprint);
            } catch (InvalidModelException e) {
                if (damage == null) damage = e; // an older one may be whole
            }
        }
        if (damage != null) throw damage;
        throw new IllegalArgumentException(folder + " holds no checkpoint to go on from");
    }

    /// Gives up the checkpoint of that state and goes back to the one before, where there is one.
    public TrainingState stateBefore(TrainingState spoilt) throws IOException {
        if (checkpoints().size() < 2) return spoilt;
        Files.deleteIfExists(checkpoint(spoilt.step()));
        return newestState();
    }

    public void writeCheckpoint(TrainingState state) throws IOException {
        try {
            state.write(checkpoint(state.step()), fingerprint, log.force());
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) { // such as a full disk
            if (checkpoints().isEmpty()) throw e;
            throw new IOException(
                    "%s; the checkpoint before it is whole: when there is room, go on with --resume %s"
                            .formatted(e.getMessage(), folder),
                    e);
        }
        dropOldCheckpoints();
    }

    private void dropOldCheckpoints() throws IOException {
        List<Path> all = checkpoints();
        int kept = config.training().checkpointsKept();
        for (Path old : all.subList(0, Math.max(0, all.size() - kept))) Files.delete(old);
    }

    public void writeBest(TrainingState state) throws IOException {
        var training = new LinkedHashMap<String, String>();
        training.put("step", Long.toString(state.step()));
        training.put("minutes", String.format(Locale.ROOT, "%.1f", state.seconds() / 60));
        training.put(
                "heldOutBitsPerSample", String.format(Locale.ROOT, "%.4f", state.best().bits()));
        training.put("data", String.valueOf(recordings.getFileName()));
        // What whoever scores the model must make of recordings, too.
        training.put("labels", config.data().labels());
        training.put("leadIn", Boolean.toString(config.data().leadIn()));
        training.put("tailSeconds", Double.toString(config.data().tailSeconds()));
        training.put("normalize", Boolean.toString(config.data().normalize()));
        String licence = config.data().licence();
        if (licence != null) training.put("licence", licence);
        Double trim = config.data().trimDb();
        if (trim != null) training.put("trimDb", trim.toString());
        training.put(
                "heldOut",
                String.join("\n", data.heldOut().stream().map(EncodedRecording::name).toList()));
        state.model(data.spec(), training).save(best());
    }

    /// Appends a line to the metrics, and what TensorBoard shows to its own file.
    public void record(TrainingEvent event) {
        try {
            log.append(event);
            tensorBoard.record(event);
        } catch (IOException e) {
            throw new UncheckedIOException("the metrics in " + folder + " cannot be written", e);
        }
        metrics.add(event);
    }

    public void writeReport() throws IOException {
        Report.write(folder, config, metrics);
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

    private Path checkpoint(long step) {
        return folder.resolve(
                String.format(Locale.ROOT, "checkpoints/step-%09d.safetensors", step));
    }

    private List<Path> checkpoints() throws IOException {
        var files = new ArrayList<Path>();
        try (var entries =
                Files.newDirectoryStream(folder.resolve("checkpoints"), "step-*.safetensors")) {
            entries.forEach(files::add);
        }
        files.sort(null); // the steps are zero-padded
        return files;
    }

    private void writeText(String name, String text) throws IOException {
        AtomicFile.write(
                folder.resolve(name), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
