package wavenet4j.benchmarks;

import wavenet4j.ModelSpec;
import wavenet4j.ModelSpec.Channels;
import wavenet4j.ModelSpec.Labels;

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
            case SMALL -> spec(new Channels(32, 32, 128, 256), 2);
            case MEDIUM -> spec(new Channels(64, 64, 256, 256), 2);
            case IBAB -> spec(new Channels(32, 32, 512, 512), 5);
        };
    }

    private static ModelSpec spec(Channels channels, int stacks) {
        List<Integer> stack = IntStream.range(0, 10).mapToObj(i -> 1 << i).toList();
        List<Integer> dilations =
                Collections.nCopies(stacks, stack).stream().flatMap(List::stream).toList();
        return new ModelSpec(16_000, 256, channels, 2, dilations, Labels.NONE);
    }
}
