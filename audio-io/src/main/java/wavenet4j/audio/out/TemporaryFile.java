package wavenet4j.audio.out;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writing a file so that it is there whole or not at all. (The engine's own also waits for the
/// disk; this room knows no engine.)
public final class TemporaryFile {
    private TemporaryFile() {}

    /// What fills the file.
    public interface Content {
        void writeTo(Path part) throws IOException;
    }

    /// Writes to a hidden file beside `file` and renames it over that.
    public static void write(Path file, Content content) throws IOException {
        Path name = file.getFileName();
        if (name == null) throw new IOException(file + " is no name of a file");
        Path part = file.resolveSibling("." + name + ".part");
        try {
            content.writeTo(part);
            Files.move(
                    part,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
