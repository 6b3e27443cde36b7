package wavenet4j.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.TrainingFacts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

final class ModelListTest {
    @TempDir Path folder;

    @Test
    void aBundledModelIsNamedInALineWithTheCommandThatAsksForIt() {
        assertThat(Outcome.of("wavenet-sample", "--list").text())
                .contains(
                        "digits: Spoken digits at 8 kHz, by six speakers.\n"
                                + "  wavenet-sample digits --label digit=0 --label speaker=")
                .contains("drums: Single drum hits and loops at 22.05 kHz.\n")
                .contains("piano: Solo piano at 16 kHz.\n  wavenet-sample piano\n")
                .contains("speech: One woman's voice, German, at 16 kHz.\n");
    }

    @Test
    void anyModelIsDescribed() throws IOException {
        Path model = folder.resolve("my model.safetensors");
        TinyModels.model(List.of("digit=7", "speaker=theo", "speaker=7b"), ModelInfo.NONE)
                .save(model);
        Outcome outcome = Outcome.of("wavenet-sample", model.toString(), "--list");
        assertThat(outcome.status()).isZero();
        assertThat(outcome.text())
                .contains(
                        "wavenet-sample '%s' --label digit=7 --label speaker=theo".formatted(model),
                        "4000 Hz",
                        "receptive field",
                        "--label digit=7",
                        "--label speaker=theo | 7b");
    }

    @Test
    void bitsSayHowTheyWereMeasured() throws IOException {
        Path model = folder.resolve("tiny.safetensors");
        TinyModels.model(List.of(), TinyModels.trained(new TrainingFacts(3, 0.5, 5.5))).save(model);
        assertThat(Outcome.of("wavenet-sample", model.toString(), "--list").text())
                .contains(
                        "heldOutBitsPerSample: 5.5000 on windows, while it trained; wavenet-eval"
                                + " --held-out scores every sample");
    }
}
