package wavenet4j.spec;

import static wavenet4j.internal.Checks.requireRange;

import wavenet4j.spec.TensorSpec.Role;

import java.util.List;

/// One sample at a time: `relu(skip) -> A -> relu -> outputs`.
///
/// @param hidden A
public record SampleHead(int hidden) implements Head {
    public SampleHead {
        requireRange("channels.head", hidden, 1, DilatedConvolutions.MAX_CHANNELS);
    }

    @Override
    public List<TensorSpec> tensors(int skip, int outputs) {
        return List.of(
                new TensorSpec("head.hidden.weight", Shape.of(hidden, skip), Role.WEIGHT),
                new TensorSpec("head.hidden.bias", Shape.of(hidden), Role.BIAS),
                new TensorSpec("head.output.weight", Shape.of(outputs, hidden), Role.OUTPUT_WEIGHT),
                new TensorSpec("head.output.bias", Shape.of(outputs), Role.OUTPUT_BIAS));
    }
}
