package wavenet4j.train.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

final class TorchLibrariesTest {
    @TempDir Path temporary;
    private Path lib = Path.of("");
    private Path cache = Path.of("");
    private String jni = "";

    @BeforeEach
    void install() throws IOException {
        cache = temporary.resolve("cache");
        lib = Files.createDirectories(temporary.resolve("site-packages/torch/lib"));
        jni = TorchLibraries.find(Map.of(), cache).version();
    }

    private void library(String name) throws IOException {
        Files.writeString(lib.resolve(System.mapLibraryName(name)), "");
    }

    private void says(String version, String cuda) throws IOException {
        Files.writeString(
                lib.resolveSibling("version.py"),
                """
                from typing import Optional
                __version__ = '%s'
                debug = False
                cuda: Optional[str] = %s
                """
                        .formatted(version, cuda));
    }

    private TorchLibraries find(String... more) throws IOException {
        var environment = new HashMap<String, String>();
        environment.put("PYTORCH_LIBRARY_PATH", lib.toString());
        for (String variable : more) {
            String[] parts = variable.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return TorchLibraries.find(environment, cache);
    }

    @Test
    void withoutAnInstalledPyTorchThoseOfTheBuildAreTaken() throws IOException {
        TorchLibraries found = TorchLibraries.find(Map.of("PYTORCH_LIBRARY_PATH", " "), cache);
        assertThat(found.version()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(found.installed()).isNull();
        if (!found.cuda()) assertThat(found.properties("kept")).isEmpty();
    }

    @Test
    void aPathThatLeadsNowhereIsSaidInsteadOfPassedOver() {
        assertThatThrownBy(() -> find())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("PYTORCH_LIBRARY_PATH is " + lib, "holds no libtorch");
        Path nowhere = temporary.resolve("nowhere");
        assertThatThrownBy(() ->
                        TorchLibraries.find(
                                Map.of("PYTORCH_LIBRARY_PATH", nowhere.toString()), cache))
                .hasMessageContainingAll(nowhere + ", which does not exist", "torch/lib");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.13.0+cu130", "2.10.0", "2.7.0", "1.13.1+cpu"})
    void anotherVersionIsRefusedBeforeItKillsTheProcess(String version) throws IOException {
        library("torch");
        says(version, "None");
        assertThatThrownBy(() -> find())
                .hasMessageContainingAll(
                        "is of PyTorch " + version.replaceFirst("\\+.*", ""), "takes " + jni);
        // Unless somebody built DJL's library for it.
        library("djl_torch");
        assertThat(find().version()).isEqualTo(version.replaceFirst("\\+.*", ""));
    }

    @Test
    void aLibtorchSaysItsVersionInAFileOfItsOwn() throws IOException {
        library("torch");
        Files.writeString(lib.resolveSibling("build-version"), "2.9.1+cpu\n");
        assertThatThrownBy(() -> find()).hasMessageContaining("is of PyTorch 2.9.1,");
        Files.writeString(lib.resolveSibling("build-version"), jni + "+cpu\n");
        assertThat(find()).isEqualTo(new TorchLibraries(jni, "cpu", lib, null));
    }

    @Test
    void whatNoFileSaysTheEnvironmentSays() throws IOException {
        library("torch");
        assertThatThrownBy(() -> find())
                .hasMessageContaining("set PYTORCH_VERSION, which must be " + jni);
        assertThat(find("PYTORCH_VERSION=" + jni).version()).isEqualTo(jni);
        assertThatThrownBy(() -> find("PYTORCH_VERSION=2.10.0"))
                .hasMessageContaining("is of PyTorch 2.10.0");
        says("2.10.0", "None");
        assertThatThrownBy(() -> find("PYTORCH_VERSION=" + jni))
                .hasMessageContaining("PYTORCH_VERSION is " + jni + ", but");
    }

    @Test
    void theFlavorIsThatOfTheLibraries() throws IOException {
        library("torch");
        says(jni, "None");
        assertThat(find().flavor()).isEqualTo("cpu");
        assertThat(find().properties(null))
                .isEqualTo(Map.of("PYTORCH_VERSION", jni, "PYTORCH_FLAVOR", "cpu"));
        assertThatThrownBy(() -> find("PYTORCH_FLAVOR=cu92"))
                .hasMessageContainingAll("PYTORCH_FLAVOR is cu92", "cpu");
    }

    /// The stock JNI library is for one minor version of CUDA, which is not what every PyTorch is
    /// for.
    @ParameterizedTest
    @CsvSource({"12.8", "12.6", "12.4"})
    void cudasMajorVersionDecides(String cuda) throws IOException {
        library("torch");
        library("torch_cuda");
        says(jni, "'" + cuda + "'");
        assertThat(find().flavor()).isIn("cu124", "cu128");
        says(jni, "'13.0'");
        assertThatThrownBy(() -> find()).hasMessageContaining("is for CUDA 13");
        library("djl_torch");
        assertThat(find().flavor()).isEqualTo("cu130");
    }

    @Test
    void theCudaRuntimeIsFoundWhereNvidiasPackagesHaveIt() throws IOException {
        library("torch");
        library("torch_cuda");
        says(jni, "'12.8'");
        Path nvidia =
                Files.createDirectories(temporary.resolve("site-packages/nvidia/cuda_runtime/lib"));
        Files.writeString(nvidia.resolve("libcudart.so.12"), "");
        assertThat(find().cudaRuntime()).isEqualTo(nvidia);
        assertThat(find().properties("a")).containsEntry("jna.library.path", joined("a", nvidia));
        assertThat(find().properties(null)).containsEntry("jna.library.path", nvidia.toString());
    }

    @Test
    void aCudaRuntimeWithAChecksumInItsNameGetsTheNameThatIsLookedFor() throws IOException {
        library("torch");
        library("torch_cuda");
        says(jni, "'12.8'");
        Files.writeString(lib.resolve("libcudart-9335f6a2.so.12"), "the library");
        Path folder = Objects.requireNonNull(find().cudaRuntime());
        assertThat(folder).startsWith(cache);
        assertThat(folder.resolve("libcudart.so")).hasContent("the library");
    }

    @Test
    void theCudaRuntimeInAJarIsUnpacked() throws IOException {
        Path jar = temporary.resolve("jar");
        Path libraries = Files.createDirectories(jar.resolve("pytorch/cu124/linux-x86_64"));
        Files.writeString(libraries.resolve("libcudart-9335f6a2.so.12"), "the library");
        Files.createDirectories(jar.resolve("native/lib"));
        Files.writeString(
                jar.resolve("native/lib/pytorch.properties"),
                """
                version=2.5.1-20241113
                flavor=cu124
                classifier=linux-x86_64
                libraries=libc10.so,libcudart-9335f6a2.so.12,libtorch.so
                """);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            TorchLibraries found = TorchLibraries.find(Map.of(), cache);
            Path runtime = cache.resolve("cudart-2.5.1-cu124");
            assertThat(found).isEqualTo(new TorchLibraries("2.5.1", "cu124", null, runtime));
            assertThat(runtime.resolve("libcudart.so")).hasContent("the library");
            assertThat(found.properties("a"))
                    .isEqualTo(Map.of("jna.library.path", joined("a", runtime)));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static String joined(String first, Path second) {
        return first + File.pathSeparator + second;
    }
}
