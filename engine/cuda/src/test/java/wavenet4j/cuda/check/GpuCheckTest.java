package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.cuda.internal.driver.Gpu;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The lines and exit codes of the program that runs the checks.
final class GpuCheckTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final GpuCheck program =
            new GpuCheck(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private int run(String... arguments) {
        return program.run(() -> Gpu.open(Path.of("/no/libcuda.so.1"), 0), List.of(arguments));
    }

    @Test
    void withoutADriverThereIsNothingToCheck() {
        assertThat(run()).isEqualTo(GpuCheck.NO_GPU);
        assertThat(lines())
                .containsExactly(
                        "gpu-check: nothing can be checked here, as this machine has no NVIDIA"
                            + " driver (/no/libcuda.so.1); take another backend or, where it has an"
                            + " NVIDIA card, install NVIDIA's driver, version 520 (CUDA 11.8) or"
                            + " newer, and start a container with --gpus all.");
    }

    @Test
    void anUnknownCheckIsNotTakenForAMissingGpu() {
        assertThat(run("spils")).isEqualTo(GpuCheck.WRONG_USE);
        assertThat(lines().getFirst())
                .startsWith("there is no check spils; there are [spills, str");
    }

    @Test
    void listsAllChecksInTheirOrder() {
        assertThat(run("--list")).isZero();
        assertThat(lines().stream().map(line -> line.replaceFirst(":.*", "")))
                .containsExactly(
                        "spills",
                        "structures",
                        "strict",
                        "forced",
                        "bits",
                        "streams",
                        "memcheck",
                        "racecheck",
                        "speed",
                        "endurance",
                        "latencies");
    }

    /// Stands in for the checks; no test of its own, as its class name says.
    static final class Sample {
        private final TestReporter reporter;

        Sample(TestReporter reporter) {
            this.reporter = reporter;
        }

        @Test
        void good() {
            reporter.publishEntry("note", "half way");
            reporter.publishEntry("figures", "3 of 3");
        }

        @Test
        void bad() {
            fail("2 of 3");
        }

        @Test
        void absent() {
            abort("there is none");
        }
    }

    @Test
    void whereAllIsSkippedNothingWasChecked() {
        assertThat(program.execute(Sample.class, List.of("absent"))).isEqualTo(GpuCheck.NO_GPU);
    }

    @Test
    void printsALineForEachCheck() {
        assertThat(program.execute(Sample.class, List.of("good", "absent"))).isZero();
        assertThat(lines())
                .anySatisfy(line -> assertThat(line).isEqualTo("        half way"))
                .anySatisfy(line -> assertThat(line).startsWith("ok      good: 3 of 3 ("))
                .anySatisfy(line ->
                        assertThat(line).startsWith("skipped absent: ").endsWith("there is none"))
                .endsWith("1 ok, 0 failed, 1 skipped");
        assertThat(program.execute(Sample.class, List.of("bad"))).isEqualTo(GpuCheck.FAILED);
        assertThat(lines())
                .anySatisfy(line -> assertThat(line).startsWith("FAILED  bad: 2 of 3 ("));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu-check", "src/test/launcher/gpu-check"})
    void theScriptsAreShell(String script) throws IOException, InterruptedException {
        var shell =
                new ProcessBuilder(List.of("sh", "-n", script)).redirectErrorStream(true).start();
        try (var output = shell.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readAllAsString()).isEmpty();
        }
        assertThat(shell.waitFor()).isZero();
    }
}
