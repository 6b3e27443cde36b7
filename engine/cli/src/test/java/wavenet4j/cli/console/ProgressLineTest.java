package wavenet4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.audio.out.Speaker;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// What is shown of the progress, on a terminal and in a pipe.
final class ProgressLineTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private Console console(int columns) {
        return new Console(
                OutputStream.nullOutputStream(),
                new PrintStream(shown, true, StandardCharsets.UTF_8),
                columns,
                Speaker::open,
                CommandLines.plain("wavenet-train"));
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    private void waitFor(String text) throws InterruptedException {
        for (int i = 0; i < 500 && !shown().contains(text); i++) Thread.sleep(10);
        assertThat(shown()).contains(text);
    }

    @Test
    void aPipeGetsALineThoughNothingIsDone() throws InterruptedException {
        try (var progress = new ProgressLine(console(0), "training", 20, 60_000)) {
            waitFor("training   0:00");
            progress.update(0.25, "step 5 of 20", "3.2 bits");
            progress.log("a line");
            Thread.sleep(100);
        }
        assertThat(shown().lines()).containsExactly("training   0:00", "a line");
    }

    @Test
    void aPipeGetsLinesAgainAndAgain() throws InterruptedException {
        try (var progress = new ProgressLine(console(0), "training", 20, 20)) {
            progress.update(0.25, "step 5 of 20", "3.2 bits");
            waitFor("training   25 %, step 5 of 20, 0:00, 3.2 bits");
            progress.update(0.5, "step 10 of 20", "3.1 bits");
            waitFor("training   50 %, step 10 of 20, 0:00, 3.1 bits");
        }
        assertThat(shown()).doesNotContain("\r");
    }

    @Test
    void aLittleWorkInAPipeIsSilent() {
        try (var progress = new ProgressLine(console(0), "scoring")) {
            progress.count(3, 4, "passages");
        }
        assertThat(shown()).isEmpty();
    }

    /// Drawn again and again without anything being done, and never as wide as the terminal.
    @Test
    void aTerminalIsDrawnOnWithinItsWidthAndLeftClean() throws InterruptedException {
        for (int columns : List.of(20, 40, 80, 200)) {
            shown.reset();
            try (var progress = new ProgressLine(console(columns), "evaluating", 10, 10)) {
                progress.update(
                        0.5, "step 1,240 of 20,000", "2.345 bits, 12,345 samples/s, learning");
                int before = shown.size();
                waitFor("\revaluating ");
                for (int i = 0; i < 500 && shown.size() < before + 3 * columns; i++)
                    Thread.sleep(10);
                assertThat(shown.size()).isGreaterThanOrEqualTo(before + 3 * columns - 3);
                progress.log("a line");
            }
            assertThat(shown()).contains("a line" + System.lineSeparator());
            for (String part : shown().split("[\r\n]", -1)) {
                assertThat(part.length()).as(part).isLessThan(columns);
            }
            assertThat(screen()).containsExactly("a line");
        }
        assertThat(shown()).contains("[===============>              ] 50 %, step 1,240 of 20,000");
    }

    /// The lines that a terminal would show in the end.
    private List<String> screen() {
        return Stream.of(shown().split(System.lineSeparator(), -1))
                .map(line -> {
                    var row = new StringBuilder();
                    for (String part : line.split("\r", -1)) {
                        row.replace(0, Math.min(part.length(), row.length()), part);
                    }
                    return row.toString().strip();
                })
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void whatIsSaidAfterTheEndIsALine() {
        var progress = new ProgressLine(console(80), "training");
        progress.close();
        progress.close();
        shown.reset();
        progress.update(1, "step 20 of 20", "");
        progress.log("after");
        assertThat(shown()).isEqualTo("after" + System.lineSeparator());
    }
}
