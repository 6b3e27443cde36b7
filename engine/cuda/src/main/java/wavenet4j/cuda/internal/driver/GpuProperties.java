package wavenet4j.cuda.internal.driver;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;

/// The properties of a GPU that kernels and their layout depend on.
///
/// @param computeCapability ten times the major number and the minor one, such as 90
/// @param sharedBytesPerBlock the most shared memory that one block may ask for
/// @param driverVersion the newest CUDA that its driver runs, such as 12040 for 12.4
/// @param cooperative whether it supports cooperative launches
/// @param clusters whether it supports clusters of blocks
public record GpuProperties(
        String name,
        int computeCapability,
        int multiprocessors,
        int sharedBytesPerBlock,
        long memoryBytes,
        int driverVersion,
        boolean cooperative,
        boolean clusters) {

    private static final int LONGEST_NAME = 256;

    // CUdevice_attribute
    private static final int MULTIPROCESSOR_COUNT = 16;
    private static final int COMPUTE_CAPABILITY_MAJOR = 75;
    private static final int COMPUTE_CAPABILITY_MINOR = 76;
    private static final int COOPERATIVE_LAUNCH = 95;
    private static final int MAX_SHARED_MEMORY_PER_BLOCK_OPTIN = 97;
    private static final int CLUSTER_LAUNCH = 120;

    static GpuProperties of(Driver driver, int device) {
        return new GpuProperties(
                name(driver, device),
                10 * attribute(driver, device, COMPUTE_CAPABILITY_MAJOR)
                        + attribute(driver, device, COMPUTE_CAPABILITY_MINOR),
                attribute(driver, device, MULTIPROCESSOR_COUNT),
                attribute(driver, device, MAX_SHARED_MEMORY_PER_BLOCK_OPTIN),
                driver.number(
                        "asking for the size of the card's memory",
                        bytes -> (int) driver.cuDeviceTotalMem().invokeExact(bytes, device)),
                driver.version(),
                attribute(driver, device, COOPERATIVE_LAUNCH) != 0,
                attribute(driver, device, CLUSTER_LAUNCH) != 0);
    }

    private static String name(Driver driver, int device) {
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocate(JAVA_BYTE, LONGEST_NAME);
            driver.run(
                    "asking for the card's name",
                    () -> (int) driver.cuDeviceGetName().invokeExact(name, LONGEST_NAME, device));
            return name.getString(0);
        }
    }

    private static int attribute(Driver driver, int device, int attribute) {
        return (int)
                driver.number(
                        "asking what the card can do",
                        value ->
                                (int)
                                        driver.cuDeviceGetAttribute()
                                                .invokeExact(value, attribute, device));
    }
}
