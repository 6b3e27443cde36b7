package wavenet4j.benchmarks.report;

import wavenet4j.benchmarks.KernelPieces;
import wavenet4j.benchmarks.MemoryLevel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The throughput of the kernels of a tick beside the peak of one core, as a Markdown table.
final class PieceTable {
    private static final double GIGA = 1e9;
    private static final String PIECES = KernelPieces.class.getSimpleName() + ".";

    private final double multiplyAdds; // a second, at peak
    private final Map<MemoryLevel, Double> bytes = new EnumMap<>(MemoryLevel.class); // a second
    private final List<Measurement> pieces = new ArrayList<>();

    private PieceTable(List<Measurement> measurements) {
        double multiplyAdds = 0;
        for (Measurement measurement : measurements) {
            switch (measurement.benchmark()) {
                case "Peaks.multiplyAdd" -> multiplyAdds = measurement.counter("multiplyAdds");
                case "Peaks.read" ->
                        bytes.put(
                                MemoryLevel.valueOf(measurement.parameter("level")),
                                measurement.counter("bytes"));
                default -> {
                    if (measurement.benchmark().startsWith(PIECES)) pieces.add(measurement);
                }
            }
        }
        this.multiplyAdds = multiplyAdds;
    }

    static String of(List<Measurement> measurements) {
        var table = new PieceTable(measurements);
        return table.peaks() + "\n" + table.shares();
    }

    private String peaks() {
        var text = new StringBuilder();
        text.append("| one core at best | a second |\n|---|--:|\n");
        text.append(
                "| multiply-adds of float32 in registers | %s G |\n"
                        .formatted(Numbers.significant(multiplyAdds / GIGA)));
        bytes.forEach((level, rate) ->
                text.append(
                        "| reading %s | %s GB |\n"
                                .formatted(
                                        level == MemoryLevel.MEMORY ? "memory" : level + " cache",
                                        Numbers.significant(rate / GIGA))));
        return text.toString();
    }

    private String shares() {
        var text = new StringBuilder();
        text.append(
                "| piece | shape | precision | µs a tick | G multiply-adds a second | of peak |");
        text.append(" weights | GB a second | of reading there |\n|---|---|---|");
        text.append("--:|".repeat(3)).append("---|--:|--:|\n");
        for (Measurement piece : pieces) {
            double rate = piece.counter("bytes");
            long weights = Math.round(rate / piece.score());
            var level = MemoryLevel.holding(weights);
            boolean reads = weights > 0;
            List<String> cells =
                    List.of(
                            name(piece),
                            piece.parameter("shape").toLowerCase(Locale.ROOT),
                            piece.parameter("precision").toLowerCase(Locale.ROOT),
                            Numbers.significant(1e6 / piece.score()),
                            Numbers.significant(piece.counter("multiplyAdds") / GIGA),
                            Numbers.share(piece.counter("multiplyAdds"), multiplyAdds),
                            reads ? "%,d kB, %s".formatted(weights / 1000, level) : "",
                            reads ? Numbers.significant(rate / GIGA) : "",
                            reads ? Numbers.share(rate, bytes.getOrDefault(level, 0.0)) : "");
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        return text.toString();
    }

    private static String name(Measurement piece) {
        String method = piece.benchmark().substring(PIECES.length());
        String kind = piece.parameter("kind").toLowerCase(Locale.ROOT);
        String several = piece.parameter("streams").equals("8") ? "eight streams" : "";
        return Stream.of(method, kind, several)
                .filter(word -> !word.isEmpty())
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }
}
