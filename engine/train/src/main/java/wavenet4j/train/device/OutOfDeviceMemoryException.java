package wavenet4j.train.device;

import ai.djl.engine.EngineException;

import java.util.Locale;
import java.util.stream.Stream;

/// The device has too little memory for a micro-batch.
public final class OutOfDeviceMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// The exception for an error of libtorch that [#matches].
    public OutOfDeviceMemoryException(EngineException cause) {
        super(firstSentence(cause), cause);
    }

    /// The exception for Java's own memory.
    public OutOfDeviceMemoryException(OutOfMemoryError cause) {
        super(
                "%s; Java has %,d MB at most, see -Xmx"
                        .formatted(cause.getMessage(), Runtime.getRuntime().maxMemory() >> 20),
                cause);
    }

    /// Whether libtorch ran out of memory. Only its message says so: "CUDA out of memory. Tried to
    /// allocate 2.00 GiB. ...", "CUDA error: out of memory" from the driver,
    /// "CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`", and on a processor
    /// "DefaultCPUAllocator: can't allocate memory: you tried to allocate ... bytes" (on Windows
    /// "not enough memory").
    public static boolean matches(EngineException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return Stream.of(
                        "out of memory",
                        "can't allocate memory",
                        "not enough memory",
                        "status_alloc_failed")
                .anyMatch(message::contains);
    }

    private static String firstSentence(EngineException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
