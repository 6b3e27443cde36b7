package wavenet4j.cli.sample;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.TrainingFacts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A folder with two tiny models, and the command that takes samples of them.
abstract class SampleCommandFixture {
    @TempDir Path folder;
    Path model = Path.of("");
    Path labelled = Path.of("");

    @BeforeEach
    void writeModels() throws IOException {
        model = folder.resolve("tiny.safetensors");
        TinyModels.model(List.of(), TinyModels.trained(new TrainingFacts(3, 0.5, 5.5))).save(model);
        labelled = folder.resolve("labelled.safetensors");
        TinyModels.model(List.of("digit=7", "speaker=theo", "speaker=7b"), ModelInfo.NONE)
                .save(labelled);
    }

    Outcome sample(Path model, String... options) {
        var args = new ArrayList<>(List.of("wavenet-sample", model.toString()));
        args.addAll(List.of(options));
        boolean named = args.stream().anyMatch(arg -> arg.startsWith("--backend"));
        if (!named) args.add("--backend=reference");
        return Outcome.of(args.toArray(String[]::new));
    }

    Path wav(String name) {
        return folder.resolve(name + ".wav");
    }

    /// What follows the head of the data chunk, to the end of the file.
    static byte[] pcm(Path wav) throws IOException {
        return pcm(Files.readAllBytes(wav));
    }

    static byte[] pcm(byte[] wav) {
        int data = new String(wav, StandardCharsets.ISO_8859_1).indexOf("data");
        return Arrays.copyOfRange(wav, data + 8, wav.length);
    }
}
