package wavenet4j.notes.corpus;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.corpus.ScoreCorpus.Kept;
import wavenet4j.notes.corpus.ScoreCorpus.LeftOut;
import wavenet4j.notes.harmony.MelodyFinder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a corpus holds, in lines.
final class CorpusSummary {
    private final ScoreCorpus corpus;
    private final List<String> lines = new ArrayList<>();

    CorpusSummary(ScoreCorpus corpus) {
        this.corpus = corpus;
    }

    List<String> lines() {
        List<Score> scores = corpus.scores();
        long notes = scores.stream().mapToLong(Score::notes).sum();
        long bars = scores.stream().mapToLong(score -> score.bars().size()).sum();
        lines.add(
                "kept %s, %s, %s"
                        .formatted(
                                counted(scores.size(), "score"),
                                counted(notes, "note"),
                                counted(bars, "bar")));
        if (!scores.isEmpty()) {
            lines.add("  meters: " + frequencies(scores.stream().flatMap(CorpusSummary::meters)));
            lines.add("  keys: " + frequencies(corpus.kept().stream().map(k -> k.key().name())));
            lines.add("  parts: " + frequencies(scores.stream().map(s -> "" + s.parts().size())));
            count("a pickup", score -> score.bars().getFirst().number() == 0);
            count("changes of meter", score -> meters(score).count() > 1);
            count("changes of tempo", score -> score.timeline().tempos().size() > 1);
            count("changes of key", score -> score.timeline().keys().size() > 1);
            count("chord symbols", score -> !score.chords().isEmpty());
            count("several instruments", score -> programs(score) > 1);
            count("a melody above other notes of its part", CorpusSummary::isCovered);
            lines.add(grid());
        }
        remarks();
        if (!corpus.leftOut().isEmpty()) {
            lines.add("left out " + counted(corpus.leftOut().size(), "score"));
            for (LeftOut score : corpus.leftOut()) {
                lines.add("  " + score.name() + ": " + score.reason());
            }
        }
        if (!corpus.ignored().isEmpty()) {
            lines.add(
                    corpus.ignored().entrySet().stream()
                            .map(kind -> kind.getValue() + " " + kind.getKey())
                            .collect(joining(", ", "ignored as no scores: ", "")));
        }
        return lines;
    }

    /// Each remark with its score, or with the number of its scores.
    private void remarks() {
        var names = new LinkedHashMap<String, List<String>>();
        for (Kept score : corpus.kept()) {
            for (String remark : score.remarks()) {
                names.computeIfAbsent(remark, _ -> new ArrayList<>()).add(score.name());
            }
        }
        names.forEach((remark, of) -> {
            String whose = of.size() == 1 ? of.getFirst() : of.size() + " scores";
            lines.add("  " + whose + ": " + remark);
        });
    }

    private void count(String what, Predicate<Score> holds) {
        long count = corpus.scores().stream().filter(holds).count();
        if (count > 0) lines.add("  with %s: %,d".formatted(what, count));
    }

    private String grid() {
        double mean = corpus.kept().stream().mapToDouble(Kept::moved).average().orElse(0);
        Kept most =
                corpus.kept().stream().max(Comparator.comparingDouble(Kept::moved)).orElseThrow();
        String line =
                "  a grid of %s a quarter moves %.2f %% of onsets and ends"
                        .formatted(counted(corpus.stepsPerQuarter(), "step"), 100 * mean);
        return most.moved() == 0
                ? line
                : line + ", most in %s: %.1f %%".formatted(most.name(), 100 * most.moved());
    }

    private static Stream<String> meters(Score score) {
        return score.bars().stream().map(Bar::meter).map(Meter::signature).distinct();
    }

    private static long programs(Score score) {
        return score.parts().stream()
                .filter(part -> !part.percussion())
                .map(Part::program)
                .distinct()
                .count();
    }

    private static boolean isCovered(Score score) {
        return MelodyFinder.find(score).map(melody -> !melody.wholePart()).orElse(false);
    }

    /// As `4/4 (12), 3/4 (5)`: the most frequent first.
    private static String frequencies(Stream<String> values) {
        Map<String, Long> counts = values.collect(groupingBy(v -> v, TreeMap::new, counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(entry -> "%s (%,d)".formatted(entry.getKey(), entry.getValue()))
                .collect(joining(", "));
    }

    private static String counted(long count, String what) {
        return "%,d %s".formatted(count, what) + (count == 1 ? "" : "s");
    }
}
