package wavenet4j.notes.internal;

import wavenet4j.notes.ScoreException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes a file whole or not at all: to a hidden file in the same folder, which is then renamed.
public final class WholeFile {
    private WholeFile() {}

    /// Writes the bytes to the file, in place of one that is there.
    ///
    /// @throws ScoreException when it cannot be written; one that was there is then unchanged
    public static void write(Path file, byte[] bytes) throws ScoreException {
        Path name = file.getFileName();
        if (name == null) throw new ScoreException(file, "is no file name; add one");
        Path part = file.resolveSibling("." + name + ".part");
        try {
            try {
                Files.write(part, bytes);
                Files.move(
                        part,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new ScoreException(
                    file,
                    "cannot be written (%s); make room there, or write elsewhere"
                            .formatted(reason(e)),
                    e);
        }
    }

    /// What went wrong, without the name of the hidden file.
    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "no permission";
            case NoSuchFileException _ -> "there is no such folder";
            case FileSystemException named when named.getReason() != null -> named.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
