package wavenet4j.benchmarks.report;

import wavenet4j.benchmarks.ReferenceShape;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A program in one configuration, and its speed on each network.
///
/// @param name shown in the report
/// @param rival whether it is another library's
/// @param speeds by network; absent if not measured
record Program(String name, boolean rival, Map<ReferenceShape, Measurement> speeds) {
    private static final String SHAPE = "shape";

    /// The programs in a run, WaveNet4J first, then in the order of the run.
    static List<Program> among(List<Measurement> measurements) {
        var programs = new LinkedHashMap<String, Program>();
        for (Measurement measurement : measurements) {
            String benchmark = measurement.benchmark();
            boolean rival = benchmark.startsWith("RivalLoop.");
            boolean ours = benchmark.matches("(SampleLoop|Nd4jLoop)\\..*");
            if (!rival && !ours) continue;
            var shape = ReferenceShape.valueOf(measurement.parameter(SHAPE));
            programs.computeIfAbsent(
                            name(measurement),
                            name -> new Program(name, rival, new EnumMap<>(ReferenceShape.class)))
                    .speeds
                    .put(shape, measurement);
        }
        return programs.values().stream().sorted(Comparator.comparing(Program::rival)).toList();
    }

    private static String name(Measurement measurement) {
        String name =
                switch (measurement.benchmark()) {
                    case "SampleLoop.cpu" -> "WaveNet4J, cpu";
                    case "SampleLoop.eightStreams" -> "WaveNet4J, cpu, 8 streams at once, 1 thread";
                    case "SampleLoop.sixteenStreams" ->
                            "WaveNet4J, cpu, 16 streams at once, 2 threads";
                    case "SampleLoop.reference" -> "WaveNet4J, reference";
                    case "Nd4jLoop.streams" ->
                            "WaveNet4J, nd4j on the processor, float32, 1 thread";
                    case "RivalLoop.onnxRuntime" -> "ONNX Runtime, a tick as a tuned graph";
                    case "RivalLoop.torchScript" -> "TorchScript through DJL, tuned";
                    case "RivalLoop.ndArrays" -> "DJL NDArrays, tick by tick";
                    case "RivalLoop.wholeWindow" ->
                            "DJL NDArrays, whole receptive field for each sample";
                    default -> measurement.benchmark();
                };
        String parameters =
                measurement.parameters().entrySet().stream()
                        .filter(parameter -> !parameter.getKey().equals(SHAPE))
                        .map(parameter -> label(parameter.getKey(), parameter.getValue()))
                        .collect(Collectors.joining(", "));
        return parameters.isEmpty() ? name : name + ", " + parameters;
    }

    private static String label(String parameter, String value) {
        return switch (parameter) {
            case "precision" -> value.toLowerCase(Locale.ROOT);
            default ->
                    value.equals("1") && parameter.endsWith("s")
                            ? "1 " + parameter.substring(0, parameter.length() - 1)
                            : value + " " + parameter;
        };
    }
}
