package wavenet4j.benchmarks.rivals;

import wavenet4j.Generator;
import wavenet4j.Model;

/// Other libraries to compare with.
public enum Rival {
    /// DJL NDArray operations, tick by tick.
    ND_ARRAYS,
    /// DJL, the whole receptive field for each sample.
    WHOLE_WINDOW,
    /// DJL, the sample loop as a TorchScript module with few operators.
    TORCH_SCRIPT,
    /// ONNX Runtime, a tick as one graph with few operators.
    ONNX_RUNTIME;

    /// Opens a generator.
    ///
    /// @param threads of the library within an operator
    /// @throws IllegalArgumentException when the network's kernel size is not 2 or it has labels
    public Generator open(Model model, int threads) {
        var spec = model.spec();
        if (spec.convolutions().kernelSize() != 2 || !spec.labels().names().isEmpty()) {
            throw new IllegalArgumentException(
                    "the rivals run networks of kernel size 2 without labels; this one has kernel"
                            + " size %d and %d labels"
                                    .formatted(
                                            spec.convolutions().kernelSize(),
                                            spec.labels().names().size()));
        }
        return switch (this) {
            case ND_ARRAYS -> new NDArrayRival(model, threads);
            case WHOLE_WINDOW -> new WholeWindowRival(model, threads);
            case TORCH_SCRIPT -> new TorchScriptRival(model, threads);
            case ONNX_RUNTIME -> new OnnxRuntimeRival(model, threads);
        };
    }
}
