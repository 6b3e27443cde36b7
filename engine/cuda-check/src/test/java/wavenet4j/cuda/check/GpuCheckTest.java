package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.joining;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.cuda.EmulatedKernels;
import wavenet4j.cuda.internal.compile.KernelImages;
import wavenet4j.cuda.internal.driver.Lookup;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.driver.StubDriver;
import wavenet4j.cuda.internal.plan.Planner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The program around the checks.
final class GpuCheckTest {
    private static final String MODELS = "../cli/src/main/resources/wavenet4j/models";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(GpuCheck.Looking looking, String... arguments) {
        return GpuCheck.command(new GpuCheck(looking, new PrintWriter(out, true)))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static GpuCheck.Looking at(Path driver, KernelImages images) {
        return () -> CheckedGpu.find(driver, images, Planner.THREADS);
    }

    @Test
    void withoutADriverItSaysSoInOneSentence() {
        var looking = at(Path.of("/no/libcuda.so.1"), new EmulatedKernels());
        assertThat(run(looking, "--models", MODELS)).isEqualTo(2);
        assertThat(out)
                .hasToString(
                        "gpu-check: nothing can be checked here, as the library /no/libcuda.so.1"
                            + " cannot be loaded; install NVIDIA's driver, version 520 (CUDA 11.8)"
                            + " or newer, on a machine with an NVIDIA card.\n");
    }

    @Test
    void withoutACardOrACompilerLikewise(@TempDir Path folder)
            throws IOException, InterruptedException {
        var driver = StubDriver.compile(folder);
        KernelImages none = (_, _) -> new Missing<>("there is no NVRTC", "install it");
        assertThat(run(at(driver.file(), none))).isEqualTo(2);
        assertThat(out)
                .hasToString(
                        "gpu-check: nothing can be checked here, as there is no NVRTC; install"
                                + " it.\n");
        driver.assertAllGivenBack();
        driver.set("devices", 0);
        assertThat(run(at(driver.file(), none))).isEqualTo(2);
        assertThat(out.toString().lines().toList().getLast()).contains("CUDA_ERROR_NO_DEVICE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--bogus", "--only"})
    void wrongUseIsNotTakenForAMissingCard(String argument) {
        assertThat(run(() -> new Missing<>("", ""), argument)).isEqualTo(GpuCheck.WRONG_USE);
    }

    @Test
    void listsAllChecksWithoutACard() {
        assertThat(run(() -> new Missing<>("", ""), "--list", "--models", MODELS)).isZero();
        assertThat(out.toString().lines().map(line -> line.replaceFirst(":.*", "")))
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
                        "endurance");
    }

    @Test
    void runsTheChecksThatAreAskedForAndAnswersByItsExitCode(@TempDir Path folder)
            throws IOException, InterruptedException {
        var driver = StubDriver.compile(folder);
        // Kernels that do nothing take 64 registers all the same, and draw levels of their own.
        KernelImages idle =
                (_, _) -> new Lookup.Found<>("// idle".getBytes(StandardCharsets.US_ASCII));
        var looking = at(driver.file(), idle);
        assertThat(run(looking, "--models", MODELS, "--only", "spills", "--quick")).isZero();
        assertThat(out.toString())
                .contains("ok      spills")
                .endsWith("1 ok, 0 failed, 0 skipped\n");
        driver.set("localBytes", 8);
        assertThat(run(looking, "--models", MODELS, "--only", "spills", "--quick")).isEqualTo(1);
        assertThat(run(looking, "--models", MODELS, "--only", "spils")).isEqualTo(1);
        assertThat(err.toString())
                .contains("there is no check spils; there are spills, structures");
        driver.assertAllGivenBack();
    }

    @Test
    void theRunForTheSanitizerSaysWhenItIsDone(@TempDir Path folder)
            throws IOException, InterruptedException {
        var driver = StubDriver.compile(folder);
        KernelImages idle =
                (_, _) -> new Lookup.Found<>("// idle".getBytes(StandardCharsets.US_ASCII));
        var looking = at(driver.file(), idle);
        assertThat(run(looking, "--child")).isZero();
        assertThat(out.toString()).contains("12 layouts agree").endsWith("the short run is done\n");
        driver.failNext("cuLaunchKernelEx", 719);
        assertThat(run(looking, "--child")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu-check", "../cuda-check/src/main/launcher/gpu-check"})
    void theScriptsAreShell(String script) throws IOException, InterruptedException {
        var shell =
                new ProcessBuilder(List.of("sh", "-n", script)).redirectErrorStream(true).start();
        try (var output = shell.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.lines().collect(joining("\n"))).isEmpty();
        }
        assertThat(shell.waitFor()).isZero();
    }
}
