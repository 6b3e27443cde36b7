package wavenet4j.cli.sample;

import static java.util.stream.Collectors.joining;

import wavenet4j.Take;
import wavenet4j.distribution.Sampling;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// What gives a take its sound, as words of a command line.
final class TakeWords {
    private TakeWords() {}

    /// The options of takes that are made together.
    ///
    /// @param takes their seeds count up
    /// @param temperatures go to the takes in turn
    /// @param labels as `--label` takes them
    static List<String> of(List<Take> takes, List<Float> temperatures, List<String> labels) {
        Take first = takes.getFirst();
        Sampling sampling = first.sampling();
        var words = new ArrayList<>(List.of("--seed", Long.toString(first.seed())));
        if (takes.size() > 1) words.addAll(List.of("--takes", plain(takes.size())));
        words.add("--temperature");
        words.add(temperatures.stream().map(TakeWords::plain).collect(joining(",")));
        if (sampling.topK() != 0) words.addAll(List.of("--top-k", plain(sampling.topK())));
        if (sampling.topP() != 1) words.addAll(List.of("--top-p", plain(sampling.topP())));
        for (String label : labels) words.addAll(List.of("--label", label));
        return words;
    }

    /// The labels of a take, each as `--label` takes it.
    static List<String> labels(Take take) {
        return take.labels().entrySet().stream()
                .map(label -> {
                    float share = label.getValue();
                    return share == 1 ? label.getKey() : label.getKey() + "=" + plain(share);
                })
                .toList();
    }

    /// The shortest number that is read as the same float, or double.
    static String plain(Number number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }
}
