package wavenet4j.file;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Writes a file whole: to a temporary file beside it, then renamed over it.
public final class AtomicFile {
    private AtomicFile() {}

    /// What fills the file.
    @FunctionalInterface
    public interface Content {
        /// Writes everything; the stream is closed for it.
        void writeTo(OutputStream out) throws IOException;
    }

    /// Writes to a temporary file in the same folder, forces it to the disk and renames it over
    /// `file`. When anything fails, the temporary file is gone and `file` is as it was.
    ///
    /// @throws NoSuchFileException when there is no such folder
    public static void write(Path file, Content content) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null || Files.isDirectory(absolute)) {
            throw new IOException(file + " is a folder, so no file can be written there");
        }
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(file.toString(), null, "there is no folder " + folder);
        }
        // Files.createTempFile would leave a file that only its owner may read.
        Path temporary =
                folder.resolve("." + absolute.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (var channel =
                            FileChannel.open(
                                    temporary,
                                    StandardOpenOption.CREATE_NEW,
                                    StandardOpenOption.WRITE);
                    var out =
                            new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(
                    temporary,
                    absolute,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            boolean ofTemporary = temporary.toString().equals(e.getFile());
            throw ofTemporary ? new IOException(problem(file, reason(e)), e) : e;
        } catch (IOException e) {
            throw new IOException(problem(file, e.getMessage()), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String problem(Path file, @Nullable String reason) {
        return "%s cannot be written (%s); make room there, or write elsewhere"
                .formatted(file, reason);
    }

    private static String reason(FileSystemException e) {
        if (e instanceof AccessDeniedException) return "no permission";
        return e.getReason() == null ? "that folder takes no files" : e.getReason();
    }
}
