package wavenet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.cli.console.CommandLines;
import wavenet4j.cli.console.Console;
import wavenet4j.cli.testing.Outcome;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What becomes of results that cannot be printed.
final class ResultsTest {
    private record Failing(String reason) {
        Outcome of(String... args) {
            var out =
                    new OutputStream() {
                        @Override
                        public void write(int value) throws IOException {
                            throw new IOException(reason);
                        }
                    };
            var err = new ByteArrayOutputStream();
            var printed = new PrintStream(err, true, StandardCharsets.UTF_8);
            var console =
                    new Console(
                            out,
                            printed,
                            0,
                            _ -> {
                                throw new IOException("tests make no sound");
                            },
                            CommandLines.plain(args[0]));
            int status = Main.run(console, args);
            return new Outcome(status, new byte[0], err.toString(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "wavenet-sample --help",
        "wavenet-eval --help",
        "wavenet-train --help",
        "wavenet-sample --list",
        "wavenet-train --config=list"
    })
    void aFullDiskIsAnError(String command) {
        Outcome outcome = new Failing("No space left on device").of(command.split(" ", -1));
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo(
                        "%s: the standard output cannot be written (No space left on device)%n"
                                .formatted(command.replaceFirst(" .*", "")));
    }

    @Test
    void aReaderThatHasSeenEnoughIsNone() {
        String[] args = {"wavenet-sample", "--help"};
        Outcome outcome = new Failing("Broken pipe").of(args);
        assertThat(outcome.status()).as(Arrays.toString(args)).isZero();
        assertThat(outcome.err()).isEmpty();
    }
}
