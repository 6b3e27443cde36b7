package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;

import wavenet4j.Take;
import wavenet4j.cuda.internal.compile.KernelSource;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.plan.Layout;
import wavenet4j.cuda.internal.plan.Layout.Link;
import wavenet4j.cuda.internal.plan.Plan;
import wavenet4j.spec.Precision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Checks of registers and memory. Each returns its figures.
final class ResourceChecks {
    // Other programs on the GPU may come and go by as much.
    private static final long MOST_GROWTH_ON_GPU = 8 << 20;

    // Garbage collection and the just-in-time compiler move it by less.
    private static final long MOST_GROWTH_OF_PROCESS = 64 << 20;

    private ResourceChecks() {}

    /// No kernel that the planner chooses spills registers, as the driver reports them; others, for
    /// layouts that only checks ask for, may, and are counted.
    ///
    /// @param counts of streams
    static String spills(
            CheckedGpu checked,
            List<CheckedNetwork> networks,
            List<Integer> counts,
            Consumer<String> notes) {
        var layouts = new LinkedHashMap<Layout, Boolean>(); // whether the planner chooses it
        for (CheckedNetwork network : networks) {
            for (var precision : List.of(Precision.FLOAT16, Precision.FLOAT32)) {
                for (int count : counts) {
                    for (Link link : Link.values()) {
                        if (checked.plan(link, network.spec(), precision, count)
                                instanceof Found<Plan>(var plan)) {
                            layouts.putIfAbsent(plan.layout(), false);
                        }
                    }
                    if (checked.plan(network.spec(), precision, count)
                            instanceof Found<Plan>(var plan)) {
                        layouts.put(plan.layout(), true);
                    }
                }
            }
        }
        assertThat(layouts).isNotEmpty();
        var spilling = new ArrayList<String>();
        int spillingUnchosen = 0;
        int mostRegisters = 0;
        try (var gpu = checked.open()) {
            for (var layout : layouts.entrySet()) {
                var image = checked.image(layout.getKey());
                try (var kernel = gpu.load(image, KernelSource.FUNCTION)) {
                    mostRegisters = Math.max(mostRegisters, kernel.registers());
                    String figures =
                            "%s%s: %d registers, %d bytes of local memory a thread"
                                    .formatted(
                                            layout.getKey().name(),
                                            layout.getValue() ? ", chosen" : "",
                                            kernel.registers(),
                                            kernel.localBytes());
                    notes.accept(figures);
                    if (kernel.localBytes() == 0) continue;
                    if (layout.getValue()) spilling.add(figures);
                    else spillingUnchosen++;
                }
            }
        }
        assertThat(spilling).as("kernels that the planner chooses and that spill").isEmpty();
        long chosen = layouts.values().stream().filter(isChosen -> isChosen).count();
        return "%d kernels that the planner chooses, none of them spills; of %d others %d spill; %d registers a thread at most"
                .formatted(chosen, layouts.size() - chosen, spillingUnchosen, mostRegisters);
    }

    /// One long take, after each part of which the memory in use is read.
    ///
    /// @param samples of each part
    static String endurance(
            CheckedGpu checked,
            CheckedNetwork network,
            int parts,
            int samples,
            Consumer<String> notes) {
        var levels = new int[1][samples];
        try (var gpu = checked.open();
                var streams = checked.open(network, Precision.FLOAT16, 1)) {
            streams.reset(0, Take.ofSeed(14));
            long freeFirst = 0;
            long free = 0;
            long residentFirst = 0;
            long resident = 0;
            double seconds = 0;
            for (int part = 0; part < parts; part++) {
                long start = System.nanoTime();
                streams.generate(levels, 0, samples);
                double lasted = (System.nanoTime() - start) / 1e9;
                seconds += lasted;
                free = gpu.freeBytes();
                resident = residentBytes().orElse(0);
                if (part == 0) {
                    freeFirst = free;
                    residentFirst = resident;
                }
                notes.accept(
                        "part %d of %d: %,.0f samples/s, %,d MiB free on the GPU, %,d MiB in the process"
                                .formatted(
                                        part + 1,
                                        parts,
                                        samples / lasted,
                                        free >> 20,
                                        resident >> 20));
            }
            long onGpu = freeFirst - free;
            long ofProcess = resident - residentFirst;
            String figures =
                    "%s, %.1f s of audio in %.1f s; after the first part memory in use grew by %,d KiB on the GPU, by %,d KiB in the process"
                            .formatted(
                                    network.name(),
                                    (double) parts * samples / network.spec().sampleRate(),
                                    seconds,
                                    onGpu >> 10,
                                    ofProcess >> 10);
            assertThat(onGpu).as(figures).isLessThanOrEqualTo(MOST_GROWTH_ON_GPU);
            assertThat(ofProcess).as(figures).isLessThanOrEqualTo(MOST_GROWTH_OF_PROCESS);
            return figures;
        }
    }

    /// The process's resident memory, where the system tells it.
    private static OptionalLong residentBytes() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }
}
