package wavenet4j.cli.sample;

import wavenet4j.Take;
import wavenet4j.audio.Provenance;
import wavenet4j.cli.console.CommandLines;
import wavenet4j.distribution.Sampling;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The command that makes one take again, as the take's file and picture tell it.
///
/// @param model as on the command line
/// @param seconds of new audio
/// @param others further options that the takes have in common, each name and value a word
public record Recipe(String model, double seconds, List<String> others) {
    public Recipe {
        others = List.copyOf(others);
    }

    /// What made that take.
    public Provenance of(Take take) {
        var words = new ArrayList<>(List.of("wavenet-sample", model));
        Sampling sampling = take.sampling();
        words.addAll(List.of("--seed", Long.toString(take.seed())));
        words.addAll(List.of("--seconds", plain(seconds)));
        words.addAll(List.of("--temperature", plain(sampling.temperature())));
        if (sampling.topK() != 0) words.addAll(List.of("--top-k", plain(sampling.topK())));
        if (sampling.topP() != 1) words.addAll(List.of("--top-p", plain(sampling.topP())));
        take.labels()
                .forEach((label, share) -> {
                    String asked = share == 1 ? label : label + "=" + plain(share);
                    words.addAll(List.of("--label", asked));
                });
        words.addAll(others);
        String command = words.stream().map(CommandLines::word).collect(Collectors.joining(" "));
        return new Provenance("WaveNet4J", command);
    }

    /// The shortest number that is read as the same float, or double.
    private static String plain(Number number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }
}
