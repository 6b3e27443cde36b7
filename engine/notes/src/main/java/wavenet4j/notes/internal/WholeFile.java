package wavenet4j.notes.internal;

import wavenet4j.notes.ScoreException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Reads and writes files whole.
public final class WholeFile {
    private WholeFile() {}

    /// The bytes of a file.
    ///
    /// @param most bytes that it may have
    /// @throws ScoreException when it is missing, is no file or has more
    public static byte[] read(Path file, int most) throws ScoreException {
        byte[] bytes = beginning(file, most + 1);
        if (bytes.length > most) {
            throw new ScoreException(
                    file,
                    "has more than %,d bytes, which no score of its kind has; check what it is"
                            .formatted(most));
        }
        return bytes;
    }

    /// The first bytes of a file; all where it has no more.
    ///
    /// @throws ScoreException when it is missing or is no file
    public static byte[] beginning(Path file, int count) throws ScoreException {
        if (Files.isDirectory(file)) {
            throw new ScoreException(file, "is a folder, not a score; name a file in it");
        }
        // Opening a pipe would wait for its writer.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new ScoreException(file, "is a pipe or a device; save the score in a file first");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(count);
        } catch (NoSuchFileException e) {
            throw new ScoreException(file, "there is no such file; check the name", e);
        } catch (AccessDeniedException e) {
            throw new ScoreException(file, "may not be read; check its permissions", e);
        } catch (IOException e) {
            throw new ScoreException(
                    file, "cannot be read (%s); copy it again".formatted(reason(e)), e);
        }
    }

    /// Writes the bytes to the file, in place of one that is there: to a hidden file in the same
    /// folder, which is then renamed.
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
