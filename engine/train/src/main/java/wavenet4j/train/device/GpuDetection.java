package wavenet4j.train.device;

import ai.djl.util.cuda.CudaUtils;

import org.jspecify.annotations.Nullable;

import wavenet4j.backend.Backend.Availability;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.backend.Backend.Availability.Ready;

import java.nio.file.Files;
import java.nio.file.Path;

/// What was seen of a machine's GPU and of what it takes to compute on it.
///
/// @param kernelDriver whether NVIDIA's driver is in the kernel
/// @param driverLibrary whether a program can load the driver's library
/// @param libraries of PyTorch's that DJL is to load
/// @param runtime the answer of CUDA's runtime; null where there is none
/// @param counted the cards that DJL counts
/// @param architecture of the first of them, such as 90; 0 where there is none
record GpuDetection(
        boolean kernelDriver,
        boolean driverLibrary,
        TorchLibraries libraries,
        @Nullable CudaRuntime runtime,
        int counted,
        int architecture) {
    private static final String CONTAINER = "a container must be started with --gpus all";

    /// Looks. The properties of the libraries must be set already.
    static GpuDetection of(TorchLibraries libraries) {
        int counted = CudaUtils.getGpuCount();
        return new GpuDetection(
                Files.exists(Path.of("/proc/driver/nvidia/version")),
                CudaRuntime.driverLoads(),
                libraries,
                CudaRuntime.ask(libraries.cudaRuntime()).orElse(null),
                counted,
                counted == 0 ? 0 : Integer.parseInt(CudaUtils.getComputeCapability(0)));
    }

    /// Whether a GPU can be used, or else the first thing that is in the way.
    Availability diagnosis() {
        if (!driverLibrary && !kernelDriver) {
            return new Missing(
                    "no NVIDIA driver is installed here",
                    "install the driver of an NVIDIA card; " + CONTAINER);
        }
        if (!driverLibrary) {
            return new Missing(
                    "NVIDIA's driver is in the kernel but its library libcuda.so.1 cannot be"
                            + " loaded",
                    CONTAINER + ", and elsewhere the driver installed anew");
        }
        if (!libraries.cuda()) {
            return new Missing(
                    "the PyTorch %s here is for processors only%s"
                            .formatted(libraries.version(), place()),
                    "set WAVENET4J_PROFILE=gpu once, which builds with CUDA libraries, or"
                            + " PYTORCH_LIBRARY_PATH to the lib folder of an installed PyTorch with"
                            + " CUDA");
        }
        if (runtime == null && counted == 0) {
            return new Missing(
                    "no libcudart was found, by which DJL counts GPUs",
                    "name its folder by JAVA_OPTS=-Djna.library.path=DIR");
        }
        if (runtime != null && runtime.error() != 0) return refused(runtime);
        if (runtime != null && runtime.cards() == 0) {
            return new Missing("CUDA counts no card", "see that CUDA_VISIBLE_DEVICES hides none");
        }
        if (counted == 0) {
            return new Missing(
                    "DJL counts no GPU although CUDA has %d"
                            .formatted(runtime == null ? 0 : runtime.cards()),
                    "name the folder of libcudart.so by JAVA_OPTS=-Djna.library.path=DIR; --verbose"
                            + " shows what DJL says");
        }
        if (libraries.flavor().equals("cu124") && (architecture < 50 || architecture > 90)) {
            return new Missing(
                    "the card is of architecture sm_%d, and PyTorch %s for CUDA 12.4 has code for sm_50 to sm_90"
                            .formatted(architecture, libraries.version()),
                    "set PYTORCH_LIBRARY_PATH to an installed PyTorch whose CUDA knows the card");
        }
        return new Ready(
                "sm_%d, PyTorch %s %s"
                        .formatted(architecture, libraries.version(), libraries.flavor()));
    }

    private Missing refused(CudaRuntime runtime) {
        String reason = "CUDA refuses: %s (%d)".formatted(runtime.says(), runtime.error());
        return switch (runtime.error()) {
            case CudaRuntime.INSUFFICIENT_DRIVER ->
                    new Missing(
                            reason,
                            "update NVIDIA's driver to one for CUDA %s"
                                    .formatted(cudaVersion(libraries.flavor())));
            case CudaRuntime.NO_DEVICE ->
                    new Missing(
                            reason, "see that CUDA_VISIBLE_DEVICES hides no card; " + CONTAINER);
            default -> new Missing(reason, "nvidia-smi tells more of the card's state");
        };
    }

    /// `cu124` as 12.4.
    private static String cudaVersion(String flavor) {
        return flavor.replaceFirst("cu(\\d+)(\\d).*", "$1.$2");
    }

    private String place() {
        return libraries.installed() == null ? "" : " (" + libraries.installed() + ")";
    }
}
