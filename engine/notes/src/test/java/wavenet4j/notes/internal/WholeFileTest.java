package wavenet4j.notes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.notes.ScoreException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class WholeFileTest {
    @TempDir Path folder;

    @Test
    void takesThePlaceOfTheFileThatWasThere() throws IOException {
        Path file = Files.write(folder.resolve("a.mid"), new byte[] {1, 2, 3});
        WholeFile.write(file, new byte[] {4});
        assertThat(file).hasBinaryContent(new byte[] {4});
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFolderInItsPlaceIsLeftAsItIs() throws IOException {
        Path file = Files.createDirectory(folder.resolve("a.mid"));
        Path inside = Files.write(file.resolve("b"), new byte[] {1});
        assertThatThrownBy(() -> WholeFile.write(file, new byte[] {4}))
                .isInstanceOf(ScoreException.class)
                .hasMessageStartingWith(file + ": cannot be written (")
                .hasMessageEndingWith("); make room there, or write elsewhere");
        assertThat(inside).hasBinaryContent(new byte[] {1});
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path file = folder.resolve("no/such/a.mid");
        assertThatThrownBy(() -> WholeFile.write(file, new byte[0]))
                .hasMessageContaining("there is no such folder");
    }
}
