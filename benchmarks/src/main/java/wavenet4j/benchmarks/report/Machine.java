package wavenet4j.benchmarks.report;

import oshi.SystemInfo;

import wavenet4j.benchmarks.MemoryLevel;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Collectors;

/// The machine that ran the benchmarks.
///
/// @param processor model name
/// @param cores logical processors
/// @param caches as `L1 48 kB, L2 2,048 kB`, the data caches
/// @param memory in GB
/// @param system the operating system
/// @param jvm the Java runtime
/// @param load load average of the minute before the run; negative if unknown
record Machine(
        String processor,
        int cores,
        String caches,
        long memory,
        String system,
        String jvm,
        double load) {

    /// This machine, now.
    static Machine here() {
        var info = new SystemInfo();
        var hardware = info.getHardware();
        var runtime = Runtime.version();
        return new Machine(
                hardware.getProcessor().getProcessorIdentifier().getName().strip(),
                hardware.getProcessor().getLogicalProcessorCount(),
                Arrays.stream(MemoryLevel.values())
                        .filter(level -> level != MemoryLevel.MEMORY && level.size() > 0)
                        .map(level -> "%s %,d kB".formatted(level, level.size() / 1024))
                        .collect(Collectors.joining(", ")),
                Math.round(hardware.getMemory().getTotal() / 1e9),
                info.getOperatingSystem() + " on " + System.getProperty("os.arch"),
                "%s %s".formatted(System.getProperty("java.vm.vendor"), runtime),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
