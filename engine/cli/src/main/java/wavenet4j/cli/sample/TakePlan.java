package wavenet4j.cli.sample;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import org.jspecify.annotations.Nullable;

import wavenet4j.Model;
import wavenet4j.Take;
import wavenet4j.cli.console.CommandLines;
import wavenet4j.cli.model.LabelNames;
import wavenet4j.distribution.Sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The takes to make, and how the command line asks for the same ones again.
///
/// @param takes their seeds count up
/// @param describe the options that give these takes, with the labels that were drawn
record TakePlan(List<Take> takes, String describe) {
    private static final int MOST_DESCRIBED = 16;

    /// How samples are drawn.
    ///
    /// @param temperatures go to the takes in turn
    record Drawing(List<Float> temperatures, int topK, float topP) {
        Sampling sampling(int take) {
            return new Sampling(temperatures.get(take % temperatures.size()), topK, topP);
        }
    }

    /// Plans takes.
    ///
    /// @param seed of the first
    /// @param labels as on the command line; empty to let the seeds draw them, null for none
    /// @throws IllegalArgumentException when the model cannot be asked for that
    static TakePlan of(
            Model model, int count, long seed, Drawing drawing, @Nullable List<String> labels) {
        if (labels != null) LabelNames.requireTakes(labels, count, model.spec());
        int temperatures = drawing.temperatures().size();
        if (temperatures > count) {
            throw new IllegalArgumentException(
                    "--temperature names %d and --takes is %d; --takes %1$d makes one at each, and a decimal is written with a point"
                            .formatted(temperatures, count));
        }
        var takes = new ArrayList<Take>();
        for (int n = 0; n < count; n++) {
            Sampling sampling = drawing.sampling(n);
            model.spec().distribution().requireSampling(sampling);
            takes.add(new Take(seed + n, sampling, labels(model, seed + n, n, labels)));
        }
        return new TakePlan(takes, describe(takes, drawing, labels));
    }

    private static Map<String, Float> labels(
            Model model, long seed, int n, @Nullable List<String> labels) {
        if (labels == null) return Map.of();
        if (!labels.isEmpty()) return LabelNames.resolve(labels, n, model.spec());
        return model.drawLabels(seed).stream().collect(toMap(label -> label, _ -> 1f));
    }

    /// Labels that the seeds draw, and that differ, are named where that is short: the seeds give
    /// them again.
    private static String describe(
            List<Take> takes, Drawing drawing, @Nullable List<String> labels) {
        List<String> first = TakeWords.labels(takes.getFirst());
        List<String> named = List.of();
        if (takes.stream().allMatch(take -> TakeWords.labels(take).equals(first))) {
            named = first;
        } else if (labels != null && !labels.isEmpty()) {
            named = labels;
        } else if (takes.size() <= MOST_DESCRIBED && takes.stream().allMatch(TakePlan::isPlain)) {
            named = List.of(takes.stream().map(TakePlan::list).collect(joining("/")));
        }
        var words = new ArrayList<>(TakeWords.of(takes, drawing.temperatures(), named));
        if (labels == null) words.add("--no-label");
        return words.stream().map(CommandLines::word).collect(joining(" "));
    }

    private static String list(Take take) {
        return String.join(",", TakeWords.labels(take));
    }

    /// Whether none of its labels has a sign that stands between labels.
    private static boolean isPlain(Take take) {
        return take.labels().keySet().stream().noneMatch(name -> name.matches(".*[,/].*"));
    }
}
