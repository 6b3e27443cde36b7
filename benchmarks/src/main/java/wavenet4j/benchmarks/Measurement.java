package wavenet4j.benchmarks;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What JMH found of one benchmark with one set of parameters.
///
/// @param benchmark class and method, as `SampleLoop.cpu`
/// @param parameters by their names
/// @param score operations a second
/// @param error half of the 99.9 % confidence interval of the score, or null where JMH has too few
///   iterations to tell
/// @param besides what was measured besides by its name: counters a second, and
///   `gc.alloc.rate.norm`, bytes of the Java heap an operation
record Measurement(
        String benchmark,
        SortedMap<String, String> parameters,
        double score,
        @Nullable Double error,
        SortedMap<String, Double> besides) {

    private static final String ALLOCATION = "gc.alloc.rate.norm";

    Measurement {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        besides = Collections.unmodifiableSortedMap(new TreeMap<>(besides));
    }

    static Measurement of(RunResult result) {
        var parameters = new TreeMap<String, String>();
        for (String key : result.getParams().getParamsKeys()) {
            parameters.put(key, result.getParams().getParam(key));
        }
        var besides = new TreeMap<String, Double>();
        result.getSecondaryResults()
                .forEach((name, secondary) -> {
                    boolean told = !name.startsWith("gc.") || name.equals(ALLOCATION);
                    if (told && Double.isFinite(secondary.getScore())) {
                        besides.put(name, secondary.getScore());
                    }
                });
        String qualified = result.getParams().getBenchmark();
        double error = result.getPrimaryResult().getScoreError();
        return new Measurement(
                qualified.replaceFirst(".*\\.(\\w+\\.\\w+)", "$1"),
                parameters,
                result.getPrimaryResult().getScore(),
                Double.isFinite(error) ? error : null,
                besides);
    }

    /// A parameter's value, or `""` where there is none of that name.
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /// A counter a second, 0 where there is none of that name.
    double counter(String name) {
        return besides.getOrDefault(name, 0.0);
    }

    /// Bytes of the Java heap that an operation allocates.
    double allocation() {
        return besides.getOrDefault(ALLOCATION, Double.NaN);
    }
}
