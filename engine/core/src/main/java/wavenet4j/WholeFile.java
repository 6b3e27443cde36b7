package wavenet4j;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writing a file so that it is there whole or not at all, whatever interrupts.
public final class WholeFile {
    private WholeFile() {}

    /// What fills the file.
    @FunctionalInterface
    public interface Content {
        /// Writes everything; the stream is closed for it.
        void writeTo(OutputStream out) throws IOException;
    }

    /// Writes to a temporary file in the same folder, forces it to the disk and renames it over
    /// `file`.
    public static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".part");
        try {
            try (var raw = new FileOutputStream(temporary.toFile());
                    var out = new BufferedOutputStream(raw, 1 << 16)) {
                content.writeTo(out);
                out.flush();
                raw.getFD().sync();
            }
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
