package wavenet4j.testing;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.Labels;
import wavenet4j.spec.SampleHead;

import java.util.List;

/// The widths of a network of dilated convolutions to test with.
///
/// @param residual R
/// @param gate G
/// @param skip S
/// @param head A
public record Channels(int residual, int gate, int skip, int head) {
    /// The network of these widths.
    public ModelSpec spec(
            int sampleRate,
            Distribution distribution,
            int kernelSize,
            List<Integer> dilations,
            Labels labels) {
        return new ModelSpec(
                sampleRate,
                distribution,
                new DilatedConvolutions(residual, gate, skip, kernelSize, dilations),
                new SampleHead(head),
                new Conditioning(labels));
    }
}
