package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.joining;

import wavenet4j.Take;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.plan.Layout.Link;
import wavenet4j.cuda.internal.plan.Plan;
import wavenet4j.distribution.Sampling;
import wavenet4j.spec.Precision;

import java.util.List;
import java.util.function.Consumer;

/// Checks of the levels that a GPU generates, which must be equal to the bit. Each returns its
/// figures.
final class LevelChecks {
    private static final List<Precision> PRECISIONS = List.of(Precision.FLOAT16, Precision.FLOAT32);

    private LevelChecks() {}

    /// A network run on the GPU beside another backend.
    ///
    /// @param oracle `reference`, or `cpu` where that would take too long
    /// @param samples of the take
    record Trial(CheckedNetwork network, String oracle, int samples) {}

    /// A float32 take is that of the oracle.
    static String strict(CheckedGpu gpu, List<Trial> trials) {
        for (Trial trial : trials) {
            CheckedNetwork network = trial.network();
            int[] expected = new int[trial.samples()];
            int[][] actual = new int[1][trial.samples()];
            var take = new Take(11, new Sampling(0.9f, 0, 1), network.labels());
            try (var oracle = network.onProcessor(trial.oracle());
                    var streams = gpu.open(network, Precision.FLOAT32, 1)) {
                streams.reset(0, take);
                streams.generate(actual, 0, trial.samples());
                oracle.reset(take);
                oracle.generate(expected, 0, trial.samples());
            }
            assertThat(actual[0])
                    .as("%s beside the backend %s", network.name(), trial.oracle())
                    .isEqualTo(expected);
        }
        return trials.stream()
                .map(t ->
                        "%s: %,d samples as the backend %s"
                                .formatted(t.network().name(), t.samples(), t.oracle()))
                .collect(joining(", "));
    }

    /// Takes of many streams at once are those of each alone.
    ///
    /// @param counts of streams, the largest last
    static String streams(
            CheckedGpu gpu, CheckedNetwork network, List<Integer> counts, int samples) {
        for (var precision : PRECISIONS) {
            var alone = new int[counts.getLast()][samples];
            try (var streams = gpu.open(network, precision, 1)) {
                for (int n = 0; n < alone.length; n++) {
                    streams.reset(0, take(network, n));
                    streams.generate(new int[][] {alone[n]}, 0, samples);
                }
            }
            for (int count : counts) {
                var together = new int[count][samples];
                try (var streams = gpu.open(network, precision, count)) {
                    for (int n = 0; n < count; n++) streams.reset(n, take(network, n));
                    streams.generate(together, 0, samples / 3);
                    streams.generate(together, samples / 3, samples);
                }
                for (int n = 0; n < count; n++) {
                    assertThat(together[n])
                            .as("%s, %s: stream %d of %d", network.name(), precision, n, count)
                            .isEqualTo(alone[n]);
                }
            }
        }
        return "%s, %s streams of %,d samples, float16 and float32"
                .formatted(network.name(), counts, samples);
    }

    /// No two sample alike.
    private static Take take(CheckedNetwork network, int n) {
        var sampling = new Sampling(0.8f + 0.1f * (n % 4), n % 3 * 20, n % 5 == 0 ? 0.95f : 1);
        return new Take(100 + n, sampling, n % 2 == 0 ? network.labels() : Take.ofSeed(0).labels());
    }

    /// Takes in every layout that a network fits are the same.
    ///
    /// @param counts of streams
    static String structures(
            CheckedGpu gpu,
            List<CheckedNetwork> networks,
            List<Integer> counts,
            int samples,
            Consumer<String> notes) {
        int ran = 0;
        int refused = 0;
        for (CheckedNetwork network : networks) {
            for (var precision : PRECISIONS) {
                for (int count : counts) {
                    int[][] first = null;
                    for (Link link : Link.values()) {
                        var plan = gpu.plan(link, network.spec(), precision, count);
                        String what =
                                "%s, %s, %s of %d"
                                        .formatted(network.name(), precision, link, count);
                        switch (plan) {
                            case Missing<Plan>(var reason, var remedy) -> {
                                notes.accept(
                                        "%s is refused: %s; %s".formatted(what, reason, remedy));
                                refused++;
                            }
                            case Found<Plan>(var found) -> {
                                int[][] levels =
                                        generate(gpu, link, network, precision, count, samples);
                                notes.accept(what + ": " + found.describe(network.spec()));
                                ran++;
                                if (first == null) first = levels;
                                assertThat(levels).as(what).isDeepEqualTo(first);
                            }
                        }
                    }
                    assertThat(first)
                            .as("%s, %s: a layout for %d streams", network.name(), precision, count)
                            .isNotNull();
                }
            }
        }
        return "%d layouts agree, %d are refused".formatted(ran, refused);
    }

    private static int[][] generate(
            CheckedGpu gpu,
            Link link,
            CheckedNetwork network,
            Precision precision,
            int count,
            int samples) {
        var levels = new int[count][samples];
        try (var streams = gpu.open(link, network, precision, count)) {
            for (int n = 0; n < count; n++) {
                streams.reset(n, new Take(n, Take.ofSeed(0).sampling(), network.labels()));
            }
            streams.generate(levels, 0, samples);
        }
        return levels;
    }
}
