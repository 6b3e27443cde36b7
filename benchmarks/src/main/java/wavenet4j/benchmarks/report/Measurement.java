package wavenet4j.benchmarks.report;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The result of one benchmark with one set of parameters.
///
/// @param benchmark class and method, such as `SampleLoop.cpu`
/// @param parameters by name
/// @param score operations a second
/// @param error half of the 99.9 % confidence interval of the score; null with too few iterations
/// @param besides secondary results by name: counters a second, and `gc.alloc.rate.norm`, bytes
///   allocated on the Java heap for an operation
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
                    boolean reported = !name.startsWith("gc.") || name.equals(ALLOCATION);
                    if (reported && Double.isFinite(secondary.getScore())) {
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

    /// The value of a parameter, or `""`.
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /// A counter a second, or 0.
    double counter(String name) {
        return besides.getOrDefault(name, 0.0);
    }

    /// Bytes allocated on the Java heap for an operation.
    double allocation() {
        return besides.getOrDefault(ALLOCATION, Double.NaN);
    }
}
