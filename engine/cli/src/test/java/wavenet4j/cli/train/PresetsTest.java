package wavenet4j.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.audio.Clip;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.train.config.TrainConfig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

final class PresetsTest {

    @TempDir Path folder;

    static List<String> names() throws IOException {
        return Presets.names();
    }

    @Test
    void allAreThere() throws IOException {
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "digits",
                        "drums-22k",
                        "ibab",
                        "music-44k",
                        "piano-16k",
                        "quick",
                        "speech-16k");
        assertThatThrownBy(() -> Presets.read("organ"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "there is no configuration organ; name a YAML file or one of "
                                + String.join(", ", names()));
    }

    /// With all that it says but the sizes, from recordings that suit each of them.
    @ParameterizedTest
    @MethodSource("names")
    void eachTrainsANetworkThatMakesSound(String preset) throws IOException {
        for (int i = 0; i < 3; i++) {
            String name = "data/%d_anna_%d.wav".formatted(i, i);
            TinyModels.write(folder.resolve(name), TinyModels.tone(150 + 10 * i, TinyModels.RATE));
        }
        Path run = folder.resolve("run");
        Outcome trained =
                Outcome.of(
                        "wavenet-train",
                        "--config=" + preset,
                        "--data=" + folder.resolve("data"),
                        "--out=" + run,
                        "--set=network.channels={residual: 4, gate: 4, skip: 4, head: 4}",
                        "--set=network.labelEmbedding=2",
                        "--set=training.window=2000",
                        "--set=training.batch=2",
                        "--set=training.validationWindows=2",
                        "--set=training.previews.every=0",
                        "--set=training.minutes=0",
                        "--steps=2",
                        "--threads=1",
                        "--device=cpu");
        assertThat(trained.status()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("Done after 2 steps");

        TrainConfig config = TrainConfig.parse(Presets.read(preset), Map.of());
        ModelSpec spec = Model.load(run.resolve("best.safetensors")).spec();
        DilatedConvolutions trunk = spec.convolutions();
        assertThat(List.of(trunk.residual(), trunk.gate(), trunk.skip(), spec.head().hidden()))
                .containsOnly(4);
        assertThat(spec.sampleRate()).isEqualTo(config.network().sampleRate());
        assertThat(trunk.dilations()).isEqualTo(config.network().dilations().list());
        assertThat(spec.levels()).isEqualTo(config.network().levels());

        Path wav = folder.resolve("take.wav");
        Outcome sampled =
                Outcome.of(
                        "wavenet-sample",
                        run.toString(),
                        "--seconds=0.1",
                        "--backend=cpu",
                        "--out=" + wav);
        assertThat(sampled.status()).as(sampled.err()).isZero();
        Clip take = AudioReader.read(wav);
        assertThat(take.sampleRate()).isEqualTo(spec.sampleRate());
        assertThat(take.samples()).hasSize(spec.sampleRate() / 10);
        // So little trained, it is noise.
        assertThat(IntStream.range(0, 100).mapToObj(t -> take.samples()[t]).distinct())
                .hasSizeGreaterThan(20);
    }
}
