package wavenet4j.train.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class CudaRuntimeTest {
    @TempDir Path folder;

    @Test
    void aRuntimeIsAskedForItsCards() throws IOException, InterruptedException {
        compile("*count = 3; return 0;");
        assertThat(CudaRuntime.ask(folder)).contains(new CudaRuntime(0, "", 3));
    }

    @Test
    void aRefusalIsPassedOnInItsWords() throws IOException, InterruptedException {
        compile("return 35;");
        assertThat(CudaRuntime.ask(folder))
                .contains(new CudaRuntime(35, "CUDA driver version is insufficient", 0));
    }

    @Test
    void whatIsNoLibraryIsNoRuntime() throws IOException {
        assertThat(CudaRuntime.ask(folder)).isEmpty();
        Files.writeString(folder.resolve("libcudart.so"), "text");
        assertThat(CudaRuntime.ask(folder)).isEmpty();
    }

    /// A library with the two functions of CUDA's that are called.
    private void compile(String count) throws IOException, InterruptedException {
        Path source = folder.resolve("cudart.c");
        Files.writeString(
                source,
                """
                int cudaGetDeviceCount(int *count) { %s }
                const char *cudaGetErrorString(int error) {
                    return error == 35 ? "CUDA driver version is insufficient" : "";
                }
                """
                        .formatted(count));
        Path library = folder.resolve("libcudart.so");
        int status;
        try {
            status =
                    new ProcessBuilder(
                                    "cc",
                                    "-shared",
                                    "-fPIC",
                                    "-o",
                                    library.toString(),
                                    source.toString())
                            .inheritIO()
                            .start()
                            .waitFor();
        } catch (IOException _) {
            status = -1;
        }
        assumeTrue(status == 0, "no C compiler to stand in for CUDA with");
    }
}
