package wavenet4j.cli.sample;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The file that a take is written to until it is whole: `take.part.wav` beside `take.wav`, so that
/// an earlier take stands until then. A process that is killed leaves it.
///
/// @param part being written
/// @param whole what it becomes
record UnfinishedFile(Path part, Path whole) {
    private static final int NAMES_MOST = 1_000;

    /// Creates an empty one; where an earlier one lies, under another name.
    ///
    /// @param file what it becomes, or a link to it
    /// @throws IOException when it cannot be created
    static UnfinishedFile beside(Path file) throws IOException {
        boolean isLink = Files.isSymbolicLink(file) && Files.exists(file);
        Path whole = isLink ? file.toRealPath() : file;
        if (Files.exists(whole) && !Files.isWritable(whole)) {
            throw new AccessDeniedException(whole.toString());
        }
        String stem = String.valueOf(whole.getFileName()).replaceFirst("\\.[^.]*$", "");
        for (int n = 1; ; n++) {
            Path part = whole.resolveSibling(stem + ".part" + (n == 1 ? "" : "-" + n) + ".wav");
            try {
                return new UnfinishedFile(Files.createFile(part), whole);
            } catch (FileAlreadyExistsException e) {
                if (n == NAMES_MOST) throw e;
            }
        }
    }

    /// Puts it in its place, replacing what is there.
    void finish() throws IOException {
        Files.move(
                part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Keeps an incomplete take: in its place where there is room, else beside the earlier one.
    ///
    /// @return the file that it is in now
    Path keep() throws IOException {
        if (Files.exists(whole)) return part;
        finish();
        return whole;
    }

    /// Deletes it, as it holds nothing.
    void discard() throws IOException {
        Files.deleteIfExists(part);
    }
}
