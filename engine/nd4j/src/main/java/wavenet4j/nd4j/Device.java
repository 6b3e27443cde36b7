package wavenet4j.nd4j;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

import wavenet4j.backend.Backend.Availability;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.backend.Backend.Availability.Ready;

/// What ND4J runs on: a graphics card where its CUDA natives are on the class path and find one,
/// else the processor where its natives are.
final class Device {
    /// How to get ND4J's natives into the commands.
    static final String REMEDY =
            "set WAVENET4J_PROFILE=nd4j once, which builds with them for the processor, or"
                    + " WAVENET4J_PROFILE=nd4j-cuda for NVIDIA cards up to the Ada generation";

    private static final String ON_PROCESSOR = "CpuBackend";

    // Compute capabilities, times ten: sm_37 to sm_86 are in ND4J's natives, without PTX from which
    // a driver could make code for later ones. 8.9 (Ada) runs the code for 8.6.
    private static final int OLDEST = 37;
    private static final int NEWEST = 89;

    private Device() {}

    /// Whether ND4J runs here. The first call loads its natives, which takes seconds.
    static Availability availability() {
        try {
            String backend = Nd4jBackend.load().getClass().getSimpleName();
            if (backend.equals(ON_PROCESSOR)) return availability(backend, 0);
            NativeOps card = NativeOpsHolder.getInstance().getDeviceNativeOps();
            return availability(backend, 10 * card.getDeviceMajor(0) + card.getDeviceMinor(0));
        } catch (Nd4jBackend.NoAvailableBackendException e) {
            return new Missing("none of ND4J's natives for this machine is in this build", REMEDY);
        } catch (RuntimeException | LinkageError e) {
            return new Missing("ND4J's natives do not load (" + e + ")", REMEDY);
        }
    }

    /// What follows from the simple name of ND4J's own backend class and the card's compute
    /// capability, times ten.
    static Availability availability(String backend, int capability) {
        if (backend.equals(ON_PROCESSOR)) return new Ready("ND4J on the processor");
        if (capability >= OLDEST && capability <= NEWEST) {
            return new Ready("ND4J on a card of compute capability " + decimal(capability));
        }
        return new Missing(
                "this card has compute capability %s, and ND4J has code for %s to %s (Kepler to Ada)"
                        .formatted(decimal(capability), decimal(OLDEST), decimal(NEWEST)),
                capability > NEWEST ? "take the backend cuda, which has" : "take the backend cpu");
    }

    private static String decimal(int capability) {
        return capability / 10 + "." + capability % 10;
    }

    static boolean isProcessor() {
        return Nd4j.getEnvironment().isCPU();
    }

    /// Makes each operation of this process run on the thread that calls it: threads that share the
    /// sums of a product would change its last bits, and cost more than they save at these sizes.
    static void useCallersThreads() {
        Nd4j.factory().blas().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
    }
}
