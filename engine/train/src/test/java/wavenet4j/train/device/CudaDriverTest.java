package wavenet4j.train.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class CudaDriverTest {
    @TempDir Path folder;

    @Test
    void aDriverReportsItsVersion() throws IOException, InterruptedException {
        assertThat(CudaDriver.query(compile("return 0;"))).contains(new CudaDriver(0, "", 12040));
    }

    @Test
    void anErrorIsReportedInCudasWords() throws IOException, InterruptedException {
        assertThat(CudaDriver.query(compile("return 100;")))
                .contains(new CudaDriver(100, "no CUDA-capable device is detected", 12040));
    }

    @Test
    void anErrorWithoutWordsIsReportedToo() throws IOException, InterruptedException {
        assertThat(CudaDriver.query(compile("return 4711;")))
                .contains(new CudaDriver(4711, "unknown error", 12040));
    }

    @Test
    void aFileThatIsNoLibraryIsNoDriver() throws IOException {
        Path library = folder.resolve("libcuda.so.1");
        assertThat(CudaDriver.query(library.toString())).isEmpty();
        Files.writeString(library, "text");
        assertThat(CudaDriver.query(library.toString())).isEmpty();
    }

    /// A library with the driver's functions that are called.
    private String compile(String init) throws IOException, InterruptedException {
        Path source = folder.resolve("cuda.c");
        Files.writeString(
                source,
                """
                int cuInit(unsigned flags) { %s }
                int cuDriverGetVersion(int *version) { *version = 12040; return 0; }
                int cuGetErrorString(int error, const char **text) {
                    *text = error == 100 ? "no CUDA-capable device is detected" : 0;
                    return *text ? 0 : 1;
                }
                """
                        .formatted(init));
        Path library = folder.resolve("libcuda.so.1");
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
        assumeTrue(status == 0, "no C compiler for a stand-in of the driver");
        return library.toString();
    }
}
