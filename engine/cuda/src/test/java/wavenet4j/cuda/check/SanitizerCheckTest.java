package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// How the output of a sanitizer is read; a script stands in for it.
final class SanitizerCheckTest {
    @TempDir private Path folder;

    private String run(String... lines) throws IOException, InterruptedException {
        Path script = folder.resolve("sanitizer");
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return new SanitizerCheck(script.toString(), List.of("echo", SanitizerCheck.DONE))
                .run("memcheck");
    }

    @Test
    void passesWhenTheRunIsCleanAndComplete() throws IOException, InterruptedException {
        assertThat(
                        run(
                                "[ \"$1 $2 $3 $4\" = '--tool memcheck --error-exitcode 9' ] || exit"
                                        + " 3",
                                "shift 4",
                                "\"$@\"",
                                "echo '========= ERROR SUMMARY: 0 errors'"))
                .isEqualTo("ERROR SUMMARY: 0 errors");
    }

    @Test
    void failsOnErrorsAndShowsThem() {
        assertThatThrownBy(() ->
                        run(
                                "echo 'Invalid __global__ write of size 4 bytes'",
                                "echo '" + SanitizerCheck.DONE + "'",
                                "exit 9"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Invalid __global__ write of size 4 bytes");
    }

    @Test
    void failsWhenTheRunNeverEnded() {
        assertThatThrownBy(() -> run("echo '========= ERROR SUMMARY: 0 errors'"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void isSkippedWhereThereIsNoneForTheGpu() {
        assertThatThrownBy(() -> new SanitizerCheck("/no/sanitizer", List.of()).run("racecheck"))
                .isInstanceOf(TestAbortedException.class);
        assertThatThrownBy(() -> run("echo '========= Error: Device not supported.'", "exit 1"))
                .isInstanceOf(TestAbortedException.class);
    }
}
