package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

final class WholeFileTest {
    @TempDir private Path folder;

    @Test
    void theContentIsThereAndNothingElse() throws IOException {
        Path file = folder.resolve("take");
        WholeFile.write(file, out -> out.write(new byte[] {1, 2, 3}));
        assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
        WholeFile.write(file, out -> out.write(new byte[] {4}));
        assertThat(file).hasBinaryContent(new byte[] {4});
        assertThat(folder.toFile().list()).containsExactly("take");
    }

    @Test
    void theOldFileStandsUntilTheNewOneIsWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("model"), "old");
        WholeFile.write(
                file,
                out -> {
                    out.write(new byte[1 << 20]);
                    out.flush();
                    assertThat(file).hasContent("old");
                });
        assertThat(file).hasSize(1 << 20);
    }

    @Test
    void aFailureLeavesTheOldFileAndNoTemporary() throws IOException {
        Path file = Files.writeString(folder.resolve("model"), "old");
        for (var failure : new Exception[] {new IOException("disk full"), new Oddity()}) {
            assertThatThrownBy(() ->
                            WholeFile.write(
                                    file,
                                    out -> {
                                        out.write(new byte[1 << 20]);
                                        out.flush();
                                        if (failure instanceof IOException io) throw io;
                                        throw (Oddity) failure;
                                    }))
                    .isSameAs(failure);
            assertThat(file).hasContent("old");
            assertThat(folder.toFile().list()).containsExactly("model");
        }
    }

    @Test
    void theFileMayBeReadByWhoeverMayReadOthers() throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews())
                .as("this file system has no POSIX permissions")
                .contains("posix");
        Path plain = Files.createFile(folder.resolve("plain"));
        Path whole = folder.resolve("whole");
        WholeFile.write(whole, out -> out.write(1));
        assertThat(Files.getPosixFilePermissions(whole))
                .isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void aFolderInPlaceOfTheFileAndAMissingFolderAreNamed() {
        assertThatIOException()
                .isThrownBy(() -> WholeFile.write(folder, out -> out.write(1)))
                .withMessage(folder + " is a folder, so no file can be written there");
        Path lost = folder.resolve("nowhere").resolve("model");
        assertThatThrownBy(() -> WholeFile.write(lost, out -> out.write(1)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(lost + ": there is no folder " + lost.getParent());
    }

    private static final class Oddity extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
