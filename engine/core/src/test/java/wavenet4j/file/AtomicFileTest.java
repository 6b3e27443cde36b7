package wavenet4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

final class AtomicFileTest {
    @TempDir private Path folder;

    @Test
    void theContentIsThereAndNothingElse() throws IOException {
        Path file = folder.resolve("take");
        AtomicFile.write(file, out -> out.write(new byte[] {1, 2, 3}));
        assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
        AtomicFile.write(file, out -> out.write(new byte[] {4}));
        assertThat(file).hasBinaryContent(new byte[] {4});
        assertThat(folder.toFile().list()).containsExactly("take");
    }

    @Test
    void theOldFileStandsUntilTheNewOneIsWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("model"), "old");
        AtomicFile.write(
                file,
                out -> {
                    out.write(new byte[1 << 20]);
                    out.flush();
                    assertThat(file).hasContent("old");
                });
        assertThat(file).hasSize(1 << 20);
    }

    @Test
    void aFailureNamesTheFileAndLeavesTheOldOneAndNoTemporary() throws IOException {
        Path file = Files.writeString(folder.resolve("model"), "old");
        requireAsItWas(file, new IOException("No space left on device"))
                .hasMessage(
                        file
                                + " cannot be written (No space left on device); make room there,"
                                + " or write elsewhere");
        var named = new AccessDeniedException("names a file itself");
        requireAsItWas(file, named).isSameAs(named);
        var odd = new Oddity();
        requireAsItWas(file, odd).isSameAs(odd);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> requireAsItWas(
            Path file, Exception failure) {
        var thrown =
                assertThatThrownBy(() ->
                        AtomicFile.write(
                                file,
                                out -> {
                                    out.write(new byte[1 << 20]);
                                    out.flush();
                                    if (failure instanceof IOException io) throw io;
                                    throw (Oddity) failure;
                                }));
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("model");
        return thrown;
    }

    @Test
    void theFileMayBeReadByWhoeverMayReadOthers() throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews())
                .as("this file system has no POSIX permissions")
                .contains("posix");
        Path plain = Files.createFile(folder.resolve("plain"));
        Path whole = folder.resolve("whole");
        AtomicFile.write(whole, out -> out.write(1));
        assertThat(Files.getPosixFilePermissions(whole))
                .isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void aFolderInPlaceOfTheFileAndAMissingFolderAreNamed() {
        assertThatIOException()
                .isThrownBy(() -> AtomicFile.write(folder, out -> out.write(1)))
                .withMessage(folder + " is a folder, so no file can be written there");
        Path lost = folder.resolve("nowhere").resolve("model");
        assertThatThrownBy(() -> AtomicFile.write(lost, out -> out.write(1)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(lost + ": there is no folder " + lost.getParent());
    }

    private static final class Oddity extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
