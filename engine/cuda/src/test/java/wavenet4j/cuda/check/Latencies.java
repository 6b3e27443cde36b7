package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import wavenet4j.cuda.internal.compile.KernelSource;
import wavenet4j.cuda.internal.compile.Nvrtc;
import wavenet4j.cuda.internal.driver.Gpu;
import wavenet4j.cuda.internal.driver.Launch;
import wavenet4j.cuda.internal.driver.Lookup;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Measures the latencies that the kernel's design assumes, in cycles of the GPU's clock, by the
/// micro-kernels of latency.cu.
///
/// @param compiling compiles CUDA C++
record Latencies(Compiling compiling) {
    /// Turns a source, its headers by name, and options into what the driver loads.
    @FunctionalInterface
    interface Compiling {
        Lookup<byte[]> compile(String source, Map<String, String> headers, List<String> options);
    }

    /// By this machine's NVRTC.
    static Compiling byNvrtc(Map<String, String> environment) {
        return (source, headers, options) ->
                switch (Nvrtc.find(null, environment)) {
                    case Missing<Nvrtc>(var reason, var remedy) -> new Missing<>(reason, remedy);
                    case Found<Nvrtc>(var nvrtc) -> {
                        try (nvrtc) {
                            yield new Found<>(nvrtc.compile(source, headers, options));
                        }
                    }
                };
    }

    /// One thing that is measured.
    ///
    /// @param kernel in latency.cu
    /// @param assumed cycles, as the design has it
    /// @param ways of what one round of the kernel goes: two where it is there and back
    private record Probe(String kernel, String what, String assumed, int ways, Launch launch) {}

    private static final Launch ONE_WARP = new Launch(1, 32, 1, 0, false);

    private static final List<Probe> PROBES =
            List.of(
                    new Probe("shared_load", "load from shared memory", "29-30", 1, ONE_WARP),
                    new Probe("shuffle", "shuffle within a warp", "25", 1, ONE_WARP),
                    new Probe(
                            "block_barrier",
                            "barrier of 16 warps",
                            "53",
                            1,
                            new Launch(1, 512, 1, 0, false)),
                    new Probe("mma_chain", "mma.m16n8k16 after mma", "24-33", 1, ONE_WARP),
                    new Probe("tanh_chain", "tanh.approx", "20", 1, ONE_WARP),
                    new Probe("l2_load", "load from L2", "not stated", 1, ONE_WARP),
                    new Probe(
                            "l2_flag",
                            "flag through L2, release to acquire, one way",
                            "319 (161 ns)",
                            2,
                            new Launch(2, 32, 1, 0, true)),
                    new Probe(
                            "cluster_store",
                            "store to another block of a cluster and its wake, one way",
                            "110-130",
                            2,
                            new Launch(2, 32, 2, 0, false)));

    private static final int ROUNDS = 10_000;
    private static final int PARAMETER_BYTES = 24;
    private static final int MEMORY_BYTES = 1 << 14;

    /// Measures what the GPU can do; the notes are the table.
    String run(CheckedGpu checked, Consumer<String> notes) {
        var properties = checked.properties();
        int architecture =
                properties.clusters() ? 90 : properties.computeCapability() >= 80 ? 80 : 75;
        var options = List.of("--gpu-architecture=compute_" + architecture, "--std=c++17");
        byte[] image =
                switch (compiling.compile(source(), KernelSource.headers(), options)) {
                    case Found<byte[]>(var compiled) -> compiled;
                    case Missing<byte[]>(var reason, var remedy) -> abort(reason + "; " + remedy);
                };
        notes.accept("Latencies on %s, in cycles:".formatted(checked.describe()));
        notes.accept("| what | measured | ns | assumed |");
        notes.accept("|---|--:|--:|--:|");
        int measured = 0;
        try (var gpu = checked.open()) {
            for (Probe probe : PROBES) {
                if ((probe.launch.inClusters() && !properties.clusters())
                        || (probe.launch.cooperative() && !properties.cooperative())) {
                    notes.accept("| %s | – | – | %s |".formatted(probe.what, probe.assumed));
                    continue;
                }
                double[] times = measure(gpu, image, probe);
                notes.accept(
                        "| %s | %.1f | %.1f | %s |"
                                .formatted(probe.what, times[0], times[1], probe.assumed));
                assertThat(times[0]).as("cycles of: %s", probe.what).isPositive();
                measured++;
            }
        }
        return measured + " latencies measured";
    }

    /// Cycles and nanoseconds of one way.
    private static double[] measure(Gpu gpu, byte[] image, Probe probe) {
        try (var arena = Arena.ofConfined();
                var kernel = gpu.load(image, probe.kernel);
                var result = gpu.allocate(2L * Long.BYTES);
                var memory = gpu.allocate(MEMORY_BYTES)) {
            MemorySegment parameter = arena.allocate(PARAMETER_BYTES, Long.BYTES);
            parameter.set(JAVA_LONG, 0, result.address());
            parameter.set(JAVA_LONG, 8, memory.address());
            parameter.set(JAVA_INT, 16, ROUNDS);
            kernel.launch(probe.launch, parameter);
            gpu.synchronize();
            MemorySegment times = arena.allocate(result.bytes(), Long.BYTES);
            result.read(0, times);
            double ways = (double) ROUNDS * probe.ways;
            return new double[] {
                times.getAtIndex(JAVA_LONG, 0) / ways, times.getAtIndex(JAVA_LONG, 1) / ways
            };
        }
    }

    static String source() {
        try (InputStream in = Latencies.class.getResourceAsStream("/wavenet4j/cuda/latency.cu")) {
            if (in == null) throw new AssertionError("latency.cu is not on the class path");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
