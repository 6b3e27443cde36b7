package wavenet4j.cuda.internal.compile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// PTX: the text that compilers make of CUDA C++, and that drivers assemble for their card.
public final class Ptx {
    private static final Pattern VERSION = Pattern.compile("(?m)^\\.version (\\d+)\\.(\\d+)");
    private static final Pattern TARGET = Pattern.compile("(?m)^\\.target sm_(\\d+)");

    // Of PTX 8.3: a hint of which bytes of a load matter.
    private static final Pattern HINT =
            Pattern.compile("(?m)^\\s*\\.pragma \"used_bytes_mask[^\"]*\";\\R");

    private Ptx() {}

    /// The same for drivers as old as have all that the kernel takes: those of CUDA 11.0 read PTX
    /// 7.0, and those of 12.1 read 8.1, the first with all that clusters need. A compiler heads its
    /// PTX with the newest version that it knows, and a driver takes none newer than its own,
    /// whatever the rest says.
    ///
    /// @throws IllegalArgumentException when the text says no version or no target
    public static String forOldDrivers(String ptx) {
        Matcher version = VERSION.matcher(ptx);
        Matcher target = TARGET.matcher(ptx);
        if (!version.find() || !target.find()) {
            throw new IllegalArgumentException("this PTX says no version or no target");
        }
        int had = 10 * Integer.parseInt(version.group(1)) + Integer.parseInt(version.group(2));
        int least = Integer.parseInt(target.group(1)) >= 90 ? 81 : 70;
        if (had <= least) return ptx;
        String lowered = version.replaceFirst(".version " + least / 10 + "." + least % 10);
        return HINT.matcher(lowered).replaceAll("");
    }
}
