package wavenet4j.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;
import wavenet4j.distribution.Distribution;
import wavenet4j.info.ModelInfo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What cannot be done is said in a sentence, before any file is written.
final class SampleErrorsTest extends SampleCommandFixture {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --label=nine           | has no label nine; it has digit=7, speaker=theo
                    --label=digit=8        | has no label digit=8; it has digit=7, speaker=theo
                    --label=nine=0.5       | has no label nine=0.5; it has digit=7, speaker=theo
                    --label=theo=much      | the share of the label theo is "much"; it must be a finite
                    --label=7=             | the share of the label 7 is ""; it must be a finite number
                    --label=digit=7=NaN    | the share of the label digit=7 is "NaN"; it must be a
                    --label=theo=1e99      | the share of the label theo is "1e99"; it must be a finite
                    --label=theo,theo=0.5  | --label gives speaker=theo twice; give it once
                    --temperature=-1       | the temperature is -1.0; it must be between
                    --top-k=-1             | top-k is -1
                    --top-p=0              | top-p is 0.0
                    --seconds=0            | --seconds is 0.0; it must be above 0
                    --seconds=NaN          | --seconds is NaN
                    --threads=0            | --threads is 0; it must be 1 or more
                    --backend=abacus       | there is no backend abacus; installed are
                    --prime=missing.wav    | missing.wav: there is no such file
                    --keep-prime           | there is none
                    --second=3             | there is no option --second; did you mean --seconds
                    --length=3             | there is no option --length; here it is --seconds=3
                    --top_k=3              | there is no option --top_k; here it is --top-k
                    --label=7=0,5          | write 7=0.5 for the one, and --label 7=0 --label 5 for
                    --label=theo,7=0,5     | write 7=0.5 for the one, and --label 7=0 --label 5 for
                    --label=theo/7b        | labels for 2 takes, one after the other, and --takes is 1
                    --temperature=0.9,1    | --temperature names 2 and --takes is 1; --takes 2 makes one
                    --seconds=0,5          | it must be a number, and a decimal is written with a point
                    --seconds=long         | --seconds is "long"; it must be a number
                    --seed=1.5             | --seed is "1.5"; it must be a whole number
                    --precision=fp16       | it must be auto, float32, bfloat16, float16 or int8
                    """)
    void aBadOptionIsOneSentenceAndLeavesNoFile(String option, String sentence) {
        Outcome outcome = sample(labelled, option, "--out=" + wav("bad"));
        assertThat(outcome.status()).isPositive();
        assertThat(outcome.err()).contains("wavenet-sample: ", sentence).doesNotContain("\tat ");
        assertThat(wav("bad")).doesNotExist();
    }

    @Test
    void anUnknownOptionGetsASuggestion() {
        assertThat(sample(model, "--secnds=3").err()).contains("--seconds");
    }

    @Test
    void severalTakesNeedFilesToGoTo() {
        for (String[] options :
                new String[][] {
                    {"--takes=2", "--out=-"},
                    {"--takes=2", "--play"},
                    {"--takes=0", "--out=" + wav("none")},
                    {"--takes=100000", "--out=" + wav("many")}
                }) {
            Outcome outcome = sample(model, options);
            assertThat(outcome.status()).isNotZero();
            assertThat(outcome.err()).contains("--takes").hasLineCount(1);
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.wav");
    }

    @Test
    void aMixtureRefusesTopKAndTopPInOneSentence() throws IOException {
        Path mixture = folder.resolve("mixture.safetensors");
        TinyModels.model(new Distribution.LogisticMixture(5), List.of(), ModelInfo.NONE)
                .save(mixture);
        for (String option : List.of("--top-k=10", "--top-p=0.9")) {
            Outcome outcome = sample(mixture, option, "--out=" + wav("none"));
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("top-k and top-p", "a mixture of 5 logistics", "temperature")
                    .hasLineCount(1);
        }
        assertThat(wav("none")).doesNotExist();
    }

    @Test
    void aPrecisionThatTheBackendLacksIsOneSentence() {
        Outcome outcome =
                Outcome.of(
                        "wavenet-sample",
                        model.toString(),
                        "--backend=cpu",
                        "--precision=float16",
                        "--out=" + wav("none"));
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("the backend cpu runs float32", "weights, not float16")
                .hasLineCount(2); // the model, then that
        assertThat(wav("none")).doesNotExist();
    }

    @Test
    void aPrimeOfNoSamplesIsRefused() throws IOException {
        Path empty = TinyModels.write(wav("empty"), new float[0]);
        Outcome outcome = sample(model, "--prime=" + empty, "--out=" + wav("bad"));
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains(empty + " has no samples to go on from");
        assertThat(wav("bad")).doesNotExist();
    }

    @Test
    void aTakeNeverOverwritesItsPrime() throws IOException {
        Path prime = TinyModels.write(wav("prime"), TinyModels.tone(200, TinyModels.RATE));
        byte[] before = Files.readAllBytes(prime);
        Outcome outcome = sample(model, "--prime=" + prime, "--out=" + prime);
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("would overwrite");
        assertThat(Files.readAllBytes(prime)).isEqualTo(before);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsSaidBeforeAnyWork() {
        Outcome missing = sample(model, "--out=" + folder.resolve("no/such/take.wav"));
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.err()).contains("there is no folder");
        assertThat(sample(model, "--out=" + folder.resolve("take.mp3")).err())
                .contains("ends in .wav");
    }

    @Test
    void aMissingOrBrokenModelIsOneSentence() throws IOException {
        Path broken = folder.resolve("broken.safetensors");
        byte[] bytes = Files.readAllBytes(model);
        Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
        for (Path bad : List.of(broken, folder.resolve("missing.safetensors"), folder)) {
            Outcome outcome = sample(bad, "--out=" + wav("bad"));
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.err().lines()).singleElement().asString().contains(bad.toString());
        }
        assertThat(wav("bad")).doesNotExist();
    }

    @Test
    void verboseShowsTheTrace() {
        assertThat(sample(folder.resolve("missing.safetensors"), "--verbose").err())
                .contains("\tat ");
    }
}
