package wavenet4j.benchmarks;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What generates samples, in one way of running it, and how fast each network was.
///
/// @param name for people
/// @param rival whether it is not ours
/// @param speeds by the network; those not measured are absent
record Program(String name, boolean rival, Map<ReferenceShape, Measurement> speeds) {
    private static final String SHAPE = "shape";

    /// The programs among what was measured, ours first, else in the order of the run.
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
                    case "RivalLoop.ndArrays" -> "DJL NDArrays, a tick as first written";
                    case "RivalLoop.wholeWindow" -> "DJL NDArrays, the whole window anew";
                    default -> measurement.benchmark();
                };
        String parameters =
                measurement.parameters().entrySet().stream()
                        .filter(parameter -> !parameter.getKey().equals(SHAPE))
                        .map(parameter -> say(parameter.getKey(), parameter.getValue()))
                        .collect(Collectors.joining(", "));
        return parameters.isEmpty() ? name : name + ", " + parameters;
    }

    private static String say(String parameter, String value) {
        return switch (parameter) {
            case "precision" -> value.toLowerCase(Locale.ROOT);
            default ->
                    value.equals("1") && parameter.endsWith("s")
                            ? "1 " + parameter.substring(0, parameter.length() - 1)
                            : value + " " + parameter;
        };
    }
}
