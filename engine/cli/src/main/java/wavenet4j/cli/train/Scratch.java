package wavenet4j.cli.train;

import wavenet4j.cli.console.Interruption;
import wavenet4j.cli.model.Caches;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/// A folder that is deleted in the end, also by Ctrl-C, with all in it. It lies beside the
/// program's other files that can be made again, where there is more room than in that of the
/// system; in the latter where the user has no home that can be written.
final class Scratch implements Closeable {
    private final Path folder;
    private final Interruption interruption;

    private Scratch(Path folder) {
        this.folder = folder;
        interruption = new Interruption(this::discard, 0);
    }

    /// Makes one.
    static Scratch make() throws IOException {
        return in(Caches::folder, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /// Makes one in the first of two folders that can be written.
    static Scratch in(Supplier<Path> caches, Path temporary) throws IOException {
        try {
            return in(caches.get());
        } catch (IOException | IllegalArgumentException e) {
            try {
                return in(temporary);
            } catch (IOException other) {
                e.addSuppressed(other);
                throw e;
            }
        }
    }

    private static Scratch in(Path parent) throws IOException {
        Files.createDirectories(parent);
        return new Scratch(Files.createTempDirectory(parent, "dry-run-"));
    }

    /// Its path; the folder is empty at first.
    Path folder() {
        return folder;
    }

    private void discard() {
        try {
            delete();
        } catch (IOException _) {
            // Something was just being written; what was large is gone.
        }
    }

    private void delete() throws IOException {
        List<Path> all;
        try (var files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        IOException failed = null;
        for (Path file : all) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                failed = e;
            }
        }
        if (failed != null) throw failed;
    }

    @Override
    public void close() throws IOException {
        interruption.close();
        if (Files.exists(folder)) delete();
    }
}
