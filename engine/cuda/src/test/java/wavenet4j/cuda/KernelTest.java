package wavenet4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.cuda.internal.driver.CudaException;
import wavenet4j.cuda.internal.driver.Kernel;
import wavenet4j.cuda.internal.driver.Launch;
import wavenet4j.cuda.internal.driver.LaunchConfig;
import wavenet4j.cuda.internal.driver.StubDriver;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// Kernels and their launches, on the pretend card.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KernelTest {
    private static final byte[] PTX = "// of no effect".getBytes(StandardCharsets.US_ASCII);
    private static final Launch SMALL = new Launch(2, 4, 1, 64, false);

    private final Arena arena = Arena.ofAuto();
    private StubDriver stub;
    private Path scale;

    @BeforeAll
    void compile(@TempDir Path folder) throws IOException, InterruptedException {
        stub = StubDriver.compile(folder);
        scale = new NativeCompiler(folder).library(Path.of("src/test/c/scale.c"), List.of());
    }

    @BeforeEach
    void reset() {
        stub.reset();
    }

    @AfterEach
    void nothingIsLeft() {
        stub.assertAllGivenBack();
    }

    private byte[] scaleImage() {
        return ("host:" + scale).getBytes(StandardCharsets.UTF_8);
    }

    private int config(String field) {
        return stub.lastConfig().get(JAVA_INT, LaunchConfig.CONFIG.byteOffset(groupElement(field)));
    }

    @Test
    void runsOnMemoryOfTheCardWithAStructAsItsParameter() {
        try (var gpu = stub.open();
                var kernel = gpu.load(scaleImage(), "scale");
                var memory = gpu.allocate(5 * Float.BYTES)) {
            memory.write(0, arena.allocateFrom(JAVA_FLOAT, 1, 2, 3, 4, 5));
            kernel.launch(SMALL, scaleParameter(memory.address(), 4, 0.5f));
            kernel.launch(SMALL, scaleParameter(memory.address(), 1, 3));
            gpu.synchronize();
            var into = arena.allocate(5 * Float.BYTES);
            memory.read(0, into);
            assertThat(into.toArray(JAVA_FLOAT)).containsExactly(1.5f, 1, 1.5f, 2, 5);
        }
    }

    private MemorySegment scaleParameter(long values, int count, float factor) {
        var parameter = arena.allocate(16, 8);
        parameter.set(JAVA_LONG, 0, values);
        parameter.set(JAVA_INT, 8, count);
        parameter.set(JAVA_FLOAT, 12, factor);
        return parameter;
    }

    @Test
    void aKernelsIllegalAddressLosesTheCard() {
        try (var gpu = stub.open();
                var kernel = gpu.load(scaleImage(), "scale");
                var memory = gpu.allocate(4)) {
            assertThatExceptionOfType(CudaException.class)
                    .isThrownBy(() -> kernel.launch(SMALL, scaleParameter(0, 1, 1)))
                    .withMessageContaining("CUDA_ERROR_ILLEGAL_ADDRESS: an illegal memory access");
            assertThatExceptionOfType(CudaException.class).isThrownBy(gpu::synchronize);
            assertThatExceptionOfType(CudaException.class).isThrownBy(memory::clear);
        }
    }

    @Test
    void everyFieldOfALaunchArrives() {
        try (var gpu = stub.open();
                var kernel = gpu.load(PTX, "f")) {
            kernel.launch(new Launch(32, 96, 16, 100_000, true), arena.allocate(8));
            assertThat(config("gridDimX")).isEqualTo(32);
            assertThat(config("gridDimY")).isEqualTo(1);
            assertThat(config("gridDimZ")).isEqualTo(1);
            assertThat(config("blockDimX")).isEqualTo(96);
            assertThat(config("blockDimY")).isEqualTo(1);
            assertThat(config("blockDimZ")).isEqualTo(1);
            assertThat(config("sharedMemBytes")).isEqualTo(100_000);
            assertThat(config("numAttrs")).isEqualTo(2);
            assertThat(stub.library().number("last_cluster")).isEqualTo(16);
            assertThat(stub.library().number("last_cooperative")).isEqualTo(1);

            // Nothing of a launch stays for the next.
            kernel.launch(new Launch(3, 32, 1, 0, true), arena.allocate(8));
            assertThat(config("numAttrs")).isEqualTo(1);
            assertThat(stub.library().number("last_cluster")).isEqualTo(1);
            assertThat(stub.library().number("last_cooperative")).isEqualTo(1);
            kernel.launch(new Launch(4, 32, 2, 0, false), arena.allocate(8));
            assertThat(stub.library().number("last_cluster")).isEqualTo(2);
            assertThat(stub.library().number("last_cooperative")).isZero();
            kernel.launch(new Launch(4, 32, 1, 0, false), arena.allocate(8));
            assertThat(config("numAttrs")).isZero();
            assertThat(config("sharedMemBytes")).isZero();
            assertThat(stub.library().number("launches")).isEqualTo(4);
        }
    }

    @Test
    void theBytesOfTheParameterArriveUnchanged() {
        stub.set("parameterBytes", Kernel.MOST_PARAMETER_BYTES);
        var bytes = new byte[Kernel.MOST_PARAMETER_BYTES];
        new Random(1).nextBytes(bytes);
        try (var gpu = stub.open();
                var kernel = gpu.load(PTX, "f")) {
            kernel.launch(SMALL, MemorySegment.ofArray(bytes));
            var arrived = stub.library().bytes("last_parameters", bytes.length);
            assertThat(arrived.toArray(JAVA_BYTE)).isEqualTo(bytes);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.launch(SMALL, arena.allocate(bytes.length + 1)))
                    .withMessageContaining("4097 bytes of parameters, and 4096 are the most");
        }
    }

    @Test
    void tellsWhatAThreadTakes() {
        stub.set("registers", 72);
        stub.set("localBytes", 16);
        try (var gpu = stub.open();
                var kernel = gpu.load(PTX, "f")) {
            assertThat(kernel.registers()).isEqualTo(72);
            assertThat(kernel.localBytes()).isEqualTo(16);
        }
    }

    @ParameterizedTest
    @CsvSource({"232448, allowing shared memory for f", "0, allowing large clusters of f"})
    void saysThatALaunchCouldNotBePrepared(int sharedBytes, String doing) {
        var launch = new Launch(16, 32, 16, sharedBytes, false);
        try (var gpu = stub.open();
                var kernel = gpu.load(PTX, "f")) {
            stub.failNext("cuFuncSetAttribute", 999);
            assertThatExceptionOfType(CudaException.class)
                    .isThrownBy(() -> kernel.launch(launch, arena.allocate(8)))
                    .withMessageContaining(doing + " failed: CUDA_ERROR_UNKNOWN");
            kernel.launch(launch, arena.allocate(8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Warps (64), registers (64 a thread), shared memory.
        "32, 1, 0, 32, 4224",
        "512, 1, 0, 2, 264",
        "512, 1, 200000, 1, 132",
        "512, 8, 200000, 1, 16",
        "512, 16, 200000, 1, 8",
        "512, 16, 232449, 0, 0"
    })
    void countsWhatRunsAtOnce(
            int threads, int clusterBlocks, int sharedBytes, int blocks, int clusters) {
        var launch = new Launch(clusterBlocks, threads, clusterBlocks, sharedBytes, false);
        try (var gpu = stub.open();
                var kernel = gpu.load(PTX, "f")) {
            assertThat(kernel.blocksPerMultiprocessor(launch)).isEqualTo(blocks);
            assertThat(kernel.clustersAtOnce(launch)).isEqualTo(clusters);
        }
    }

    @Test
    void aClusterThatDoesNotFitRunsNoTimesAtOnce() {
        var launch = new Launch(16, 32, 16, 0, false);
        try (var gpu = stub.open();
                var kernel = gpu.load(PTX, "f")) {
            stub.failNext("cuOccupancyMaxActiveClusters", 912);
            assertThat(kernel.clustersAtOnce(launch)).isZero();
            stub.failNext("cuOccupancyMaxActiveClusters", 999);
            assertThatExceptionOfType(CudaException.class)
                    .isThrownBy(() -> kernel.clustersAtOnce(launch))
                    .withMessageContaining("counting the clusters of f failed: CUDA_ERROR_UNKNOWN");
        }
    }

    /// 132 multiprocessors with two blocks of 512 threads each, or 16 clusters of 8 and 8 of 16.
    @ParameterizedTest
    @CsvSource({
        "128, 8, false, true",
        "136, 8, false, false",
        "128, 16, false, true",
        "144, 16, false, false",
        "264, 1, true, true",
        "265, 1, true, false",
        "100000, 1, false, true"
    })
    void holdsWhatHasToBeThereAtOnce(
            int blocks, int clusterBlocks, boolean cooperative, boolean holds) {
        var launch = new Launch(blocks, 512, clusterBlocks, 0, cooperative);
        try (var gpu = stub.open();
                var kernel = gpu.load(PTX, "f")) {
            assertThat(kernel.holds(launch)).isEqualTo(holds);
            assertThat(kernel.holds(new Launch(1, 512, 1, 300_000, false))).isFalse();
        }
    }

    @Test
    void saysWhatTheCardCannotLaunch() {
        stub.set("clusters", 0);
        stub.set("cooperative", 0);
        try (var gpu = stub.open();
                var kernel = gpu.load(PTX, "f")) {
            var inClusters = new Launch(4, 32, 2, 0, false);
            assertThat(kernel.clustersAtOnce(inClusters)).isZero();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.launch(inClusters, arena.allocate(8)))
                    .withMessage("the card Pretend H200 launches no clusters");
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> kernel.launch(new Launch(4, 32, 1, 0, true), arena.allocate(8)))
                    .withMessageContaining("makes no cooperative launches");
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            kernel.launch(new Launch(1, 32, 1, 300_000, false), arena.allocate(8)))
                    .withMessageContaining(
                            "232448 bytes of shared memory for a block, too few for 300000");
        }
    }

    @Test
    void theKernelsOwnSharedMemoryCounts() {
        stub.set("staticSharedBytes", 40_000);
        try (var gpu = stub.open();
                var kernel = gpu.load(PTX, "f")) {
            // What any kernel may have that has none of its own.
            kernel.launch(new Launch(1, 32, 1, 49_152, false), arena.allocate(8));
            var most = new Launch(16, 32, 16, 192_448, false);
            assertThat(kernel.blocksPerMultiprocessor(most)).isEqualTo(1);
            assertThat(kernel.clustersAtOnce(most)).isEqualTo(8);
            kernel.launch(most, arena.allocate(8));
            var tooMuch = new Launch(16, 32, 16, 192_449, false);
            assertThat(kernel.blocksPerMultiprocessor(tooMuch)).isZero();
            assertThat(kernel.clustersAtOnce(tooMuch)).isZero();
        }
    }

    @Test
    void aCooperativeLaunchThatIsTooLargeFails() {
        try (var gpu = stub.open();
                var kernel = gpu.load(PTX, "f")) {
            var tooLarge = new Launch(265, 512, 1, 0, true);
            assertThatExceptionOfType(CudaException.class)
                    .isThrownBy(() -> kernel.launch(tooLarge, arena.allocate(8)))
                    .withMessageContaining("CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE")
                    .withMessageContaining("end other programs");
        }
    }

    @Test
    void showsWhatTheDriversCompilerSays() {
        stub.jitLog("ptxas application ptx input, line 9; error : Unknown symbol 'x'\ninfo : 1\n");
        try (var gpu = stub.open()) {
            stub.failNext("cuModuleLoadDataEx", 218);
            assertThatExceptionOfType(CudaException.class)
                    .isThrownBy(() -> gpu.load(PTX, "f"))
                    .withMessage(
                            "loading the kernel f failed: CUDA_ERROR_INVALID_PTX: a PTX JIT"
                                + " compilation failed | ptxas application ptx input, line 9; error"
                                + " : Unknown symbol 'x'; take the backend cpu, and report this"
                                + " with the name of the card");
            stub.jitLog("");
            stub.failNext("cuModuleLoadDataEx", 222);
            assertThatExceptionOfType(CudaException.class)
                    .isThrownBy(() -> gpu.load(PTX, "f"))
                    .withMessageContaining("CUDA_ERROR_UNSUPPORTED_PTX_VERSION")
                    .withMessageContaining("update the NVIDIA driver");
            stub.failNext("cuModuleLoadDataEx", 221);
            assertThatExceptionOfType(CudaException.class)
                    .isThrownBy(() -> gpu.load(PTX, "f"))
                    .withMessageContaining("install the whole NVIDIA driver");
            assertThatExceptionOfType(CudaException.class)
                    .isThrownBy(() ->
                            gpu.load("host:/no/such.so".getBytes(StandardCharsets.UTF_8), "f"))
                    .withMessageContaining("CUDA_ERROR_INVALID_IMAGE")
                    .withMessageContaining("/no/such.so: cannot open");
        }
    }

    @Test
    void anImageWithoutTheKernelIsUnloadedAgain() {
        try (var gpu = stub.open()) {
            assertThatExceptionOfType(CudaException.class)
                    .isThrownBy(() -> gpu.load(scaleImage(), "none"))
                    .withMessageContaining(
                            "looking for the kernel none failed: CUDA_ERROR_NOT_FOUND");
            assertThat(stub.library().number("live_modules")).isZero();
        }
    }

    @Test
    void closingTwiceDoesNoHarm() {
        try (var gpu = stub.open()) {
            var kernel = gpu.load(PTX, "f");
            gpu.load(PTX, "g");
            kernel.close();
            kernel.close();
            assertThat(stub.library().number("live_modules")).isEqualTo(1);
            assertThatIllegalStateException()
                    .isThrownBy(() -> kernel.launch(SMALL, arena.allocate(8)))
                    .withMessage("the kernel f is closed");
        }
    }
}
