package wavenet4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// Commands as they are printed, for every way in which they are called.
final class CommandLinesTest {
    @TempDir Path folder;
    private Path bin = Path.of("");
    private Path links = Path.of("");

    @BeforeEach
    void makeCommands() throws IOException {
        bin = Files.createDirectories(folder.resolve("a tree/bin"));
        links = Files.createDirectory(folder.resolve("links"));
        Path launcher = Files.createFile(bin.resolve("launcher"));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String name : List.of("wavenet-sample", "wavenet-train")) {
            Files.createSymbolicLink(bin.resolve(name), Path.of("launcher"));
        }
    }

    private CommandLines called(Path file, Path... path) {
        return new CommandLines("wavenet-train", file, bin, List.of(path));
    }

    @Test
    void aPathIsKeptAsItWasTyped() {
        Path relative = Path.of("").toAbsolutePath().relativize(bin).resolve("wavenet-train");
        assertThat(called(relative).of("wavenet-train", "--resume", "my run"))
                .isEqualTo("'%s' --resume 'my run'".formatted(relative));
        assertThat(called(relative).of("wavenet-sample"))
                .isEqualTo("'%s'".formatted(relative.resolveSibling("wavenet-sample")));
    }

    @Test
    void aCommandOnThePathGoesByItsName() throws IOException {
        Path link =
                Files.createSymbolicLink(
                        links.resolve("wavenet-train"), bin.resolve("wavenet-train"));
        assertThat(called(link, links).of("wavenet-train", "--help"))
                .isEqualTo("wavenet-train --help");
        // The link has no brother: the other command is named where it is.
        assertThat(called(link, links).of("wavenet-sample"))
                .isEqualTo("'" + bin.resolve("wavenet-sample") + "'");
        assertThat(called(link, links, bin).of("wavenet-sample")).isEqualTo("wavenet-sample");
    }

    @Test
    void anotherProgramOfThatNameIsNotMeant() throws IOException {
        Path other = Files.createFile(links.resolve("wavenet-train"));
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(called(bin.resolve("wavenet-train"), links, bin).of("wavenet-train"))
                .isEqualTo("'" + bin.resolve("wavenet-train") + "'");
    }

    @Test
    void aLinkOfAnotherNameIsCalledByIt() throws IOException {
        Files.createSymbolicLink(links.resolve("trainer"), bin.resolve("wavenet-train"));
        assertThat(called(Path.of("trainer")).of("wavenet-train")).isEqualTo("./trainer");
        assertThat(called(links.resolve("trainer"), links).of("wavenet-train"))
                .isEqualTo("trainer");
    }

    @Test
    void withoutALauncherTheNameAloneIsKnown() {
        assertThat(CommandLines.plain("wavenet-train").of("wavenet-sample", "runs/mine"))
                .isEqualTo("wavenet-sample runs/mine");
    }

    /// What a shell makes of the quoted words is what they were.
    @Test
    void aShellReadsTheWordsBack() throws IOException, InterruptedException {
        var words =
                List.of(
                        "plain",
                        "two words",
                        "it's",
                        "$HOME",
                        "~/x",
                        "*",
                        "a=b;c",
                        "(?<d>\\d)_",
                        "",
                        "data.licence=\"it is mine\"",
                        "Fl\u00f6te");
        String line = String.join(" ", words.stream().map(CommandLines::word).toList());
        Process shell = new ProcessBuilder("sh").redirectErrorStream(true).start();
        // Not as an argument, which Java writes in the locale's encoding, such as ASCII.
        try (OutputStream script = shell.getOutputStream()) {
            script.write(("printf '%s\\n' " + line).getBytes(StandardCharsets.UTF_8));
        }
        String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        assertThat(read.lines()).containsExactlyElementsOf(words);
    }
}
