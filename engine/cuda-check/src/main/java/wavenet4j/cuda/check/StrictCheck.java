package wavenet4j.cuda.check;

import static java.util.stream.Collectors.joining;

import wavenet4j.Take;
import wavenet4j.distribution.Sampling;
import wavenet4j.spec.Precision;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Draws the same take in float32 on the card and on the processor.
record StrictCheck(List<Trial> trials) implements Check {
    private static final int SEED = 11;

    @Override
    public String name() {
        return "strict";
    }

    @Override
    public String claim() {
        return "in float32 the levels are the reference's (the cpu backend's where said so)";
    }

    @Override
    public CheckResult run(CheckedGpu rig, Consumer<String> notes) {
        for (Trial trial : trials) {
            int[] expected = new int[trial.samples()];
            int[] drawn = new int[trial.samples()];
            CheckedNetwork network = trial.network();
            var take = new Take(SEED, new Sampling(0.9f, 0, 1), network.labels());
            try (var oracle = network.onProcessor(trial.oracle());
                    var card = rig.openOne(network, Precision.FLOAT32)) {
                card.reset(take);
                card.generate(drawn, 0, drawn.length);
                oracle.reset(take);
                oracle.generate(expected, 0, expected.length);
            }
            int parted = Arrays.mismatch(expected, drawn);
            if (parted >= 0) {
                return new CheckResult.Failed(
                        "%s: sample %,d is level %d, and the backend %s draws %d"
                                .formatted(
                                        network.name(),
                                        parted,
                                        drawn[parted],
                                        trial.oracle(),
                                        expected[parted]));
            }
        }
        return new CheckResult.Passed(
                trials.stream()
                        .map(t ->
                                "%s: %,d samples as the backend %s"
                                        .formatted(t.network().name(), t.samples(), t.oracle()))
                        .collect(joining(", ")));
    }
}
