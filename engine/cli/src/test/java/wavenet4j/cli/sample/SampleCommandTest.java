package wavenet4j.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.Take;
import wavenet4j.audio.Clip;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;
import wavenet4j.distribution.Distribution;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.SamplingDefaults;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Precision;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes and their files: what makes a take, and that the same makes it again.
final class SampleCommandTest extends SampleCommandFixture {
    /// The comment in the file, pasted as a command, with another output.
    @Test
    void theFileAndThePictureTellHowTheTakeIsMadeAgain() throws IOException {
        Outcome first =
                sample(
                        labelled,
                        "--seconds=0.1",
                        "--takes=2",
                        "--temperature=1,0.7",
                        "--top-p=0.9",
                        "--label=7,theo=0.3",
                        "--precision=bfloat16",
                        "--out=" + wav("first"));
        assertThat(first.status()).as(first.err()).isZero();
        String head = Files.readString(wav("first-2"), StandardCharsets.ISO_8859_1);
        String told = head.replaceFirst("(?s).*ICMT....([^\\x00]*)\\x00.*", "$1");
        assertThat(told)
                .startsWith("wavenet-sample " + labelled + " --seconds 0.1 --seed ")
                .contains(" --temperature 0.7 --top-p 0.9 ", "--label speaker=theo=0.3");
        assertThat(Files.readString(folder.resolve("first-2.png"), StandardCharsets.ISO_8859_1))
                .contains(told);
        var words = new ArrayList<>(List.of(told.split(" ")));
        words.add("--out=" + wav("again"));
        Outcome again = Outcome.of(words.toArray(String[]::new));
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(Files.readAllBytes(wav("again"))).isEqualTo(Files.readAllBytes(wav("first-2")));
        sample(labelled, "--seconds=0.1", "--no-label", "--from-silence", "--out=" + wav("bare"));
        assertThat(Files.readString(wav("bare"), StandardCharsets.ISO_8859_1))
                .contains(" --from-silence --backend reference --no-label\0");
    }

    @Test
    void aSeedGivesTheSameFileAndAnotherSeedAnother() throws IOException {
        for (String[] take : new String[][] {{"a", "7"}, {"b", "7"}, {"c", "8"}}) {
            Outcome outcome =
                    sample(model, "--seconds=0.25", "--seed=" + take[1], "--out=" + wav(take[0]));
            assertThat(outcome.status()).as(outcome.err()).isZero();
            assertThat(outcome.err()).contains("--seed " + take[1], "samples/s", "times real time");
        }
        assertThat(Files.readAllBytes(wav("a"))).isEqualTo(Files.readAllBytes(wav("b")));
        assertThat(pcm(wav("a"))).isNotEqualTo(pcm(wav("c")));
        Clip clip = AudioReader.read(wav("a"));
        assertThat(clip.sampleRate()).isEqualTo(TinyModels.RATE);
        assertThat(clip.samples()).hasSize(TinyModels.RATE / 4);
        assertThat(folder.resolve("a.png")).isNotEmptyFile();
    }

    @Test
    void theSeedThatIsPrintedGivesTheTakeAgain() throws IOException {
        Outcome first = sample(model, "--seconds=0.1", "--out=" + wav("first"));
        String seed = first.err().replaceFirst("(?s).*--seed (\\d+).*", "$1");
        sample(model, "--seconds=0.1", "--seed=" + seed, "--out=" + wav("again"));
        assertThat(Files.readAllBytes(wav("again"))).isEqualTo(Files.readAllBytes(wav("first")));
    }

    @Test
    void aModelsOwnTemperatureIsTakenWhereNoneIsNamed() throws IOException {
        Path own = folder.resolve("own.safetensors");
        Model plain = Model.load(model);
        plain.with(plain.info().with(new SamplingDefaults(0.5f))).save(own);
        Outcome outcome = sample(own, "--seconds=0.1", "--seed=7", "--out=" + wav("own"));
        assertThat(outcome.err()).contains("--seed 7 --temperature 0.5");
        sample(own, "--seconds=0.1", "--seed=7", "--temperature=1", "--out=" + wav("one"));
        sample(model, "--seconds=0.1", "--seed=7", "--temperature=0.5", "--out=" + wav("half"));
        assertThat(pcm(wav("own"))).isEqualTo(pcm(wav("half")));
        assertThat(pcm(wav("own"))).isNotEqualTo(pcm(wav("one")));
    }

    @Test
    void takesMadeTogetherAreThoseMadeAlone() throws IOException {
        Outcome outcome =
                sample(
                        model,
                        "--seconds=0.1",
                        "--takes=10",
                        "--seed=7",
                        "--temperature=1,0.5",
                        "--out=" + wav("many"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err())
                .contains("--seed 7 --takes 10 --temperature 1,0.5", "10 times 0.10");
        for (int n = 1; n <= 10; n++) {
            String alone = "alone" + n;
            sample(
                    model,
                    "--seconds=0.1",
                    "--seed=" + (6 + n),
                    "--temperature=" + (n % 2 == 1 ? 1 : 0.5),
                    "--out=" + wav(alone));
            String numbered = "many-%02d".formatted(n);
            assertThat(pcm(wav(numbered))).isEqualTo(pcm(wav(alone)));
            assertThat(folder.resolve(numbered + ".png")).isNotEmptyFile();
        }
        assertThat(wav("many")).doesNotExist();
    }

    /// Its 16-bit levels are the values of the file.
    @Test
    void aMixtureWritesWhatItDrew() throws IOException {
        Model net =
                TinyModels.model(new Distribution.LogisticMixture(5), List.of(), ModelInfo.NONE);
        Path mixture = folder.resolve("mixture.safetensors");
        net.save(mixture);
        Outcome outcome = sample(mixture, "--seconds=0.25", "--seed=7", "--out=" + wav("mixture"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        var levels = new int[TinyModels.RATE / 4];
        try (Generator generator = new ReferenceBackend().open(net, Precision.FLOAT32, 1)) {
            generator.reset(Take.ofSeed(7));
            generator.generate(levels, 0, levels.length);
        }
        var pcm =
                ByteBuffer.wrap(pcm(wav("mixture"))).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        for (int level : levels) assertThat(pcm.get() + 32768).isEqualTo(level);
        assertThat(pcm.hasRemaining()).isFalse();
    }

    @Test
    void theBackendLineNamesThePrecisionAskedFor() {
        Outcome outcome =
                sample(model, "--precision=int8", "--seconds=0.05", "--out=" + wav("int8"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("reference, int8 weights");
    }

    @Test
    void theThreadsChangeTheSpeedAlone() throws IOException {
        for (String threads : List.of("1", "2")) {
            Outcome outcome =
                    Outcome.of(
                            "wavenet-sample",
                            "--backend=cpu",
                            "--threads=" + threads,
                            "--seconds=0.1",
                            "--seed=7",
                            "--out=" + wav(threads));
            assertThat(outcome.status()).as(outcome.err()).isZero();
            assertThat(outcome.err()).contains(", " + threads + " thread");
        }
        assertThat(pcm(wav("1"))).isEqualTo(pcm(wav("2")));
    }

    @Test
    void aTakeGoesOnFromTheEndOfItsPrime() throws IOException {
        float[] tone = TinyModels.tone(200, 2 * TinyModels.RATE);
        Path prime = TinyModels.write(wav("prime"), tone);
        // The end of the recording, alone in a file, is the same prime.
        Path end =
                TinyModels.write(
                        wav("end"), Arrays.copyOfRange(tone, TinyModels.RATE, 2 * TinyModels.RATE));
        String[] rest = {"--seconds=0.2", "--seed=1", "--prime-seconds=1"};
        sample(model, rest[0], rest[1], rest[2], "--prime=" + prime, "--out=" + wav("a"));
        sample(model, rest[0], rest[1], rest[2], "--prime=" + end, "--out=" + wav("b"));
        sample(model, rest[0], rest[1], "--out=" + wav("none"));
        assertThat(pcm(wav("a"))).isEqualTo(pcm(wav("b")));
        assertThat(pcm(wav("a"))).isNotEqualTo(pcm(wav("none")));
    }

    @Test
    void theFileHasThePrimeOnlyWhenItIsKept() throws IOException {
        Path prime = TinyModels.write(wav("prime"), TinyModels.tone(200, TinyModels.RATE));
        String[] rest = {"--seconds=0.2", "--prime-seconds=0.5", "--prime-until=0.75"};
        Outcome kept =
                sample(
                        model,
                        rest[0],
                        rest[1],
                        rest[2],
                        "--prime=" + prime,
                        "--keep-prime",
                        "--out=" + wav("kept"));
        sample(model, rest[0], rest[1], rest[2], "--prime=" + prime, "--out=" + wav("new"));
        assertThat(kept.err()).contains("from 0.25 s to 0.75 s of 1.00 s");
        assertThat(AudioReader.read(wav("new")).samples()).hasSize(TinyModels.RATE / 5);
        assertThat(AudioReader.read(wav("kept")).samples())
                .hasSize(TinyModels.RATE / 5 + TinyModels.RATE / 2);
    }
}
