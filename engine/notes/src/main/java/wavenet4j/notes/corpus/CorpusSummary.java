package wavenet4j.notes.corpus;

import static java.util.stream.Collectors.joining;

import wavenet4j.notes.corpus.ScoreCorpus.Kept;
import wavenet4j.notes.corpus.ScoreCorpus.LeftOut;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// What a corpus holds, in lines.
final class CorpusSummary {
    private final ScoreCorpus corpus;
    private final List<String> lines = new ArrayList<>();

    CorpusSummary(ScoreCorpus corpus) {
        this.corpus = corpus;
    }

    List<String> lines() {
        CorpusFigures figures = corpus.figures();
        lines.add(
                "kept %s, %s, %s"
                        .formatted(
                                counted(corpus.kept().size(), "score"),
                                counted(figures.notes(), "note"),
                                counted(figures.bars(), "bar")));
        if (!corpus.kept().isEmpty()) {
            lines.add("  meters: " + frequencies(figures.meters()));
            lines.add("  keys: " + frequencies(figures.keys()));
            lines.add("  parts: " + frequencies(figures.parts()));
            figures.with().forEach((what, n) -> lines.add("  with %s: %,d".formatted(what, n)));
            lines.add(grid(figures, figures.mostMoved().orElseThrow()));
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

    private String grid(CorpusFigures figures, Kept most) {
        String line =
                "  a grid of %s a quarter moves %.2f %% of onsets and ends"
                        .formatted(
                                counted(corpus.stepsPerQuarter(), "step"), 100 * figures.moved());
        return most.moved() == 0
                ? line
                : line + ", most in %s: %.1f %%".formatted(most.name(), 100 * most.moved());
    }

    /// As `4/4 (12), 3/4 (5)`: the most frequent first.
    private static String frequencies(SortedMap<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(entry -> "%s (%,d)".formatted(entry.getKey(), entry.getValue()))
                .collect(joining(", "));
    }

    private static String counted(long count, String what) {
        return "%,d %s".formatted(count, what) + (count == 1 ? "" : "s");
    }
}
