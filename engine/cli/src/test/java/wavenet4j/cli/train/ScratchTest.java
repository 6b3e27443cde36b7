package wavenet4j.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class ScratchTest {
    @TempDir Path folder;

    @Test
    void isDeletedInTheEnd() throws IOException {
        Path caches = folder.resolve("caches");
        try (var scratch = Scratch.in(() -> caches, folder)) {
            assertThat(scratch.folder()).hasParent(caches);
            Files.writeString(
                    Files.createDirectory(scratch.folder().resolve("run")).resolve("a"), "a");
        }
        assertThat(caches).isEmptyDirectory();
    }

    @Test
    void liesAmongTemporaryFilesWhereTheUserHasNoHome() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        try (var scratch = Scratch.in(() -> file.resolve("caches"), folder)) {
            assertThat(scratch.folder()).hasParent(folder);
        }
        try (var scratch =
                Scratch.in(
                        () -> {
                            throw new IllegalArgumentException("no home");
                        },
                        folder)) {
            assertThat(scratch.folder()).hasParent(folder);
        }
        assertThatThrownBy(() -> Scratch.in(() -> file.resolve("caches"), file.resolve("tmp")))
                .isInstanceOf(IOException.class);
    }
}
