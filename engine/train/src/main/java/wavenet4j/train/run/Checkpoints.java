package wavenet4j.train.run;

import wavenet4j.ModelSpec;
import wavenet4j.file.InvalidModelException;
import wavenet4j.train.checkpoint.RunFingerprint;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.event.EventLog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The checkpoints of a run, `checkpoints/step-000001000.safetensors`: the newest few. Files of
/// other names are left alone.
public final class Checkpoints {
    /// Their folder, below the run's.
    static final String FOLDER = "checkpoints";

    private static final Pattern NAME = Pattern.compile("step-(\\d{9,18})\\.safetensors");
    private static final String DAMAGED = ".damaged";

    private final Path run;
    private final ModelSpec spec;
    private final RunFingerprint fingerprint;
    private final EventLog log;
    private final int kept;

    /// @param run the run's folder
    /// @param spec of the network in training
    /// @param fingerprint of the data and the network, which a checkpoint must have
    /// @param log whose length a checkpoint notes
    /// @param kept how many checkpoints are kept
    Checkpoints(Path run, ModelSpec spec, RunFingerprint fingerprint, EventLog log, int kept) {
        this.run = run;
        this.spec = spec;
        this.fingerprint = fingerprint;
        this.log = log;
        this.kept = kept;
    }

    /// The newest checkpoint that is not damaged.
    ///
    /// @throws InvalidModelException when all are damaged, with the damage of the newest
    /// @throws IllegalArgumentException when there is none, or when it is of other data or of
    ///   another network
    public TrainingState newest() throws IOException {
        InvalidModelException damage = null;
        for (Path file : files().reversed()) {
            try {
                return TrainingState.read(file, spec, fingerprint);
            } catch (InvalidModelException e) {
                if (damage == null) damage = e; // an older one may be whole
            }
        }
        if (damage != null) throw damage;
        throw new IllegalArgumentException(run + " holds no checkpoint to go on from");
    }

    /// Deletes the checkpoint of that state.
    ///
    /// @return the checkpoint before it, or the state itself where there is no other checkpoint
    public TrainingState before(TrainingState state) throws IOException {
        if (files().size() < 2) return state;
        Files.deleteIfExists(file(state.step()));
        return newest();
    }

    /// Writes a checkpoint, whole or not at all, and deletes the oldest ones.
    ///
    /// @throws IOException when it cannot be written; earlier ones are kept
    public void write(TrainingState state) throws IOException {
        try {
            state.write(file(state.step()), fingerprint, log.force());
        } catch (IOException e) { // such as a full disk
            if (files().isEmpty()) throw e;
            throw new IOException(
                    "%s; the checkpoint before it is whole: go on with --resume %s"
                            .formatted(e.getMessage(), run),
                    e);
        }
        dropOld();
    }

    /// The checkpoints after that of the newest step that is whole, which are damaged, below the
    /// run's folder. A training sets them aside, with `.damaged` after their names.
    List<String> after(long step) throws IOException {
        return files().stream()
                .filter(file -> file.compareTo(file(step)) > 0)
                .map(file -> FOLDER + "/" + nameOf(file))
                .toList();
    }

    /// Whether a folder has checkpoints of more than a run's beginning.
    static boolean areOfATraining(Path folder) throws IOException {
        if (!Files.isDirectory(folder.resolve(FOLDER))) return false;
        return files(folder).stream().anyMatch(file -> !file.equals(file(folder, 0)));
    }

    /// Makes the folder and the log what they were when that checkpoint was written.
    void restore(long step) throws IOException {
        for (String damaged : after(step)) {
            Path file = run.resolve(damaged);
            Files.move(
                    file,
                    file.resolveSibling(nameOf(file) + DAMAGED),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        dropOld();
        log.cut(TrainingState.metricsBytes(file(step)));
    }

    private void dropOld() throws IOException {
        List<Path> all = files();
        for (Path old : all.subList(0, Math.max(0, all.size() - kept))) Files.delete(old);
    }

    private Path file(long step) {
        return file(run, step);
    }

    private static Path file(Path run, long step) {
        return run.resolve(String.format(Locale.ROOT, "%s/step-%09d.safetensors", FOLDER, step));
    }

    private List<Path> files() throws IOException {
        return files(run);
    }

    private static List<Path> files(Path run) throws IOException {
        try (var entries = Files.list(run.resolve(FOLDER))) {
            return entries.filter(entry -> NAME.matcher(nameOf(entry)).matches())
                    .sorted() // the steps are zero-padded
                    .toList();
        }
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }
}
