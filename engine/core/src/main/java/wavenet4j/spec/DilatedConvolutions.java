package wavenet4j.spec;

import static wavenet4j.internal.Checks.requireRange;
import static wavenet4j.spec.TensorSpec.Role.BIAS;
import static wavenet4j.spec.TensorSpec.Role.LABEL_WEIGHT;
import static wavenet4j.spec.TensorSpec.Role.WEIGHT;

import java.util.ArrayList;
import java.util.List;

/// Gated residual layers of dilated causal convolutions (van den Oord et al., "WaveNet", 2016).
///
/// @param residual R, channels between the layers
/// @param gate G, channels of each half of the gated activation
/// @param skip S, channels of the sum over the layers
/// @param kernelSize K, the taps of each convolution
/// @param dilations d of each of the L layers, in order from the input
public record DilatedConvolutions(
        int residual, int gate, int skip, int kernelSize, List<Integer> dilations)
        implements Trunk {

    /// The longest receptive field accepted, in samples: over an hour at 16 kHz, and small enough
    /// that no delay line's size overflows.
    public static final int MAX_RECEPTIVE_FIELD = 1 << 26;

    static final int MAX_CHANNELS = 1 << 14;

    public DilatedConvolutions {
        requireRange("channels.residual", residual, 1, MAX_CHANNELS);
        requireRange("channels.gate", gate, 1, MAX_CHANNELS);
        requireRange("channels.skip", skip, 1, MAX_CHANNELS);
        requireRange("kernelSize", kernelSize, 1, 1024);
        dilations = List.copyOf(dilations);
        requireRange("the number of dilations", dilations.size(), 1, 1000);
        long receptiveField = 1;
        for (int dilation : dilations) {
            requireRange("each of dilations", dilation, 1, MAX_RECEPTIVE_FIELD);
            receptiveField += (kernelSize - 1L) * dilation;
        }
        if (receptiveField > MAX_RECEPTIVE_FIELD) {
            throw new IllegalArgumentException(
                    "the receptive field is %,d samples; the most is %,d"
                            .formatted(receptiveField, MAX_RECEPTIVE_FIELD));
        }
    }

    @Override
    public int input() {
        return residual;
    }

    @Override
    public int layers() {
        return dilations.size();
    }

    /// 2G: those of the filter first, then those of the gate.
    @Override
    public int biases() {
        return 2 * gate;
    }

    @Override
    public int receptiveField() {
        int field = 1;
        for (int dilation : dilations) field += (kernelSize - 1) * dilation;
        return field;
    }

    @Override
    public List<TensorSpec> tensors(Conditioning conditioning) {
        var tensors = new ArrayList<TensorSpec>();
        for (int i = 0; i < layers(); i++) {
            String layer = "layers." + i + ".";
            tensors.add(
                    new TensorSpec(
                            layer + "dilated.weight",
                            Shape.of(2 * gate, residual, kernelSize),
                            WEIGHT));
            tensors.add(new TensorSpec(layer + "dilated.bias", Shape.of(2 * gate), BIAS));
            if (!conditioning.labels().names().isEmpty()) {
                var shape = Shape.of(2 * gate, conditioning.labels().embedding());
                tensors.add(new TensorSpec(layer + "label.weight", shape, LABEL_WEIGHT));
            }
            // The last layer's residual output would feed nothing.
            if (i < layers() - 1) {
                var shape = Shape.of(residual, gate);
                tensors.add(new TensorSpec(layer + "residual.weight", shape, WEIGHT));
                tensors.add(new TensorSpec(layer + "residual.bias", Shape.of(residual), BIAS));
            }
            tensors.add(new TensorSpec(layer + "skip.weight", Shape.of(skip, gate), WEIGHT));
            tensors.add(new TensorSpec(layer + "skip.bias", Shape.of(skip), BIAS));
        }
        return tensors;
    }
}
