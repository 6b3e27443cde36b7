package wavenet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.cli.testing.Outcome;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/// What every command says of itself.
final class HelpTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"wavenet-sample", "wavenet-train", "wavenet-eval", "wavenet-compose"})
    void examplesAreCommandLinesThatCanBePasted(String name) {
        List<String> examples =
                Outcome.of(name, "--help")
                        .text()
                        .lines()
                        .filter(line -> line.startsWith("  " + name + " "))
                        .toList();
        assertThat(examples).hasSizeGreaterThan(3);
        for (String example : examples) {
            String[] words = example.strip().replaceFirst(" \\|.*", "").split(" ");
            var arguments = List.of(words).subList(1, words.length).toArray(String[]::new);
            assertThatCode(() -> ManualPages.commandLine(name).parseArgs(arguments))
                    .as(example)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wavenet-sample", "wavenet-train", "wavenet-eval", "wavenet-compose"})
    void defaultsAreNamed(String name) {
        assertThat(Outcome.of(name, "--help").text()).contains("default: ").doesNotContain("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wavenet-sample", "wavenet-train", "wavenet-eval", "wavenet-compose"})
    void theVersionNamesWhatRunsHere(String name) {
        Outcome outcome = Outcome.of(name, "--version");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.text())
                .containsPattern(
                        "^WaveNet4J \\d+\\.\\d+\\.\\d+[\\w-]*(, commit \\p{XDigit}+( with"
                                + " changes)?)?\\R")
                .contains("Java " + Runtime.version())
                .contains("backend reference: ready, ", "backend cpu: ", "backend nd4j: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wavenet-sample", "wavenet-train", "wavenet-eval", "wavenet-compose"})
    void theManualPageHasEveryOptionOfTheHelp(String name) {
        var page = new StringWriter();
        ManualPages.write(name, new PrintWriter(page));
        var options = Pattern.compile("(?m)^ +(?:-\\w, )?(--[a-z-]+)");
        List<String> named =
                options.matcher(Outcome.of(name, "--help").text())
                        .results()
                        .map(match -> match.group(1))
                        .toList();
        assertThat(named).contains("--help", "--version");
        assertThat(page.toString().replace("*", "")).contains(named).contains("Examples:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$Format:%h$", "1a2b3c4"})
    void sourcesWithoutARepositoryKnowTheCommitOfTheirArchive(String archived) {
        var built = new Properties();
        built.setProperty("commit", "");
        built.setProperty("changed", "false");
        built.setProperty("archived", archived);
        assertThat(Version.commit(built))
                .isEqualTo(archived.startsWith("$") ? "" : ", commit 1a2b3c4");
        built.setProperty("commit", "5d6e7f8");
        built.setProperty("changed", "true");
        assertThat(Version.commit(built)).isEqualTo(", commit 5d6e7f8 with changes");
    }

    /// The script completes in a real shell.
    @ParameterizedTest
    @ValueSource(strings = {"wavenet-sample", "wavenet-train", "wavenet-eval", "wavenet-compose"})
    void bashCompletesTheOptions(String name) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
        Path script = folder.resolve("completion");
        Files.writeString(script, Outcome.of(name, "--completion").text());
        Process bash =
                new ProcessBuilder(
                                "/bin/bash",
                                "-c",
                                "source %s; COMP_WORDS=(%s --vers); COMP_CWORD=1; COMP_LINE='%s --vers';"
                                                .formatted(script, name, name)
                                        + " COMP_POINT=${#COMP_LINE}; "
                                        + "$(complete -p %s | sed 's/.*-F \\([^ ]*\\).*/\\1/') %s --vers %s; echo \"${COMPREPLY[@]}\""
                                                .formatted(name, name, name))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        assertThat(said).contains("--version");
    }
}
