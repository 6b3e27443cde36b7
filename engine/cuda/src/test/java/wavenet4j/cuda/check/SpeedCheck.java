package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.plan.Layout.Link;
import wavenet4j.cuda.internal.plan.Plan;
import wavenet4j.spec.Precision;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Measures samples a second, as a table for benchmarks/RESULTS.md.
///
/// @param seconds that each measurement lasts at least
record SpeedCheck(CheckedGpu gpu, double seconds, LocalDate date) {
    private static final int FIRST_TICKS = 32;
    private static final int MOST_TICKS = 1 << 14;
    private static final double SECONDS_OF_CALL = 0.1;

    /// Measures every layout; the notes are the table.
    ///
    /// @param counts of streams
    String run(List<CheckedNetwork> networks, List<Integer> counts, Consumer<String> notes) {
        notes.accept("Measured on %s, %s.".formatted(gpu.describe(), date));
        notes.accept(
                "| network | precision | streams | layout | planner's choice | samples/s a stream |"
                        + " samples/s in all |");
        notes.accept("|---|---|--:|---|:-:|--:|--:|");
        int measured = 0;
        double fastestOne = 0;
        double most = 0;
        for (CheckedNetwork network : networks) {
            for (var precision : List.of(Precision.FLOAT16, Precision.FLOAT32)) {
                for (int count : counts) {
                    var chosen = chosen(network, precision, count);
                    for (Link link : Link.values()) {
                        String row =
                                "| %s | %s | %,d | %s | %s |"
                                        .formatted(
                                                network.name(),
                                                precision,
                                                count,
                                                link.name().toLowerCase(Locale.ROOT),
                                                link == chosen ? "x" : "");
                        switch (gpu.plan(link, network.spec(), precision, count)) {
                            case Missing<Plan>(var reason, var _) ->
                                    notes.accept(row + " – | %s |".formatted(reason));
                            case Found<Plan> _ -> {
                                double rate = rate(link, network, precision, count);
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
        assertThat(measured).isPositive();
        return "%d layouts measured; one stream up to %,.0f samples/s, many up to %,.0f in all"
                .formatted(measured, fastestOne, most);
    }

    private @Nullable Link chosen(CheckedNetwork network, Precision precision, int count) {
        boolean strict = precision == Precision.FLOAT32;
        return gpu.planner().plan(network.spec(), strict, count) instanceof Found<Plan>(var plan)
                ? plan.layout().link()
                : null;
    }

    /// Samples a second of all streams together.
    private double rate(Link link, CheckedNetwork network, Precision precision, int count) {
        try (var streams = gpu.open(link, network, precision, count)) {
            for (int n = 0; n < count; n++) {
                streams.reset(n, new Take(n, Take.ofSeed(0).sampling(), network.labels()));
            }
            return rate(streams);
        }
    }

    private double rate(Streams streams) {
        // While the GPU warms up, calls are made long enough to hide the host's and the clock's
        // share.
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
