package wavenet4j.cli.scores;

import static java.util.stream.Collectors.joining;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.corpus.ScoreCorpus;
import wavenet4j.notes.corpus.ScoreCorpus.Kept;
import wavenet4j.notes.harmony.ChordText;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a single score holds.
final class SingleScore {
    /// Of the chord symbols that are printed; the JSON file has all.
    private static final int MOST_CHORDS = 16;

    private final Kept kept;
    private final Score score;
    private final List<Bar> bars;
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();

    private SingleScore(Kept kept) {
        this.kept = kept;
        score = kept.score();
        bars = score.bars();
    }

    static Section section(Kept kept, ScoreCorpus corpus) {
        var single = new SingleScore(kept);
        single.describe(corpus.stepsPerQuarter());
        return new Section("score", single.figures, single.lines);
    }

    private void describe(int stepsPerQuarter) {
        figures.put("file", kept.name());
        lines.add(kept.name());
        String credits =
                Stream.of(score.credits().title(), score.credits().composer())
                        .filter(text -> !text.isEmpty())
                        .collect(joining(", by "));
        figures.put("title", score.credits().title());
        figures.put("composer", score.credits().composer());
        if (!credits.isEmpty()) line("title", credits);
        figures.put("parts", score.parts().stream().map(this::part).toList());
        length();
        changes(
                "meter",
                score.timeline().meters().stream()
                        .filter(meter -> !isPickup(meter))
                        .map(meter -> new Change(meter.onset(), meter.signature()))
                        .toList());
        changes("signature", of(score.timeline().keys(), KeySignature::onset, KeySignature::name));
        figures.put("key", kept.key().name());
        line("key", kept.key().name() + " by its notes");
        changes("tempo", of(score.timeline().tempos(), Tempo::onset, SingleScore::perMinute));
        chords();
        figures.put("stepsPerQuarter", stepsPerQuarter);
        figures.put("movedPercent", 100 * kept.moved());
        line(
                "grid",
                "%d steps a quarter move %.2f %% of onsets and ends"
                        .formatted(stepsPerQuarter, 100 * kept.moved()));
        figures.put("remarks", kept.remarks());
        kept.remarks().forEach(remark -> line("remark", remark));
    }

    private void line(String what, String text) {
        lines.add("  %-10s %s".formatted(what, text));
    }

    private Map<String, Object> part(Part part) {
        var keys = part.notes().stream().mapToInt(Note::key).summaryStatistics();
        var map = new LinkedHashMap<String, Object>();
        map.put("name", part.name());
        map.put("program", part.program());
        map.put("drums", part.percussion());
        map.put("notes", part.notes().size());
        String text = Words.counted(keys.getCount(), "note");
        if (part.percussion()) {
            text += ", drums";
        } else if (keys.getCount() > 0) {
            map.put("lowestKey", keys.getMin());
            map.put("highestKey", keys.getMax());
            text += ", " + KeyText.range(keys.getMin(), keys.getMax());
        }
        line("part", part.name().isEmpty() ? text : "%s, \"%s\"".formatted(text, part.name()));
        return map;
    }

    private void length() {
        double seconds = score.timeline().seconds(score.end());
        figures.put("bars", bars.size());
        figures.put("quarters", score.end().toDouble());
        figures.put("seconds", seconds);
        line(
                "length",
                "%,d bars, %s quarters, %.1f s".formatted(bars.size(), score.end(), seconds));
    }

    /// Something that holds from a time on.
    private record Change(Fraction onset, String value) {}

    private static <T> List<Change> of(
            List<T> changes, Function<T, Fraction> onset, Function<T, String> value) {
        return changes.stream()
                .map(change -> new Change(onset.apply(change), value.apply(change)))
                .toList();
    }

    /// Whether a meter only marks where the bar after a pickup begins.
    private boolean isPickup(Meter meter) {
        return meter.onset().sign() > 0
                && bars.getFirst().number() == 0
                && bars.size() > 1
                && bars.get(1).onset().equals(meter.onset())
                && bars.getFirst().meter().signature().equals(meter.signature());
    }

    private void changes(String what, List<Change> changes) {
        figures.put(
                what,
                changes.stream()
                        .map(change -> Map.of("bar", bar(change), "value", change.value))
                        .toList());
        if (changes.isEmpty()) return;
        line(
                what,
                changes.stream()
                        .map(change ->
                                change.onset.sign() == 0
                                        ? change.value
                                        : "%s from bar %d on".formatted(change.value, bar(change)))
                        .collect(joining(", ")));
    }

    private int bar(Change change) {
        int at = bars.size() - 1;
        while (at > 0 && bars.get(at).onset().compareTo(change.onset) > 0) at--;
        return bars.get(at).number();
    }

    private static String perMinute(Tempo tempo) {
        return "%.1f quarters a minute".formatted(tempo.quartersPerMinute());
    }

    private void chords() {
        List<String> chords = score.chords().stream().map(ChordText::format).toList();
        figures.put("chords", chords);
        if (chords.isEmpty()) return;
        String first = chords.stream().limit(MOST_CHORDS).collect(joining(" "));
        String more = chords.size() > MOST_CHORDS ? " ..." : "";
        line("chords", "%,d: %s%s".formatted(chords.size(), first, more));
    }
}
