package wavenet4j.cli.scores;

import static java.util.stream.Collectors.joining;

import wavenet4j.notes.Score;
import wavenet4j.notes.statistics.VoiceLeading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// How voices move, as a table.
final class VoiceTable {
    private VoiceTable() {}

    private record Row(String name, String key, long count) {}

    /// @param scores those with voices
    /// @param all how many scores there are
    static Section section(List<Score> scores, int all) {
        VoiceLeading counts = VoiceLeading.of(scores);
        List<Row> rows =
                List.of(
                        new Row("parallel fifths", "fifths", counts.fifths()),
                        new Row("parallel octaves and unisons", "octaves", counts.octaves()),
                        new Row("crossings of voices", "crossings", counts.crossings()),
                        new Row("leaps over a fifth", "leapsOverFifth", counts.leapsOverFifth()),
                        new Row(
                                "leaps over an octave",
                                "leapsOverOctave",
                                counts.leapsOverOctave()));
        var map = new LinkedHashMap<String, Object>();
        map.put("scores", scores.size());
        map.put("quarters", counts.quarters().toDouble());
        var lines = new ArrayList<String>();
        String title =
                "voice leading, %,d of %s".formatted(scores.size(), Words.counted(all, "score"));
        lines.add("%-38s %8s %16s".formatted(title, "count", "per 100 quarters"));
        for (Row row : rows) {
            double rate = counts.per100Quarters(row.count);
            map.put(row.key, Map.of("count", row.count, "per100Quarters", rate));
            lines.add("  %-36s %,8d %16.2f".formatted(row.name, row.count, rate));
        }
        map.put("voices", counts.voices());
        lines.add(
                IntStream.range(0, counts.voices().size())
                        .mapToObj(i -> range(i, counts.voices().get(i)))
                        .collect(joining(", ", "  ", "")));
        return new Section("voiceLeading", map, lines);
    }

    private static String range(int number, VoiceLeading.Range voice) {
        String name = voice.name().isEmpty() ? "voice " + (number + 1) : voice.name();
        return name + " " + KeyText.range(voice.lowest(), voice.highest());
    }
}
