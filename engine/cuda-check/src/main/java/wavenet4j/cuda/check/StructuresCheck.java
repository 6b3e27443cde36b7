package wavenet4j.cuda.check;

import wavenet4j.Take;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.plan.Layout.Link;
import wavenet4j.cuda.internal.plan.Plan;
import wavenet4j.spec.Precision;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Lays each network out in every way and compares what it says.
///
/// @param counts of streams
/// @param samples of each
record StructuresCheck(List<CheckedNetwork> networks, List<Integer> counts, int samples)
        implements Check {
    @Override
    public String name() {
        return "structures";
    }

    @Override
    public String claim() {
        return "a network says the same on every launch structure that it fits, and is refused by"
                + " the others with the reason";
    }

    @Override
    public CheckResult run(CheckedGpu rig, Consumer<String> notes) {
        int ran = 0;
        int refused = 0;
        for (CheckedNetwork network : networks) {
            for (var precision : List.of(Precision.FLOAT16, Precision.FLOAT32)) {
                for (int count : counts) {
                    int[][] first = null;
                    for (Link link : Link.values()) {
                        String what =
                                "%s, %s, %s of %d"
                                        .formatted(network.name(), precision, link, count);
                        boolean strict = precision == Precision.FLOAT32;
                        switch (rig.plan(link, network.spec(), strict, count)) {
                            case Missing<Plan>(var reason, var remedy) -> {
                                notes.accept(
                                        "%s is refused: %s; %s".formatted(what, reason, remedy));
                                refused++;
                            }
                            case Found<Plan>(var plan) -> {
                                int[][] levels = generate(rig, link, network, precision, count);
                                notes.accept(what + ": " + plan.describe(network.spec()));
                                ran++;
                                if (first == null) {
                                    first = levels;
                                } else if (!Arrays.deepEquals(first, levels)) {
                                    return new CheckResult.Failed(
                                            what
                                                    + " says something else than the structures"
                                                    + " before it");
                                }
                            }
                        }
                    }
                    if (first == null) {
                        return new CheckResult.Failed(
                                "%s, %s: no launch structure takes %d streams"
                                        .formatted(network.name(), precision, count));
                    }
                }
            }
        }
        return new CheckResult.Passed("%d layouts agree, %d are refused".formatted(ran, refused));
    }

    private int[][] generate(
            CheckedGpu rig, Link link, CheckedNetwork network, Precision precision, int count) {
        var levels = new int[count][samples];
        try (var streams = rig.open(link, network, precision, count)) {
            for (int n = 0; n < count; n++) {
                streams.reset(n, new Take(n, Take.ofSeed(0).sampling(), network.labels()));
            }
            streams.generate(levels, 0, samples);
        }
        return levels;
    }
}
