package wavenet4j.cuda.internal.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.cuda.NativeCompiler;
import wavenet4j.cuda.internal.driver.CudaException;
import wavenet4j.cuda.internal.driver.Lookup;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.driver.StubDriver;
import wavenet4j.cuda.internal.driver.StubLibrary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// On a stand-in for NVRTC, whose PTX is all that it was given.
final class NvrtcTest {
    @TempDir private Path folder;
    private StubLibrary stub;

    @BeforeEach
    void compileStub() throws IOException, InterruptedException {
        stub = compile(folder);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(stub.number("live_programs")).isZero();
    }

    static StubLibrary compile(Path folder) throws IOException, InterruptedException {
        return new StubLibrary(
                new NativeCompiler(folder).library(Path.of("src/test/c/nvrtc.c"), List.of()));
    }

    static <T> T found(Lookup<T> finding) {
        return switch (finding) {
            case Found<T>(var value) -> value;
            case Missing<T> missing -> throw new AssertionError(missing.toString());
        };
    }

    @Test
    void compilesTheSourceWithItsHeadersAndOptions() {
        var headers = new TreeMap<>(Map.of("a.cuh", "int a;", "b.cuh", "int b;"));
        try (var nvrtc = found(Nvrtc.find(stub.file(), Map.of()))) {
            assertThat(nvrtc.version()).isEqualTo(12_080);
            assertThat(nvrtc.compile("int µ;", headers, List.of("-std=c++17", "-DR=64")))
                    .isEqualTo(
                            """
                            source int µ;
                            header a.cuh int a;
                            header b.cuh int b;
                            option -std=c++17
                            option -DR=64
                            """
                                    .getBytes(StandardCharsets.UTF_8));
            assertThat(nvrtc.compile("int x;", Map.of(), List.of())).asString().hasLineCount(1);
        }
    }

    @Test
    void showsTheErrorsAndNotTheWarnings() {
        try (var nvrtc = found(Nvrtc.find(stub.file(), Map.of()))) {
            assertThatExceptionOfType(CudaException.class)
                    .isThrownBy(() -> nvrtc.compile("#error R is odd", Map.of(), List.of()))
                    .withMessage(
                            "compiling a kernel by NVRTC failed: NVRTC_ERROR_COMPILATION |"
                                + " kernel.cu(2): error: #error R is odd | 1 error detected in the"
                                + " compilation of \"kernel.cu\".; take another version of NVRTC,"
                                + " or report this");
        }
    }

    @Test
    void closingTwiceDoesNoHarm() {
        var nvrtc = found(Nvrtc.find(stub.file(), Map.of()));
        nvrtc.close();
        nvrtc.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> nvrtc.compile("", Map.of(), List.of()))
                .withMessage("NVRTC is closed");
    }

    @Test
    void looksAtNoOtherThanTheOneNamed() throws IOException {
        Files.createDirectories(folder.resolve("cuda/lib64"));
        Files.copy(stub.file(), folder.resolve("cuda/lib64/libnvrtc.so"));
        Path named = folder.resolve("libnvrtc.so");
        var environment = Map.of("CUDA_HOME", folder.resolve("cuda").toString());
        var missing = (Missing<Nvrtc>) Nvrtc.find(named, environment);
        assertThat(missing.reason()).isEqualTo("the library %s cannot be loaded".formatted(named));
        assertThat(missing.remedy()).contains("CUDA_HOME");
    }

    @Test
    void anotherLibraryIsNotTakenForIt() throws IOException, InterruptedException {
        Path other = StubDriver.compile(folder).file();
        var missing = (Missing<Nvrtc>) Nvrtc.find(other, Map.of());
        assertThat(missing.reason()).contains("has no function nvrtcGetErrorString");
    }

    @Test
    void takesTheToolkitThatTheEnvironmentNames() throws IOException {
        Path library = folder.resolve("cuda/lib64/libnvrtc.so.12");
        Files.createDirectories(library.resolveSibling("stubs"));
        Files.copy(stub.file(), library);
        // One that cannot be loaded is passed over.
        Files.createFile(library.resolveSibling("libnvrtc.so"));
        var toolkit = Map.of("CUDA_HOME", folder.resolve("cuda").toString());
        try (var nvrtc = found(Nvrtc.find(null, toolkit))) {
            assertThat(nvrtc.version()).isEqualTo(12_080);
        }
    }

    @Test
    void looksIntoToolkitsThenAroundThenNearLibtorch() throws IOException {
        Path home = file("home/lib64/libnvrtc.so.13");
        Path path = file("path/bin/libnvrtc.so.12");
        Path torch = file("site/torch/lib/libnvrtc-d833c4f3.so.12");
        Path pip = file("site/nvidia/cuda_nvrtc/lib/libnvrtc.so.12");
        Path pip13 = file("site/nvidia/cu13/lib/libnvrtc.so.13");
        file("site/nvidia/cu13/lib/libnvrtc.alt.so.13");
        file("site/torch/lib/libnvrtc-builtins.so");
        file("home/lib64/libnvrtc-builtins.so.13.0");
        file("home/lib64/libnvrtc_static.a");
        var environment =
                Map.of(
                        "CUDA_HOME", folder.resolve("home").toString(),
                        "CUDA_PATH", folder.resolve("path").toString(),
                        "PYTORCH_LIBRARY_PATH", folder.resolve("site/torch/lib").toString());
        assertThat(new NvrtcLocations(environment).candidates())
                .filteredOn(place -> !place.startsWith("/usr/local/"))
                .containsExactly(
                        home.toString(),
                        path.toString(),
                        "libnvrtc.so",
                        "libnvrtc.so.13",
                        "libnvrtc.so.12",
                        "libnvrtc.so.11.2",
                        torch.toString(),
                        pip.toString(),
                        pip13.toString());
        assertThat(new NvrtcLocations(Map.of("CUDA_HOME", " ", "CUDA_PATH", "a\0b")).candidates())
                .startsWith("libnvrtc.so");
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
