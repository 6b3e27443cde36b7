package wavenet4j.cuda.internal.compile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// PTX, the assembly text that the driver compiles for its GPU.
public final class Ptx {
    private static final Pattern VERSION = Pattern.compile("(?m)^\\.version (\\d+)\\.(\\d+)");
    private static final Pattern TARGET = Pattern.compile("(?m)^\\.target sm_(\\d+)");

    // Of PTX 8.3: a hint of which bytes of a load matter.
    private static final Pattern HINT =
            Pattern.compile("(?m)^\\s*\\.pragma \"used_bytes_mask[^\"]*\";\\R");

    private Ptx() {}

    /// Lowers the version in the header to the least that has the kernel's instructions: PTX 7.0
    /// (CUDA 11.0), or 8.1 (CUDA 12.1) with clusters. Compilers write their own version there, and
    /// a driver rejects any that is newer than its own.
    ///
    /// @throws IllegalArgumentException when the text has no version or no target
    public static String forOldDrivers(String ptx) {
        Matcher version = VERSION.matcher(ptx);
        Matcher target = TARGET.matcher(ptx);
        if (!version.find() || !target.find()) {
            throw new IllegalArgumentException("this PTX has no version or no target");
        }
        int had = 10 * Integer.parseInt(version.group(1)) + Integer.parseInt(version.group(2));
        int least = Integer.parseInt(target.group(1)) >= 90 ? 81 : 70;
        if (had <= least) return ptx;
        String lowered = version.replaceFirst(".version " + least / 10 + "." + least % 10);
        return HINT.matcher(lowered).replaceAll("");
    }
}
