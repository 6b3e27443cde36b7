package wavenet4j.benchmarks.rivals;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.backend.Conditioner;
import wavenet4j.backend.Network;
import wavenet4j.backend.StepLoop;
import wavenet4j.distribution.Picker;

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
            case ND_ARRAYS -> generator(model, new NDArrayRival(model, threads));
            case WHOLE_WINDOW -> generator(model, new WholeWindowRival(model, threads));
            case TORCH_SCRIPT -> new Generator(new TorchScriptRival(model, threads));
            case ONNX_RUNTIME -> generator(model, new OnnxRuntimeRival(model, threads));
        };
    }

    private static Generator generator(Model model, Network network) {
        var picker = Picker.of(model.spec().distribution());
        return new Generator(new StepLoop(new Conditioner(model), network, picker));
    }
}
