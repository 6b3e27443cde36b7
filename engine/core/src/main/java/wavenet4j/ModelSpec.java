package wavenet4j;

import static wavenet4j.internal.Checks.requireRange;

import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Quantizer;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.Head;
import wavenet4j.spec.Labels;
import wavenet4j.spec.Shape;
import wavenet4j.spec.TensorSpec;
import wavenet4j.spec.TensorSpec.Role;
import wavenet4j.spec.Trunk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The shape of a network: everything needed to size its tensors and to run it, and nothing
/// learned.
///
/// @param sampleRate samples a second of the audio it generates
/// @param quantizer between amplitudes and levels
/// @param trunk its layers
/// @param head from the trunk's sum to the distribution's parameters
/// @param distribution of the next sample
/// @param conditioning what takes are conditioned on
public record ModelSpec(
        int sampleRate,
        Quantizer quantizer,
        Trunk trunk,
        Head head,
        Distribution distribution,
        Conditioning conditioning) {

    public ModelSpec {
        requireRange("sampleRate", sampleRate, 100, 1_000_000);
        if (quantizer.levels() != distribution.levels()) {
            throw new IllegalArgumentException(
                    "the distribution is over %,d levels; the quantizer has %,d"
                            .formatted(distribution.levels(), quantizer.levels()));
        }
        for (var tensor : tensors(trunk, head, distribution, conditioning)) {
            if (tensor.shape().size() > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException(
                        "the tensor %s of shape %s is too large"
                                .formatted(tensor.name(), tensor.shape()));
            }
        }
    }

    /// A network with the quantizer that is usual for such a distribution.
    public ModelSpec(
            int sampleRate,
            Distribution distribution,
            Trunk trunk,
            Head head,
            Conditioning conditioning) {
        this(sampleRate, distribution.quantizer(), trunk, head, distribution, conditioning);
    }

    /// Q, the number of levels a sample may have.
    public int levels() {
        return quantizer.levels();
    }

    /// L, the number of layers of the trunk.
    public int layers() {
        return trunk.layers();
    }

    /// The number of past samples, the present one included, that one output depends on.
    public int receptiveField() {
        return trunk.receptiveField();
    }

    /// What a take as a whole can be conditioned on.
    public Labels labels() {
        return conditioning.labels();
    }

    /// The trunk as dilated convolutions, for code that runs no other.
    public DilatedConvolutions convolutions() {
        return switch (trunk) {
            case DilatedConvolutions convolutions -> convolutions;
        };
    }

    /// The number of learned values.
    public long parameters() {
        return tensors().stream().mapToLong(tensor -> tensor.shape().size()).sum();
    }

    /// Every tensor of the network, in the order in which they are written.
    public List<TensorSpec> tensors() {
        return tensors(trunk, head, distribution, conditioning);
    }

    /// The shape of every tensor by its name, in the same order.
    public SequencedMap<String, Shape> shapes() {
        var shapes = new LinkedHashMap<String, Shape>();
        for (TensorSpec tensor : tensors()) shapes.put(tensor.name(), tensor.shape());
        return shapes;
    }

    private static List<TensorSpec> tensors(
            Trunk trunk, Head head, Distribution distribution, Conditioning conditioning) {
        var tensors = new ArrayList<TensorSpec>();
        int residual = trunk.input();
        switch (distribution) {
            case Distribution.Categorical(int levels) ->
                    tensors.add(
                            new TensorSpec(
                                    "input.embedding",
                                    Shape.of(levels, residual),
                                    Role.INPUT_EMBEDDING));
            case Distribution.LogisticMixture _ -> {
                tensors.add(
                        new TensorSpec("input.weight", Shape.of(residual, 1), Role.INPUT_WEIGHT));
                tensors.add(new TensorSpec("input.bias", Shape.of(residual), Role.INPUT_BIAS));
            }
        }
        Labels labels = conditioning.labels();
        if (!labels.names().isEmpty()) {
            var shape = Shape.of(labels.names().size(), labels.embedding());
            tensors.add(new TensorSpec("labels.embedding", shape, Role.LABEL_EMBEDDING));
        }
        tensors.addAll(trunk.tensors(conditioning));
        tensors.addAll(head.tensors(trunk.skip(), distribution.width()));
        return List.copyOf(tensors);
    }
}
