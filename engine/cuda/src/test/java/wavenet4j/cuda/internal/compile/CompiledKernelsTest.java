package wavenet4j.cuda.internal.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.cuda.internal.driver.GpuProperties;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.plan.Layout;
import wavenet4j.cuda.internal.plan.Planner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

final class CompiledKernelsTest {
    private static final GpuProperties CARD = PrecompiledFiles.CARDS.getFirst();

    @TempDir private Path folder;

    /// The medium shape's, in blocks of so many threads.
    private static Layout layout(int threads) {
        var planner = new Planner(CARD, threads);
        return NvrtcTest.found(planner.plan(PrecompiledFiles.medium(), false, 1)).layout();
    }

    @Test
    void takesAReadyMadeKernelWhereThereIsOne() {
        var image = new CompiledKernels(Map.of()).image(layout(Planner.THREADS), CARD);
        assertThat(new String(NvrtcTest.found(image), StandardCharsets.US_ASCII))
                .startsWith(PrecompiledKernels.header(layout(Planner.THREADS), 90))
                .contains(".version 8.1\n");
    }

    @Test
    void compilesTheOthersAndKeepsThem() throws IOException, InterruptedException {
        var stub = NvrtcTest.compile(folder);
        Path library = folder.resolve("cuda/lib64/libnvrtc.so");
        Files.createDirectories(library.getParent());
        Files.copy(stub.file(), library);
        var kernels =
                new CompiledKernels(
                        Map.of(
                                "CUDA_HOME", folder.resolve("cuda").toString(),
                                "XDG_CACHE_HOME", folder.resolve("cache").toString()));
        byte[] image = NvrtcTest.found(kernels.image(layout(96), CARD));
        assertThat(new String(image, StandardCharsets.UTF_8))
                .contains("option -DTHREADS_OF_BLOCK=96\n");
        assertThat(folder.resolve("cache/wavenet4j/kernels")).isNotEmptyDirectory();
    }

    @Test
    void namesBothWaysToAKernelWhenThereIsNeither() {
        assumeTrue(
                Nvrtc.find(null, Map.of()) instanceof Missing<Nvrtc>, "this machine has an NVRTC");
        var missing = (Missing<byte[]>) new CompiledKernels(Map.of()).image(layout(96), CARD);
        assertThat(missing.reason())
                .isEqualTo(
                        "no precompiled kernel has this network's shape (%s), and this"
                                + " machine has no NVRTC, the CUDA compiler's library",
                        layout(96).name());
        assertThat(missing.remedy()).startsWith("install NVRTC").endsWith("to have one compiled");
    }
}
