package wavenet4j.cuda.check;

import wavenet4j.testing.TestModels;

import java.util.List;

/// What runs under compute-sanitizer, which makes all some hundred times slower.
final class ShortRun {
    /// What it says at its end.
    static final String DONE = "the short run is done";

    private static final int SAMPLES = 12;

    private ShortRun() {}

    /// A small awkward network on every launch structure, one stream and more than a group.
    static Check check() {
        var spec = TestModels.spec(256, TestModels.channels(48, 40, 72, 56), 3, List.of(1, 3, 2));
        var network = CheckedNetwork.random("short", TestModels.labelled(spec, 3, 5));
        return new StructuresCheck(List.of(network), List.of(1, 9), SAMPLES);
    }
}
