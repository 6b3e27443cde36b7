package wavenet4j.train.device;

import ai.djl.util.cuda.CudaUtils;

import org.jspecify.annotations.Nullable;

import wavenet4j.backend.Backend.Availability;
import wavenet4j.backend.Backend.Availability.Absent;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.backend.Backend.Availability.Ready;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether training can compute on a GPU, and what prevents it.
///
/// @param driver null where its library cannot be loaded
/// @param libraries of PyTorch that DJL is to load
/// @param counted the GPUs that DJL counts
/// @param architecture of the first of them, such as 90; 0 where there is none
record GpuDetection(
        @Nullable CudaDriver driver, TorchLibraries libraries, int counted, int architecture) {
    private static final Pattern CUDA_FLAVOR = Pattern.compile("cu(\\d+)(\\d)");
    private static final String CONTAINER = "a container must be started with --gpus all";

    /// Detects the GPU of this machine. The properties of the libraries must be set already.
    static GpuDetection of(TorchLibraries libraries) {
        int counted = CudaUtils.getGpuCount();
        return new GpuDetection(
                CudaDriver.query(CudaDriver.library()).orElse(null),
                libraries,
                counted,
                counted == 0 ? 0 : Integer.parseInt(CudaUtils.getComputeCapability(0)));
    }

    /// Whether a GPU can be used, or else the first obstacle with its remedy.
    Availability diagnosis() {
        if (driver == null) {
            String reason =
                    "this machine has no NVIDIA driver (%s)".formatted(CudaDriver.library());
            String remedy = "install the driver of its NVIDIA card, if it has one; " + CONTAINER;
            // Who gave PyTorch with CUDA expects a card.
            return libraries.cuda() ? new Missing(reason, remedy) : new Absent(reason, remedy);
        }
        if (!libraries.cuda()) {
            return new Missing(
                    "the PyTorch %s here is for processors only%s"
                            .formatted(libraries.version(), folder()),
                    "set WAVENET4J_PROFILE=gpu once, which builds with CUDA libraries, or"
                            + " PYTORCH_LIBRARY_PATH to the lib folder of an installed PyTorch with"
                            + " CUDA");
        }
        if (driver.error() != 0) {
            return new Missing(
                    "CUDA refuses: %s (%d)".formatted(driver.message(), driver.error()),
                    driver.error() == CudaDriver.NO_DEVICE
                            ? "see that CUDA_VISIBLE_DEVICES hides no card; " + CONTAINER
                            : "nvidia-smi tells more of the card's state");
        }
        Matcher needed = CUDA_FLAVOR.matcher(libraries.flavor());
        if (needed.matches() && driver.version() / 1000 < Integer.parseInt(needed.group(1))) {
            String cuda = needed.group(1) + "." + needed.group(2);
            return new Missing(
                    "NVIDIA's driver is for CUDA %d.%d and PyTorch %s for CUDA %s"
                            .formatted(
                                    driver.version() / 1000,
                                    driver.version() % 1000 / 10,
                                    libraries.version(),
                                    cuda),
                    "update NVIDIA's driver to one for CUDA " + cuda);
        }
        if (counted == 0) {
            return new Missing(
                    libraries.cudaRuntime() == null
                            ? "no libcudart was found, by which DJL counts GPUs"
                            : "DJL counts no GPU although the driver is ready",
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

    private String folder() {
        return libraries.installed() == null ? "" : " (" + libraries.installed() + ")";
    }
}
