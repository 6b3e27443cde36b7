package wavenet4j.cli.sample;

import wavenet4j.Take;
import wavenet4j.audio.Provenance;
import wavenet4j.cli.console.CommandLines;

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
        words.addAll(List.of("--seconds", TakeWords.plain(seconds)));
        List<Float> temperature = List.of(take.sampling().temperature());
        words.addAll(TakeWords.of(List.of(take), temperature, TakeWords.labels(take)));
        words.addAll(others);
        String command = words.stream().map(CommandLines::word).collect(Collectors.joining(" "));
        return new Provenance("WaveNet4J", command);
    }
}
