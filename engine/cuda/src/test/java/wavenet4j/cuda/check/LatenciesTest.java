package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

import wavenet4j.cuda.NativeCompiler;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.driver.StubDriver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

final class LatenciesTest {
    private final List<String> lines = new ArrayList<>();

    @TempDir private Path folder;
    private StubDriver driver;

    @BeforeEach
    void compile() throws IOException, InterruptedException {
        driver = StubDriver.compile(folder);
        driver.reset();
    }

    private String run(String image) {
        byte[] bytes = image.getBytes(StandardCharsets.UTF_8);
        try (var gpu = driver.open()) {
            var checked =
                    new CheckedGpu(
                            gpu.properties(),
                            driver.file(),
                            (_, _) -> new Missing<>("", ""),
                            32,
                            UnaryOperator.identity());
            return new Latencies((_, _, _) ->
                    image.isEmpty() ? new Missing<>("no NVRTC", "install it") : new Found<>(bytes))
                    .run(checked, lines::add);
        }
    }

    /// A kernel that does nothing takes no time.
    @Test
    void whatWasNotMeasuredFails() {
        assertThatThrownBy(() -> run("// idle")).isInstanceOf(AssertionError.class);
        driver.assertAllGivenBack();
    }

    @Test
    void theTableHasTheKernelsTimes() throws IOException, InterruptedException {
        Path library =
                new NativeCompiler(folder).library(Path.of("src/test/c/latency.c"), List.of());
        assertThat(run("host:" + library)).isEqualTo("8 latencies measured");
        assertThat(lines)
                .contains(
                        "| tanh.approx | 21.0 | 10.5 | 20 |",
                        "| store to another block of a cluster and its wake, one way | 10.5 | 5.3 |"
                                + " 110-130 |");
        driver.set("clusters", 0);
        assertThat(run("host:" + library)).isEqualTo("7 latencies measured");
        assertThat(lines.getLast()).endsWith("one way | – | – | 110-130 |");
        driver.assertAllGivenBack();
    }

    @Test
    void withoutACompilerTheyAreSkipped() {
        assertThatThrownBy(() -> run(""))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no NVRTC; install it");
    }

    /// Where the machine has a CUDA compiler.
    @ParameterizedTest
    @ValueSource(strings = {"sm_75", "sm_90"})
    void theKernelsCompile(String architecture) throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("latency.cu"), Latencies.source());
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
                        source.toString());
        Process compiling;
        try {
            compiling = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException _) {
            assumeTrue(false, "this machine has no nvcc");
            return; // never reached
        }
        try (var output = compiling.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readAllAsString()).isEmpty();
        }
        assertThat(compiling.waitFor()).isZero();
    }
}
