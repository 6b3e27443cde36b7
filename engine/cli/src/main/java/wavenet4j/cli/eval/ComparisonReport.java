package wavenet4j.cli.eval;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.analysis.PercentileRange;
import wavenet4j.audio.analysis.SoundFault;
import wavenet4j.audio.analysis.SoundStatistics;
import wavenet4j.train.evaluation.SoundComparison;
import wavenet4j.train.evaluation.SoundComparison.Group;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// The result of a comparison of takes with recordings, as a table and as JSON.
///
/// @param seconds length of each take and of each window of the recordings
/// @param comparison the numbers
record ComparisonReport(double seconds, SoundComparison comparison) {
    private static final double LEFT_OUT_PERCENT = 5;

    /// A row of the table.
    private record Row(
            String name, String key, String format, ToDoubleFunction<SoundStatistics> value) {
        PercentileRange usual(List<SoundStatistics> reference) {
            return PercentileRange.trimmed(LEFT_OUT_PERCENT, values(reference));
        }

        double[] values(List<SoundStatistics> statistics) {
            return statistics.stream().mapToDouble(value).toArray();
        }
    }

    private static final List<Row> ROWS =
            List.of(
                    new Row("level, dB", "levelDb", "%.1f", SoundStatistics::levelDb),
                    new Row("peak, dB", "peakDb", "%.1f", SoundStatistics::peakDb),
                    new Row("silent, %", "silentPercent", "%.1f", s -> 100 * s.silentShare()),
                    new Row("dynamics, dB", "dynamicsDb", "%.1f", SoundStatistics::dynamicsDb),
                    new Row("flatness", "flatness", "%.4f", SoundStatistics::flatness),
                    new Row("centroid, Hz", "centroidHz", "%.0f", SoundStatistics::centroidHz),
                    new Row("rolloff, Hz", "rolloffHz", "%.0f", SoundStatistics::rolloffHz),
                    new Row("crackle, dB", "crackleDb", "%.1f", SoundStatistics::crackleDb));

    /// The tables, one for each temperature and one of the distances.
    String text() {
        var lines = new ArrayList<String>();
        for (Group group : comparison.groups()) {
            String recordings = reference().size() + " passages of the recordings";
            String takes =
                    "%d takes of %s s at temperature %s"
                            .formatted(group.takes().size(), seconds, group.temperature());
            lines.add(row("", "  %-28s  %s".formatted(recordings, takes)));
            lines.add(
                    row("", cells("5 %", "median", "95 %"))
                            + cells("lowest", "median", "highest")
                            + "   outside");
            for (Row row : ROWS) lines.add(line(row, group));
            addFaults(group, lines);
            lines.add("");
        }
        lines.add(row("distance, dB", cells("lowest", "median", "highest")));
        lines.add(row("recordings", cells("%.2f", comparison.baseline())));
        for (Group group : comparison.groups()) {
            String cells =
                    cells("%.2f", group.distance()) + mark(group.distance(), comparison.baseline());
            lines.add(row("takes at " + group.temperature(), cells));
        }
        lines.add(row("white noise", cells("%.2f", comparison.noise())));
        lines.add("");
        lines.add("outside   beyond 5 % or 95 % of the recordings, as one in ten of these are too");
        lines.add(
                "distance  of the recordings: between halves of them, as near as may be expected");
        lines.add("*         the median is beyond the recordings' range");
        return String.join("\n", lines);
    }

    /// A line for each take that is not sound.
    private static void addFaults(Group group, List<String> lines) {
        for (int n = 0; n < group.takes().size(); n++) {
            for (SoundFault fault : group.faults().get(n)) {
                lines.add(
                        "the take of seed %d %s"
                                .formatted(group.takes().get(n).seed(), fault.words()));
            }
        }
    }

    private List<SoundStatistics> reference() {
        return comparison.reference();
    }

    private String line(Row row, Group group) {
        PercentileRange usual = row.usual(reference());
        double[] values = row.values(group.statistics());
        PercentileRange range = PercentileRange.full(values);
        return row(row.name(), cells(row.format(), usual))
                + cells(row.format(), range)
                + "%5d of %d".formatted(outside(values, usual), values.length)
                + mark(range, usual);
    }

    private static long outside(double[] values, PercentileRange usual) {
        long inside = 0;
        for (double value : values) inside += usual.contains(value) ? 1 : 0;
        return values.length - inside;
    }

    private static String mark(PercentileRange takes, PercentileRange usual) {
        return usual.contains(takes.median()) ? "" : " *";
    }

    private static String row(String name, String cells) {
        return "%-13s".formatted(name) + cells;
    }

    private static String cells(String format, PercentileRange spread) {
        return cells(
                cell(format, spread.low()),
                cell(format, spread.median()),
                cell(format, spread.high()));
    }

    private static String cells(String low, String median, String high) {
        return "%10s%10s%10s".formatted(low, median, high);
    }

    private static String cell(String format, double value) {
        return Double.isNaN(value) ? "-" : format.formatted(value);
    }

    /// All of it, as JSON has it.
    Map<String, Object> figures() {
        var takes = new ArrayList<Map<String, Object>>();
        for (Group group : comparison.groups()) takes.add(map(group));
        var map = new LinkedHashMap<String, Object>();
        map.put("seconds", seconds);
        map.put("passages", reference().size());
        map.put("recordings", usual());
        map.put("takes", takes);
        map.put("distanceRecordings", map(comparison.baseline()));
        map.put("distanceNoise", map(comparison.noise()));
        return map;
    }

    private Map<String, Object> usual() {
        var map = new LinkedHashMap<String, Object>();
        for (Row row : ROWS) map.put(row.key(), map(row.usual(reference())));
        return map;
    }

    private Map<String, Object> map(Group group) {
        var each = new ArrayList<Map<String, @Nullable Object>>();
        for (int n = 0; n < group.takes().size(); n++) {
            var take = new LinkedHashMap<String, @Nullable Object>();
            take.put("seed", group.takes().get(n).seed());
            take.put("labels", group.takes().get(n).labels().keySet());
            take.put("faults", group.faults().get(n).stream().map(SoundFault::title).toList());
            for (Row row : ROWS) {
                take.put(row.key(), number(row.value().applyAsDouble(group.statistics().get(n))));
            }
            each.add(take);
        }
        var sound = new LinkedHashMap<String, Object>();
        for (Row row : ROWS) {
            double[] values = row.values(group.statistics());
            var cells = map(PercentileRange.full(values));
            cells.put("outside", outside(values, row.usual(reference())));
            sound.put(row.key(), cells);
        }
        var map = new LinkedHashMap<String, Object>();
        map.put("temperature", group.temperature());
        map.put("sound", sound);
        map.put("distance", map(group.distance()));
        map.put("each", each);
        return map;
    }

    private static Map<String, @Nullable Object> map(PercentileRange spread) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("low", number(spread.low()));
        map.put("median", number(spread.median()));
        map.put("high", number(spread.high()));
        return map;
    }

    /// JSON has no word for what is not a number.
    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
