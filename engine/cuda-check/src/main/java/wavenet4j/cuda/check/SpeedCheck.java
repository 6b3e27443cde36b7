package wavenet4j.cuda.check;

import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.plan.Layout.Link;
import wavenet4j.cuda.internal.plan.Plan;
import wavenet4j.cuda.internal.plan.Planner;
import wavenet4j.spec.Precision;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Measures how many samples a second the card draws, as a table for benchmarks/RESULTS.md.
///
/// @param counts of streams
/// @param seconds that each measurement lasts at least
record SpeedCheck(
        List<CheckedNetwork> networks, List<Integer> counts, double seconds, LocalDate date)
        implements Check {
    private static final int FIRST_TICKS = 32;
    private static final int MOST_TICKS = 1 << 14;
    private static final double SECONDS_OF_CALL = 0.1;

    @Override
    public String name() {
        return "speed";
    }

    @Override
    public String claim() {
        return "the table of speeds; no figure is asked for, but every layout must run";
    }

    @Override
    public CheckResult run(CheckedGpu rig, Consumer<String> notes) {
        notes.accept(
                "Measured on %s, %s. nv-wavenet's highest published rate is 42,830 samples/s"
                        .formatted(rig.describe(), date));
        notes.accept("(V100, float16, one stream of 20 layers, R = 64, S = 128; its issue 18).");
        notes.accept("");
        notes.accept(
                "| network | precision | streams | structure | planner's choice | samples/s a"
                        + " stream | samples/s in all |");
        notes.accept("|---|---|--:|---|:-:|--:|--:|");
        int measured = 0;
        double fastestOne = 0;
        double most = 0;
        for (CheckedNetwork network : networks) {
            for (var precision : List.of(Precision.FLOAT16, Precision.FLOAT32)) {
                for (int count : counts) {
                    Link chosen = chosen(rig, network, precision, count);
                    for (Link link : Link.values()) {
                        boolean strict = precision == Precision.FLOAT32;
                        String row =
                                "| %s | %s | %,d | %s | %s |"
                                        .formatted(
                                                network.name(),
                                                precision,
                                                count,
                                                link.name().toLowerCase(Locale.ROOT),
                                                link == chosen ? "x" : "");
                        switch (rig.plan(link, network.spec(), strict, count)) {
                            case Missing<Plan>(var reason, var _) ->
                                    notes.accept(row + " – | %s |".formatted(reason));
                            case Found<Plan> _ -> {
                                double rate = rate(rig, link, network, precision, count);
                                notes.accept(
                                        row + " %,.0f | %,.0f |".formatted(rate / count, rate));
                                measured++;
                                if (count == 1) fastestOne = Math.max(fastestOne, rate);
                                most = Math.max(most, rate);
                            }
                        }
                    }
                }
            }
        }
        return CheckResult.of(
                measured > 0,
                "%d layouts measured; one stream up to %,.0f samples/s, many up to %,.0f in all"
                        .formatted(measured, fastestOne, most));
    }

    private static Link chosen(
            CheckedGpu rig, CheckedNetwork network, Precision precision, int count) {
        var planner = new Planner(rig.card(), rig.threads());
        return switch (planner.plan(network.spec(), precision == Precision.FLOAT32, count)) {
            case Found<Plan>(var plan) -> plan.layout().link();
            case Missing<Plan>(var reason, var remedy) ->
                    throw new IllegalStateException(reason + "; " + remedy);
        };
    }

    /// Samples a second of all streams together.
    private double rate(
            CheckedGpu rig, Link link, CheckedNetwork network, Precision precision, int count) {
        try (var streams = rig.open(link, network, precision, count)) {
            for (int n = 0; n < count; n++) {
                streams.reset(n, new Take(n, Take.ofSeed(0).sampling(), network.labels()));
            }
            return rate(streams);
        }
    }

    private double rate(Streams streams) {
        // Calls of a length that neither waits for the host nor for the clock: found while the card
        // warms up.
        int ticks = FIRST_TICKS;
        var levels = new int[streams.count()][MOST_TICKS];
        double warmUp = 0;
        while (warmUp < seconds / 4) {
            double lasted = secondsOf(streams, levels, ticks);
            warmUp += lasted;
            if (lasted < SECONDS_OF_CALL) ticks = Math.min(2 * ticks, MOST_TICKS);
        }
        long drawn = 0;
        double lasted = 0;
        while (lasted < seconds) {
            lasted += secondsOf(streams, levels, ticks);
            drawn += (long) ticks * streams.count();
        }
        return drawn / lasted;
    }

    private static double secondsOf(Streams streams, int[][] levels, int ticks) {
        long start = System.nanoTime();
        streams.generate(levels, 0, ticks);
        return (System.nanoTime() - start) / 1e9;
    }
}
