package wavenet4j.cuda.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.cuda.internal.driver.Lookup.Missing;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// A card and its memory, on the pretend card.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GpuTest {
    private final Arena arena = Arena.ofAuto();
    private StubDriver stub;

    @BeforeAll
    void compile(@TempDir Path folder) throws IOException, InterruptedException {
        stub = StubDriver.compile(folder);
    }

    @BeforeEach
    void reset() {
        stub.reset();
    }

    @AfterEach
    void nothingIsLeft() {
        stub.assertAllGivenBack();
    }

    private String missing(int index) {
        var missing = (Missing<Gpu>) Gpu.open(stub.file(), index);
        return missing.reason() + "; " + missing.remedy();
    }

    @Test
    void tellsWhatTheCardIs() {
        stub.set("memoryBytes", 150_000_000_000L);
        try (var gpu = stub.open()) {
            assertThat(gpu.properties())
                    .isEqualTo(
                            new GpuProperties(
                                    "Pretend H200",
                                    90,
                                    132,
                                    232_448,
                                    150_000_000_000L,
                                    12_040,
                                    true,
                                    true));
        }
        stub.set("computeCapability", 75);
        stub.set("cooperative", 0);
        stub.set("clusters", 0);
        try (var gpu = stub.open()) {
            assertThat(gpu.properties().computeCapability()).isEqualTo(75);
            assertThat(gpu.properties().cooperative()).isFalse();
            assertThat(gpu.properties().clusters()).isFalse();
        }
    }

    @Test
    void missesAMachineWithoutDriver() {
        var missing = (Missing<Gpu>) Gpu.open(Path.of("/no/such/libcuda.so.1"), 0);
        assertThat(missing.reason())
                .isEqualTo("this machine has no NVIDIA driver (/no/such/libcuda.so.1)");
        assertThat(missing.remedy()).contains("install NVIDIA's driver", "version 520");
        assertThat(Gpu.absence(Path.of("/no/such/libcuda.so.1"))).isEqualTo(missing);
        assertThat(Gpu.absence(stub.file())).isNull();
    }

    @Test
    void missesAnOldDriver() {
        stub.set("driverVersion", 11_070);
        assertThat(missing(0))
                .contains("the NVIDIA driver is too old: it runs CUDA up to 11.7, and 11.8")
                .contains("version 520 (CUDA 11.8) or newer");
    }

    @Test
    void missesACard() {
        stub.set("devices", 0);
        assertThat(missing(0)).contains("CUDA_ERROR_NO_DEVICE").contains("CUDA_VISIBLE_DEVICES");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void missesTheCardAskedFor(int index) {
        assertThat(missing(index))
                .contains("there is no card %d: the driver shows 1".formatted(index))
                .contains("nvidia-smi");
    }

    @Test
    void missesAYoungerCard() {
        stub.set("computeCapability", 70);
        assertThat(missing(0))
                .contains("Pretend H200 is too old: its compute capability is 7.0, and 7.5")
                .contains("Turing");
    }

    @ParameterizedTest
    @CsvSource({
        "cuInit, 803, restart the machine",
        "cuInit, 34, stubs folder",
        "cuDevicePrimaryCtxRetain, 46, nvidia-smi -c DEFAULT",
        "cuCtxSetCurrent, 999, nvidia-smi",
        "cuStreamCreate, 2, end other programs",
        "cuDeviceGetName, 999, nvidia-smi",
        "cuDeviceGetAttribute, 999, nvidia-smi",
        "cuDeviceTotalMem_v2, 999, nvidia-smi",
        "cuDeviceGetCount, 999, nvidia-smi",
        "cuDeviceGet, 999, nvidia-smi"
    })
    void missesACardThatCannotBeTaken(String function, int error, String remedy) {
        stub.failNext(function, error);
        assertThat(missing(0)).contains("failed: CUDA_ERROR_").contains(remedy);
    }

    @Test
    void memoryIsZeroAndHoldsWhatIsWritten() {
        try (var gpu = stub.open();
                var memory = gpu.allocate(16)) {
            var into = arena.allocate(16);
            into.fill((byte) 1);
            memory.read(0, into);
            assertThat(into.toArray(JAVA_BYTE)).containsOnly(0);

            memory.write(4, arena.allocateFrom(JAVA_FLOAT, 1.5f, -2f));
            memory.read(0, into);
            assertThat(into.toArray(JAVA_FLOAT)).containsExactly(0, 1.5f, -2f, 0);
            var part = arena.allocate(4);
            memory.read(8, part);
            assertThat(part.get(JAVA_FLOAT, 0)).isEqualTo(-2f);

            memory.clear();
            memory.read(0, into);
            assertThat(into.toArray(JAVA_BYTE)).containsOnly(0);
            assertThat(memory.bytes()).isEqualTo(16);
            assertThat(memory.address() % 256).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 4", "13, 4", "0, 17", "17, 0", "9223372036854775807, 4"})
    void copiesStayWithinTheMemory(long offset, long bytes) {
        try (var gpu = stub.open();
                var memory = gpu.allocate(16)) {
            var segment = arena.allocate(bytes);
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> memory.write(offset, segment));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> memory.read(offset, segment));
        }
    }

    @Test
    void refusesWhatItCannotCopyOrAllocate() {
        try (var gpu = stub.open();
                var memory = gpu.allocate(16)) {
            var array = MemorySegment.ofArray(new float[4]);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> memory.write(0, array))
                    .withMessageContaining("native memory only");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> gpu.allocate(0))
                    .withMessageContaining("0 bytes cannot be allocated");
        }
    }

    @Test
    void saysHowMuchMemoryThereWasNot() {
        stub.set("memoryBytes", 1000);
        try (var gpu = stub.open()) {
            var half = gpu.allocate(500);
            assertThatExceptionOfType(CudaException.class)
                    .isThrownBy(() -> gpu.allocate(501))
                    .withMessage(
                            "allocating 501 bytes on the card Pretend H200 failed:"
                                + " CUDA_ERROR_OUT_OF_MEMORY: out of memory; end other programs"
                                + " that use the card (nvidia-smi lists them), or generate fewer"
                                + " streams at once");
            half.close();
            gpu.allocate(1000).close();
        }
    }

    @Test
    void memoryThatCannotBeClearedIsFreed() {
        try (var gpu = stub.open()) {
            stub.failNext("cuMemsetD8Async", 1);
            assertThatExceptionOfType(CudaException.class)
                    .isThrownBy(() -> gpu.allocate(16))
                    .withMessageContaining("CUDA_ERROR_INVALID_VALUE");
            assertThat(stub.library().number("live_allocations")).isZero();
        }
    }

    @Test
    void closingTakesAllWithItAndTwiceDoesNoHarm() {
        var gpu = stub.open();
        var first = gpu.allocate(16);
        var second = gpu.allocate(16);
        assertThat(stub.library().number("live_allocations")).isEqualTo(2);
        first.close();
        first.close();
        assertThat(stub.library().number("live_allocations")).isEqualTo(1);
        gpu.close();
        gpu.close();
        second.close();
        assertThat(stub.library().number("live_allocations")).isZero();
        assertThatIllegalStateException().isThrownBy(second::address);
        assertThatIllegalStateException().isThrownBy(() -> gpu.allocate(1));
        assertThatIllegalStateException()
                .isThrownBy(gpu::synchronize)
                .withMessage("the card Pretend H200 is closed");
    }

    @Test
    void anyThreadMayUseIt() throws InterruptedException {
        try (var gpu = stub.open();
                var memory = gpu.allocate(4)) {
            var from = arena.allocateFrom(JAVA_FLOAT, 3);
            var thread = Thread.ofPlatform().start(() -> memory.write(0, from));
            thread.join();
            var into = arena.allocate(4);
            memory.read(0, into);
            assertThat(into.get(JAVA_FLOAT, 0)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "214, CUDA_ERROR_ECC_UNCORRECTABLE, restart the machine",
        "700, CUDA_ERROR_ILLEGAL_ADDRESS, start the program again",
        "702, CUDA_ERROR_LAUNCH_TIMEOUT, drives no display",
        "719, CUDA_ERROR_LAUNCH_FAILED, start the program again",
        "12345, error 12345: unknown to the driver, nvidia-smi"
    })
    void saysHowTheCardWasLostAndStillCloses(int error, String name, String remedy) {
        var gpu = stub.open();
        var memory = gpu.allocate(16);
        stub.failNext("cuStreamSynchronize", error);
        assertThatExceptionOfType(CudaException.class)
                .isThrownBy(gpu::synchronize)
                .withMessageContaining("waiting for the card failed: " + name)
                .withMessageContaining(remedy);
        memory.close();
        gpu.close();
        // A new context is a new start.
        try (var again = stub.open()) {
            again.allocate(16);
        }
    }
}
