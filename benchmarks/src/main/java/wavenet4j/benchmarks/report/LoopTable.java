package wavenet4j.benchmarks.report;

import wavenet4j.benchmarks.ReferenceShape;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The speeds of the programs as a Markdown table.
final class LoopTable {
    private LoopTable() {}

    static String of(List<Program> programs) {
        var table = new StringBuilder("| program |");
        for (var shape : ReferenceShape.values()) {
            table.append(' ').append(shape.name().toLowerCase(Locale.ROOT)).append(" |");
        }
        table.append(" times the best rival | heap bytes a sample |\n|---|");
        table.append("--:|".repeat(ReferenceShape.values().length + 2)).append('\n');
        for (Program program : programs) {
            table.append("| ").append(program.name()).append(" |");
            var ratios = new ArrayList<String>();
            double allocation = 0;
            for (var shape : ReferenceShape.values()) {
                Measurement speed = program.speeds().get(shape);
                if (speed == null) {
                    table.append(" |");
                    ratios.add("–");
                    continue;
                }
                table.append(' ').append(Numbers.withError(speed)).append(" |");
                double best = bestRival(programs, shape);
                ratios.add(best > 0 ? Numbers.significant(speed.score() / best) : "–");
                allocation = Math.max(allocation, speed.allocation());
            }
            table.append(' ').append(String.join(" / ", ratios)).append(" |");
            table.append(' ').append(Numbers.significant(allocation)).append(" |\n");
        }
        return table.toString();
    }

    /// Samples a second of the fastest rival; 0 if none was measured.
    private static double bestRival(List<Program> programs, ReferenceShape shape) {
        double best = 0;
        for (Program program : programs) {
            Measurement speed = program.speeds().get(shape);
            if (program.rival() && speed != null) best = Math.max(best, speed.score());
        }
        return best;
    }
}
