package wavenet4j.train.device;

import wavenet4j.ModelSpec;
import wavenet4j.train.config.ComputeConfig.Kernels;

import java.util.Optional;

/// The kernels that compute a run on a processor, and why those.
///
/// @param reason in some words, or the empty string
record KernelChoice(Kernels kernels, String reason) {
    /// Of a GPU.
    static final KernelChoice NONE = new KernelChoice(Kernels.AUTO, "");

    private static final String ASKED = "as training.kernels asks for";

    // Java's heap holds the arrays of the Vector API's kernels, and other things.
    private static final double SHARE_OF_HEAP = 0.8;

    // PyTorch gains by longer windows than those of the measurement, where it has bfloat16.
    private static final double CLEARLY_FASTER = 1.1;

    private static final long TOO_SMALL_TO_MEASURE = 10_000; // parameters

    /// What decides before a measurement; empty where only that can.
    ///
    /// @param asked by the configuration
    /// @param kept those that the run began with
    /// @param heap bytes that the Vector API's kernels need
    /// @throws IllegalArgumentException when these are asked for, and the heap is too small
    static Optional<KernelChoice> of(ModelSpec spec, Kernels asked, Kernels kept, long heap) {
        if (!hasVectors()) return pyTorch("Java was started without jdk.incubator.vector");
        if (asked == Kernels.PYTORCH) return pyTorch(ASKED);
        long most = Runtime.getRuntime().maxMemory();
        if (heap > SHARE_OF_HEAP * most) {
            if (asked == Kernels.AUTO) return pyTorch("for want of Java's heap");
            throw new IllegalArgumentException(
                    "training.kernels is vector, whose arrays would not fit into Java's heap of %,d MB; lower training.window, give Java more by -Xmx, or take pytorch"
                            .formatted(most >> 20));
        }
        if (asked == Kernels.VECTOR) return Optional.of(new KernelChoice(asked, ASKED));
        if (kept != Kernels.AUTO) return Optional.of(new KernelChoice(kept, "as this run began"));
        return spec.parameters() < TOO_SMALL_TO_MEASURE
                ? Optional.of(new KernelChoice(Kernels.VECTOR, ""))
                : Optional.empty();
    }

    /// The choice by the Vector API's speed as a multiple of PyTorch's.
    static KernelChoice byRatio(double ratio) {
        return ratio > CLEARLY_FASTER
                ? new KernelChoice(
                        Kernels.VECTOR, "%.2f times PyTorch's speed here".formatted(ratio))
                : new KernelChoice(
                        Kernels.PYTORCH,
                        "%.2f times the Vector API's speed here".formatted(1 / ratio));
    }

    static boolean hasVectors() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    private static Optional<KernelChoice> pyTorch(String reason) {
        return Optional.of(new KernelChoice(Kernels.PYTORCH, reason));
    }
}
