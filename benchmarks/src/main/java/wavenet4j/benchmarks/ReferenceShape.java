package wavenet4j.benchmarks;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.SampleHead;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// The networks that speeds are stated for: 256 levels, kernel size 2, stacks of dilations 1 to
/// 512.
public enum ReferenceShape {
    SMALL,
    MEDIUM,
    /// The defaults of ibab/tensorflow-wavenet.
    IBAB;

    /// The network's shape.
    public ModelSpec spec() {
        return switch (this) {
            case SMALL -> spec(32, 128, 256, 2);
            case MEDIUM -> spec(64, 256, 256, 2);
            case IBAB -> spec(32, 512, 512, 5);
        };
    }

    private static ModelSpec spec(int channels, int skip, int hidden, int stacks) {
        List<Integer> stack = IntStream.range(0, 10).mapToObj(i -> 1 << i).toList();
        List<Integer> dilations =
                Collections.nCopies(stacks, stack).stream().flatMap(List::stream).toList();
        return new ModelSpec(
                16_000,
                new Distribution.Categorical(256),
                new DilatedConvolutions(channels, channels, skip, 2, dilations),
                new SampleHead(hidden),
                Conditioning.NONE);
    }
}
