package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.cuda.NativeCompiler;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.driver.StubDriver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

final class LatenciesTest {
    private final List<String> lines = new ArrayList<>();

    private static CheckedGpu rig(StubDriver driver) {
        try (var gpu = driver.open()) {
            return new CheckedGpu(
                    gpu.properties(),
                    driver.file(),
                    (_, _) -> new Missing<>("", ""),
                    32,
                    CheckedGpu.AS_USERS);
        }
    }

    /// Kernels that do nothing on a card that is none: no time passes, and that is noticed.
    @Test
    void whatWasNotMeasuredIsNoSuccess(@TempDir Path folder)
            throws IOException, InterruptedException {
        var driver = StubDriver.compile(folder);
        byte[] idle = "// idle".getBytes(StandardCharsets.US_ASCII);
        assertThat(new Latencies((_, _, _) -> new Found<>(idle)).run(rig(driver), lines::add))
                .isFalse();
        assertThat(lines).hasSize(4 + 8).contains("| tanh.approx | 0.0 | 0.0 | 20 |");

        driver.set("clusters", 0);
        lines.clear();
        new Latencies((_, _, _) -> new Found<>(idle)).run(rig(driver), lines::add);
        assertThat(lines.getLast()).endsWith("one way | – | – | 110-130 |");
        driver.assertAllGivenBack();
    }

    @Test
    void theTableHasWhatTheKernelsSay(@TempDir Path folder)
            throws IOException, InterruptedException {
        var driver = StubDriver.compile(folder);
        Path library =
                new NativeCompiler(folder)
                        .library(Path.of("../cuda-check/src/test/c/latency.c"), List.of());
        byte[] image = ("host:" + library).getBytes(StandardCharsets.UTF_8);
        assertThat(new Latencies((_, _, _) -> new Found<>(image)).run(rig(driver), lines::add))
                .isTrue();
        assertThat(lines)
                .contains(
                        "| tanh.approx | 21.0 | 10.5 | 20 |",
                        "| store to another block of a cluster and its wake, one way | 10.5 | 5.3 |"
                                + " 110-130 |");
        driver.assertAllGivenBack();
    }

    @Test
    void withoutACompilerItSaysSo(@TempDir Path folder) throws IOException, InterruptedException {
        var driver = StubDriver.compile(folder);
        assertThat(
                        new Latencies((_, _, _) -> new Missing<>("no NVRTC", "install it"))
                                .run(rig(driver), lines::add))
                .isFalse();
        assertThat(lines).containsExactly("no NVRTC; install it");
    }

    /// Where the machine has a CUDA compiler.
    @ParameterizedTest
    @ValueSource(strings = {"sm_75", "sm_80", "sm_90"})
    void theKernelsCompile(String architecture, @TempDir Path folder)
            throws IOException, InterruptedException {
        var command =
                List.of(
                        "nvcc",
                        "-std=c++17",
                        "-arch=" + architecture,
                        "-Isrc/main/cuda",
                        "-Werror",
                        "all-warnings",
                        "-cubin",
                        "-o",
                        folder.resolve("latency.cubin").toString(),
                        "dev/latency.cu");
        Process compiling;
        try {
            compiling = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            abort("this machine has no nvcc");
            return;
        }
        try (var output = compiling.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readAllAsString()).isEmpty();
        }
        assertThat(compiling.waitFor()).isZero();
    }
}
