package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.cuda.internal.driver.GpuProperties;
import wavenet4j.cuda.internal.driver.Lookup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// What is made of a sanitizer's answers; a script stands in for it.
final class SanitizerCheckTest {
    private static final CheckedGpu NO_MATTER =
            new CheckedGpu(
                    new GpuProperties("none", 90, 1, 1, 1, 12_000, true, true),
                    null,
                    (_, _) -> new Lookup.Missing<>("", ""),
                    32,
                    CheckedGpu.AS_USERS);

    @TempDir private Path folder;
    private final List<String> notes = new ArrayList<>();

    private CheckResult run(String... lines) throws IOException {
        Path script = folder.resolve("sanitizer");
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        var check =
                new SanitizerCheck(script.toString(), "memcheck", List.of("echo", ShortRun.DONE));
        return check.run(NO_MATTER, notes::add);
    }

    @Test
    void passesWhenTheRunIsCleanAndCameToItsEnd() throws IOException {
        var outcome =
                run(
                        "[ \"$1 $2 $3 $4\" = '--tool memcheck --error-exitcode 9' ] || exit 3",
                        "shift 4",
                        "\"$@\"",
                        "echo '========= ERROR SUMMARY: 0 errors'");
        assertThat(outcome).isEqualTo(new CheckResult.Passed("ERROR SUMMARY: 0 errors"));
    }

    @Test
    void failsOnErrorsAndShowsThem() throws IOException {
        var outcome =
                run(
                        "echo 'Invalid __global__ write of size 4 bytes'",
                        "echo '" + ShortRun.DONE + "'",
                        "echo '========= ERROR SUMMARY: 1 error'",
                        "exit 9");
        assertThat(outcome)
                .isEqualTo(new CheckResult.Failed("ERROR SUMMARY: 1 error, exit code 9"));
        assertThat(notes).contains("Invalid __global__ write of size 4 bytes");
    }

    @Test
    void failsWhenTheRunNeverCameToItsEnd() throws IOException {
        assertThat(run("echo '========= ERROR SUMMARY: 0 errors'"))
                .isEqualTo(
                        new CheckResult.Failed(
                                "ERROR SUMMARY: 0 errors, exit code 0, the short run did not end"));
    }

    @Test
    void isSkippedWhereThereIsNoneOrItDoesNotKnowTheCard() throws IOException {
        var none = new SanitizerCheck("/no/sanitizer", "racecheck", List.of());
        assertThat(none.run(NO_MATTER, notes::add)).isInstanceOf(CheckResult.Skipped.class);
        assertThat(run("echo '========= Error: Device not supported.'", "exit 1"))
                .isInstanceOf(CheckResult.Skipped.class);
    }
}
