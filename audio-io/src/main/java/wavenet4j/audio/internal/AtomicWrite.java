package wavenet4j.audio.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Atomic creation of a file by writing a temporary one and renaming it. A power failure may lose
/// the file, since nothing is forced to disk.
public final class AtomicWrite {
    private AtomicWrite() {}

    /// Writes the content of the file.
    public interface Content {
        /// Writes everything to `part`.
        ///
        /// @throws IOException when writing fails; the target file is then left unchanged
        void writeTo(Path part) throws IOException;
    }

    /// Writes to a hidden file in the same folder and renames it to `file`.
    ///
    /// @throws IOException when the file cannot be written, with its name; an existing one is then
    ///   unchanged
    public static void write(Path file, Content content) throws IOException {
        Path name = file.getFileName();
        if (name == null) throw new IOException(file + " is not a file name");
        Path part = file.resolveSibling("." + name + ".part");
        try {
            content.writeTo(part);
            Files.move(
                    part,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException(
                    "%s cannot be written (%s); make room there, or write elsewhere"
                            .formatted(file, reason(e)),
                    e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// What went wrong, without the name of the hidden file.
    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "no permission";
            case NoSuchFileException _ -> "that folder takes no files";
            case FileSystemException named when named.getReason() != null -> named.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
