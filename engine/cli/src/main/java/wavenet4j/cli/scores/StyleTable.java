package wavenet4j.cli.scores;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.corpus.ScoreCorpus;
import wavenet4j.notes.corpus.ScoreCorpus.Kept;
import wavenet4j.notes.harmony.MelodyFinder;
import wavenet4j.notes.statistics.Distribution;
import wavenet4j.notes.statistics.Melody;
import wavenet4j.notes.statistics.Style;
import wavenet4j.notes.statistics.Style.Feature;
import wavenet4j.notes.statistics.StyleComparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the melodies of scores are made of, as a table.
final class StyleTable {
    private static final int COLUMNS = 12;

    private StyleTable() {}

    static Section section(ScoreCorpus corpus) {
        List<Melody> melodies = corpus.kept().stream().flatMap(StyleTable::melody).toList();
        long notes = melodies.stream().mapToLong(melody -> melody.notes().size()).sum();
        Style style = Style.of(melodies);
        Map<Feature, StyleComparison> spread =
                melodies.size() < 2
                        ? Map.of()
                        : StyleComparison.of(melodies, melodies).stream()
                                .collect(Collectors.toMap(StyleComparison::feature, one -> one));
        var map = new LinkedHashMap<String, Object>();
        map.put("melodies", melodies.size());
        map.put("notes", notes);
        var lines = new ArrayList<String>();
        lines.add(
                "style of the melodies of %s, %s; shares in %%"
                        .formatted(
                                Words.counted(melodies.size(), "score"),
                                Words.counted(notes, "note")));
        for (Feature feature : Feature.values()) {
            Optional<StyleComparison> pieces = Optional.ofNullable(spread.get(feature));
            map.put(key(feature), figures(style.of(feature), pieces));
            lines.add("  " + feature.title() + ", " + unit(feature) + distances(pieces));
            lines.addAll(rows(style.of(feature)));
        }
        return new Section("style", map, lines);
    }

    /// In the key that its notes are in, since many files name none, or the wrong mode.
    private static Stream<Melody> melody(Kept kept) {
        Timeline of = kept.score().timeline();
        Timeline timeline =
                of.keys().size() > 1
                        ? of
                        : new Timeline(of.meters(), of.tempos(), List.of(kept.key()));
        return MelodyFinder.find(kept.score()).stream()
                .map(melody -> new Melody(kept.name(), melody.notes(), timeline));
    }

    private static String key(Feature feature) {
        return switch (feature) {
            case PITCH_CLASS -> "pitchClasses";
            case INTERVAL -> "intervals";
            case LENGTH -> "lengths";
            case PLACE_IN_BAR -> "placesInBar";
        };
    }

    private static String unit(Feature feature) {
        return switch (feature) {
            case PITCH_CLASS -> "semitones above the tonic";
            case INTERVAL -> "semitones";
            case LENGTH, PLACE_IN_BAR -> "quarters";
        };
    }

    private static String distances(Optional<StyleComparison> pieces) {
        return pieces.map(of ->
                        "; a piece differs from the others by %.2f to %.2f bits"
                                .formatted(of.low(), of.high()))
                .orElse("");
    }

    /// The most frequent values in order, and their shares below.
    private static List<String> rows(Distribution distribution) {
        List<Fraction> values =
                distribution.counts().entrySet().stream()
                        .sorted(Map.Entry.<Fraction, Long>comparingByValue().reversed())
                        .limit(COLUMNS)
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
        int widest = values.stream().mapToInt(value -> value.toString().length()).max().orElse(0);
        int width = Math.max(6, widest + 1);
        var heads = new StringBuilder("  ");
        var shares = new StringBuilder("  ");
        double rest = 1;
        for (Fraction value : values) {
            heads.append("%%%ds".formatted(width).formatted(value));
            shares.append("%%%d.1f".formatted(width).formatted(100 * distribution.share(value)));
            rest -= distribution.share(value);
        }
        if (distribution.counts().size() > values.size()) {
            heads.append("  other");
            shares.append("%7.1f".formatted(100 * rest));
        }
        return List.of(heads.toString(), shares.toString());
    }

    private static Map<String, Object> figures(
            Distribution distribution, Optional<StyleComparison> pieces) {
        var counts = new LinkedHashMap<String, Long>();
        distribution.counts().forEach((value, count) -> counts.put(value.toString(), count));
        var map = new LinkedHashMap<String, Object>();
        map.put("counts", counts);
        pieces.ifPresent(of -> map.put("bitsFromOthers", List.of(of.low(), of.high())));
        return map;
    }
}
