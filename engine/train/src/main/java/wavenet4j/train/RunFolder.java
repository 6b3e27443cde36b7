package wavenet4j.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import wavenet4j.InvalidModelException;
import wavenet4j.Weights;
import wavenet4j.WholeFile;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
/// - `data.txt`, the folder of the recordings;
/// - `corpus.txt`, what was kept, left out and held out;
/// - `metrics.jsonl`, a line for each [TrainingEvent];
/// - `checkpoints/`, the newest few states to go on from;
/// - `best.safetensors`, the model with the fewest held-out bits per sample.
///
/// Every file but the metrics, which are appended to, is written whole or not at all.
public final class RunFolder {
    private static final int CHECKPOINTS_KEPT = 2;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final TrainConfig config;
    private final Dataset data;
    private final String fingerprint;

    private RunFolder(Path folder, TrainConfig config, Dataset data) {
        this.folder = folder;
        this.config = config;
        this.data = data;
        fingerprint = data.fingerprint();
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
        if (Files.exists(folder.resolve("config.yaml"))) {
            throw new IllegalArgumentException(
                    "%s already holds a run; go on with it by --resume %s, or name another folder"
                            .formatted(folder, folder));
        }
        Files.createDirectories(folder.resolve("checkpoints"));
        var run = new RunFolder(folder, config, data);
        run.writeText("corpus.txt", run.describeCorpus());
        run.writeText("data.txt", recordings.toAbsolutePath().normalize() + "\n");
        run.writeCheckpoint(TrainingState.initial(start));
        run.writeText("config.yaml", config.toYaml()); // last: it makes the folder a run
        return run;
    }

    /// Opens a run to go on with it.
    ///
    /// @param config the run's own, with other training settings where wanted; it is kept
    /// @param data the recordings it was begun with
    public static RunFolder open(Path folder, TrainConfig config, Dataset data) throws IOException {
        var run = new RunFolder(folder, config, data);
        long step = run.newestState().step();
        run.dropUnfinishedFiles();
        run.dropMetricsAfter(step);
        run.writeText("config.yaml", config.toYaml());
        return run;
    }

    /// The configuration of a run.
    ///
    /// @param settings values by dotted key to lay over it
    /// @throws IllegalArgumentException when there is none, when it is damaged, or when a setting
    ///   does not fit
    public static TrainConfig readConfig(Path folder, Map<String, String> settings)
            throws IOException {
        Path file = folder.resolve("config.yaml");
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(
                    "%s is no training run: it has no config.yaml".formatted(folder));
        }
        String yaml;
        try {
            yaml = Files.readString(file);
            TrainConfig.parse(yaml, Map.of());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not text in UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
        return TrainConfig.parse(yaml, settings);
    }

    /// The folder of the recordings that a run was begun with.
    public static Path readRecordings(Path folder) throws IOException {
        Path file = folder.resolve("data.txt");
        try {
            return Path.of(Files.readString(file).strip());
        } catch (NoSuchFileException | CharacterCodingException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "%s does not say where the recordings of the run are; name their folder by --data"
                            .formatted(file),
                    e);
        }
    }

    /// Where the best model is, once there is one.
    public Path best() {
        return folder.resolve("best.safetensors");
    }

    /// Keeps other trainings out of the folder until it is closed.
    ///
    /// @throws IllegalStateException when one is at work there
    Closeable lock() throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve(".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) return channel; // closing it frees the lock
        } catch (OverlappingFileLockException e) {
            // held by this very process
        }
        channel.close();
        throw new IllegalStateException(
                folder + " is being trained in already; stop that training first");
    }

    /// The newest checkpoint that is whole.
    TrainingState newestState() throws IOException {
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
    TrainingState stateBefore(TrainingState spoilt) throws IOException {
        if (checkpoints().size() < 2) return spoilt;
        Files.deleteIfExists(checkpoint(spoilt.step()));
        return newestState();
    }

    Path writeCheckpoint(TrainingState state) throws IOException {
        Path file = checkpoint(state.step());
        state.write(file, fingerprint);
        List<Path> all = checkpoints();
        for (Path old : all.subList(0, Math.max(0, all.size() - CHECKPOINTS_KEPT))) {
            Files.delete(old);
        }
        return file;
    }

    void writeBest(TrainingState state) throws IOException {
        var training = new LinkedHashMap<String, String>();
        training.put("step", Long.toString(state.step()));
        training.put("minutes", String.format(Locale.ROOT, "%.1f", state.seconds() / 60));
        training.put("heldOutBitsPerSample", String.format(Locale.ROOT, "%.4f", state.bestBits()));
        training.put("data", String.valueOf(readRecordings(folder).getFileName()));
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
                String.join("\n", data.heldOut().stream().map(Recording::name).toList()));
        state.model(data.spec(), training).save(best());
    }

    /// Appends a line to the metrics.
    void record(TrainingEvent event) {
        var line = JSON.createObjectNode();
        line.put("event", event.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        line.setAll(JSON.<ObjectNode>valueToTree(event));
        try {
            Files.writeString(
                    metrics(),
                    JSON.writeValueAsString(line) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(metrics() + " cannot be written", e);
        }
    }

    /// What a killed process was writing.
    private void dropUnfinishedFiles() throws IOException {
        for (Path in : List.of(folder, folder.resolve("checkpoints"))) {
            try (var parts = Files.newDirectoryStream(in, ".*.part")) {
                for (Path part : parts) Files.delete(part);
            }
        }
    }

    /// A run that was killed has metrics of steps that it will now make again.
    private void dropMetricsAfter(long step) throws IOException {
        if (!Files.exists(metrics())) return;
        var kept = new StringBuilder();
        for (String line : Files.readAllLines(metrics())) {
            try {
                JsonNode event = JSON.readTree(line);
                long its = event.path("step").asLong(event.path("from").asLong());
                if (its <= step) kept.append(line).append('\n');
            } catch (JsonProcessingException e) {
                break; // the line it died in
            }
        }
        writeText("metrics.jsonl", kept.toString());
    }

    private String describeCorpus() {
        var text = new StringBuilder(data.scan()).append("\nheld out\n");
        for (Recording recording : data.heldOut())
            text.append("  ").append(recording.name()).append('\n');
        return text.toString();
    }

    private Path checkpoint(long step) {
        return folder.resolve(
                String.format(Locale.ROOT, "checkpoints/step-%09d.safetensors", step));
    }

    private Path metrics() {
        return folder.resolve("metrics.jsonl");
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
        WholeFile.write(
                folder.resolve(name), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
