package wavenet4j.cuda.check;

import wavenet4j.Take;
import wavenet4j.spec.Precision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Draws one long take, part by part, and looks at the memory after each.
///
/// @param parts how many
/// @param samples of each part
record EnduranceCheck(CheckedNetwork network, int parts, int samples) implements Check {
    // Other programs on the card may come and go by as much.
    private static final long MOST_GROWTH_ON_CARD = 8 << 20;

    // The Java heap fills up and is emptied, and the compiler works on.
    private static final long MOST_GROWTH_OF_PROCESS = 64 << 20;

    @Override
    public String name() {
        return "endurance";
    }

    @Override
    public String claim() {
        return "a long take needs no more memory at its end than at its beginning";
    }

    @Override
    public CheckResult run(CheckedGpu rig, Consumer<String> notes) {
        var levels = new int[samples];
        try (var gpu = rig.open();
                var generator = rig.openOne(network, Precision.FLOAT16)) {
            generator.reset(Take.ofSeed(14));
            long freeFirst = 0;
            long freeLast = 0;
            OptionalLong residentFirst = OptionalLong.empty();
            OptionalLong residentLast = OptionalLong.empty();
            double seconds = 0;
            for (int part = 0; part < parts; part++) {
                long start = System.nanoTime();
                generator.generate(levels, 0, samples);
                double lasted = (System.nanoTime() - start) / 1e9;
                seconds += lasted;
                freeLast = gpu.freeBytes();
                residentLast = residentBytes();
                if (part == 0) {
                    freeFirst = freeLast;
                    residentFirst = residentLast;
                }
                notes.accept(
                        "part %d of %d: %,.0f samples/s, %,d MiB free on the card, the process has %s"
                                .formatted(
                                        part + 1,
                                        parts,
                                        samples / lasted,
                                        freeLast >> 20,
                                        residentLast.isPresent()
                                                ? "%,d MiB"
                                                        .formatted(residentLast.getAsLong() >> 20)
                                                : "an unknown amount of memory"));
            }
            long onCard = freeFirst - freeLast;
            long ofProcess = residentLast.orElse(0) - residentFirst.orElse(0);
            return CheckResult.of(
                    onCard <= MOST_GROWTH_ON_CARD && ofProcess <= MOST_GROWTH_OF_PROCESS,
                    "%s, %.1f s of audio in %.1f s; after the first part the card's memory in use grew by %,d KiB, the process's by %,d KiB"
                            .formatted(
                                    network.name(),
                                    (double) parts * samples / network.spec().sampleRate(),
                                    seconds,
                                    onCard >> 10,
                                    ofProcess >> 10));
        }
    }

    /// What of this process is in memory, where the system tells it.
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
