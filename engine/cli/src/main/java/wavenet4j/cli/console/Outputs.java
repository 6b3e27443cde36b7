package wavenet4j.cli.console;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What is said of files that cannot, or must not, be written.
public final class Outputs {
    private Outputs() {}

    /// An error that names the file and the remedy.
    public static IOException unwritable(Path file, IOException cause) {
        return new IOException(
                "%s cannot be written (%s); make room there, or name another place"
                        .formatted(file, reason(cause)),
                cause);
    }

    /// Likewise for the standard output.
    public static IOException unwritable(IOException cause) {
        return new IOException(
                "the standard output cannot be written (%s)".formatted(reason(cause)), cause);
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ -> "no permission";
            case NoSuchFileException _ -> "that folder takes no files";
            case FileSystemException named when named.getReason() != null -> named.getReason();
            default -> String.valueOf(cause.getMessage());
        };
    }

    /// Refuses to write over what is read. Links are followed: they may lead to the same file.
    ///
    /// @param option that names the output
    /// @param what the input is, such as "the model"
    /// @throws IllegalArgumentException when the two are one file
    public static void requireOther(String option, Path written, String what, Path input)
            throws IOException {
        if (!Files.exists(written) || !Files.exists(input) || !Files.isSameFile(written, input)) {
            return;
        }
        throw new IllegalArgumentException(
                "%s would overwrite %s, %s%s; name another file"
                        .formatted(
                                option,
                                what,
                                input,
                                written.equals(input) ? "" : ", which is " + written + " too"));
    }

    /// Refuses to write among the recordings, where later calls would take it for one of them.
    ///
    /// @param option that names the output
    /// @throws IllegalArgumentException when the folder is that of the recordings, or in it
    public static void requireOutside(String option, Path folder, Path recordings)
            throws IOException {
        if (!Files.isDirectory(recordings)) return;
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) there = there.getParent();
        if (there.toRealPath().startsWith(recordings.toRealPath())) {
            throw new IllegalArgumentException(
                    "%s %s lies in the folder of the recordings, %s, and its sounds would count as recordings; name a folder outside"
                            .formatted(option, folder, recordings));
        }
    }
}
