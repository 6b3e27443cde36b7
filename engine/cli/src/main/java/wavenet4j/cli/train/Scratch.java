package wavenet4j.cli.train;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// A folder that is deleted in the end, with all in it. It lies beside the program's other files
/// that can be made again, where there is more room than in that of the system.
///
/// @param folder empty at first
record Scratch(Path folder) implements Closeable {
    /// Makes one.
    static Scratch in(Path caches) throws IOException {
        Files.createDirectories(caches);
        return new Scratch(Files.createTempDirectory(caches, "dry-run-"));
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (var files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) Files.delete(file);
    }
}
