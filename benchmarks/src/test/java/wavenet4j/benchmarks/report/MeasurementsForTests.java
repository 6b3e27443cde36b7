package wavenet4j.benchmarks.report;

import wavenet4j.benchmarks.KernelPieces;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Measurements in round numbers, as JMH might report them.
final class MeasurementsForTests {
    private MeasurementsForTests() {}

    static List<Measurement> all() {
        return List.of(
                speed("RivalLoop.onnxRuntime", Map.of("shape", "SMALL", "threads", "1"), 10_000),
                speed("RivalLoop.onnxRuntime", Map.of("shape", "MEDIUM", "threads", "1"), 4_000),
                speed("RivalLoop.wholeWindow", Map.of("shape", "SMALL", "threads", "2"), 80),
                speed("SampleLoop.cpu", cpu("SMALL"), 50_000),
                speed("SampleLoop.cpu", cpu("MEDIUM"), 25_000),
                counted("Peaks.multiplyAdd", Map.of(), 1, Map.of("multiplyAdds", 80e9)),
                counted("Peaks.read", Map.of("level", "L1"), 1, Map.of("bytes", 200e9)),
                // Weights of 16 kB: they fit any first-level cache.
                counted(
                        KernelPieces.class.getSimpleName() + ".product",
                        Map.of("kind", "OUTPUT", "precision", "BFLOAT16", "shape", "MEDIUM"),
                        5e6,
                        Map.of("multiplyAdds", 40e9, "bytes", 80e9)),
                counted(
                        KernelPieces.class.getSimpleName() + ".gate",
                        Map.of("shape", "MEDIUM"),
                        2e6,
                        Map.of("multiplyAdds", 20e9, "bytes", 0.0)));
    }

    private static Map<String, String> cpu(String shape) {
        return Map.of("shape", shape, "precision", "BFLOAT16", "threads", "2");
    }

    private static Measurement speed(
            String benchmark, Map<String, String> parameters, double score) {
        return new Measurement(
                benchmark,
                new TreeMap<>(parameters),
                score,
                score / 25,
                new TreeMap<>(Map.of("gc.alloc.rate.norm", 0.0012)));
    }

    private static Measurement counted(
            String benchmark,
            Map<String, String> parameters,
            double score,
            Map<String, Double> besides) {
        return new Measurement(
                benchmark, new TreeMap<>(parameters), score, null, new TreeMap<>(besides));
    }
}
