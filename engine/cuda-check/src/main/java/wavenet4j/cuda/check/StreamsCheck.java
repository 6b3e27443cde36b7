package wavenet4j.cuda.check;

import wavenet4j.Take;
import wavenet4j.distribution.Sampling;
import wavenet4j.spec.Precision;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Draws many takes at once, and each of them alone.
///
/// @param counts of streams at once
/// @param samples of each
record StreamsCheck(CheckedNetwork network, List<Integer> counts, int samples) implements Check {
    @Override
    public String name() {
        return "streams";
    }

    @Override
    public String claim() {
        return "many streams say to the bit what each says alone";
    }

    @Override
    public CheckResult run(CheckedGpu rig, Consumer<String> notes) {
        for (var precision : List.of(Precision.FLOAT16, Precision.FLOAT32)) {
            int most = counts.stream().mapToInt(Integer::intValue).max().orElseThrow();
            int[][] alone = alone(rig, precision, most);
            for (int count : counts) {
                int[][] together = together(rig, precision, count);
                for (int n = 0; n < count; n++) {
                    int parted = Arrays.mismatch(alone[n], together[n]);
                    if (parted < 0) continue;
                    return new CheckResult.Failed(
                            "%s, %s: stream %d of %d parts from what it says alone at sample %d"
                                    .formatted(network.name(), precision, n, count, parted));
                }
            }
        }
        return new CheckResult.Passed(
                "%s, %s streams of %,d samples, float16 and float32"
                        .formatted(network.name(), counts, samples));
    }

    private int[][] alone(CheckedGpu rig, Precision precision, int count) {
        var levels = new int[count][samples];
        try (var generator = rig.openOne(network, precision)) {
            for (int n = 0; n < count; n++) {
                generator.reset(take(n));
                generator.generate(levels[n], 0, samples);
            }
        }
        return levels;
    }

    private int[][] together(CheckedGpu rig, Precision precision, int count) {
        var levels = new int[count][samples];
        try (var streams = rig.open(network, precision, count)) {
            for (int n = 0; n < count; n++) streams.reset(n, take(n));
            streams.generate(levels, 0, samples / 3);
            streams.generate(levels, samples / 3, samples);
        }
        return levels;
    }

    /// No two draw alike.
    private Take take(int n) {
        var sampling = new Sampling(0.8f + 0.1f * (n % 4), n % 3 * 20, n % 5 == 0 ? 0.95f : 1);
        return new Take(100 + n, sampling, n % 2 == 0 ? network.labels() : Take.ofSeed(0).labels());
    }
}
