package wavenet4j.cuda.internal.driver;

import java.util.List;
import java.util.regex.Pattern;

/// A failure of the driver or of the compiler, with the operation, the error and a remedy.
public final class CudaException extends RuntimeException {
    private static final int MOST_LINES = 5;
    private static final Pattern ERROR = Pattern.compile("(?i)error|fatal");

    private final String reason;
    private final String remedy;

    /// A failure with its reason and a remedy, both phrases.
    public CudaException(String reason, String remedy) {
        super(reason + "; " + remedy);
        this.reason = reason;
        this.remedy = remedy;
    }

    /// The exception for an error of the driver or of NVRTC.
    ///
    /// @param doing what was being done, such as `allocating 16 bytes`
    /// @param error its name, such as `CUDA_ERROR_OUT_OF_MEMORY`
    /// @param text what the driver says of it, or empty
    /// @param log of the compiler, or empty
    public static CudaException of(String doing, String error, String text, String log) {
        var reason = new StringBuilder("%s failed: %s".formatted(doing, error));
        if (!text.isEmpty()) reason.append(": ").append(text);
        for (String line : essence(log)) reason.append(" | ").append(line);
        return new CudaException(reason.toString(), help(error));
    }

    /// The first lines of a log that contain errors, or its first lines.
    private static List<String> essence(String log) {
        var lines = log.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        var errors = lines.stream().filter(line -> ERROR.matcher(line).find()).toList();
        return (errors.isEmpty() ? lines : errors).stream().limit(MOST_LINES).toList();
    }

    /// What failed and why, a phrase.
    public String reason() {
        return reason;
    }

    /// What would help, a phrase.
    public String remedy() {
        return remedy;
    }

    private static String help(String error) {
        return switch (error) {
            case "CUDA_ERROR_OUT_OF_MEMORY" ->
                    "end other programs that use the card (nvidia-smi lists them), or generate"
                            + " fewer streams at once";
            case "CUDA_ERROR_NO_DEVICE", "CUDA_ERROR_INVALID_DEVICE" ->
                    "see whether nvidia-smi lists a card, and whether CUDA_VISIBLE_DEVICES hides"
                            + " it";
            case "CUDA_ERROR_DEVICE_UNAVAILABLE" ->
                    "end the program that has the card to itself, or let it be shared: nvidia-smi"
                            + " -c DEFAULT";
            case "CUDA_ERROR_STUB_LIBRARY" ->
                    "take the CUDA toolkit's stubs folder off the library path";
            case "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH" ->
                    "restart the machine: the driver was updated while its old version ran";
            case "CUDA_ERROR_UNSUPPORTED_PTX_VERSION",
                    "CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE" ->
                    "update the NVIDIA driver, which is older than what compiled the kernel";
            case "CUDA_ERROR_JIT_COMPILER_NOT_FOUND" ->
                    "install the whole NVIDIA driver: its PTX compiler is not there";
            case "CUDA_ERROR_INVALID_PTX",
                    "CUDA_ERROR_INVALID_IMAGE",
                    "CUDA_ERROR_NO_BINARY_FOR_GPU" ->
                    "take the backend cpu, and report this with the name of the card";
            case "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES", "CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE" ->
                    "end other programs that use the card, or take the backend cpu";
            case "CUDA_ERROR_LAUNCH_TIMEOUT" ->
                    "take a card that drives no display, as the system stops long work on one that"
                            + " does";
            case "CUDA_ERROR_ECC_UNCORRECTABLE", "CUDA_ERROR_NVLINK_UNCORRECTABLE" ->
                    "restart the machine; the card is damaged if this comes again (nvidia-smi -q)";
            case "CUDA_ERROR_LAUNCH_FAILED",
                    "CUDA_ERROR_ILLEGAL_ADDRESS",
                    "CUDA_ERROR_ILLEGAL_INSTRUCTION",
                    "CUDA_ERROR_MISALIGNED_ADDRESS",
                    "CUDA_ERROR_HARDWARE_STACK_ERROR" ->
                    "start the program again, as the card is lost to this one; if this comes again,"
                            + " report it and take the backend cpu";
            case "NVRTC_ERROR_COMPILATION", "NVRTC_ERROR_INVALID_OPTION" ->
                    "take another version of NVRTC, or report this";
            case "NVRTC_ERROR_BUILTIN_OPERATION_FAILURE" ->
                    "install all of NVRTC: its library of built-in functions (nvrtc-builtins) lies"
                            + " beside it";
            default -> "see whether nvidia-smi shows the card in order";
        };
    }
}
