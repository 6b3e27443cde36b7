package wavenet4j.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.Model;
import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;
import wavenet4j.info.ModelInfo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

final class TrainCommandTest extends TrainCommandFixture {
    @ParameterizedTest
    @ValueSource(strings = {"--out=elsewhere", "--device=cpu"})
    void anOptionOfOneValueIsGivenOnce(String again) {
        List<String> args = newRun("--steps=1", "--device=cpu");
        args.add(again);
        Outcome outcome = train(args);
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains(again.replaceFirst("=.*", "") + " is given 2 times");
        assertThat(run).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --learning-rate=0.1     | here it is --set training.learningRate=0.1
                    --training.batch=4      | here it is --set training.batch=4
                    --seed=3                | here it is --set training.seed=3
                    --held_out=0.2          | here it is --set data.heldOut=0.2
                    --layers=10             | here it is for --set: network.dilations, such as 2 x
                    --set=lr                | --set is "lr"; it must be a key and its value
                    --set=training.steps=4  | training.steps is given twice; give it once
                    --set=learningRate=0,01 | it must be a number, and a decimal is written with a
                    --device=cuda           | --device is "cuda"; it must be auto, cpu or gpu
                    --minutes=long          | --minutes is "long"; it must be a number
                    recordings              | no option takes the argument "recordings"; here it is --data=recordings
                    """)
    void whatIsMeantIsSaid(String given, String sentence) {
        Outcome outcome = train(newRun("--steps=1", given));
        assertThat(outcome.status()).isPositive();
        assertThat(outcome.err()).contains("wavenet-train: ", sentence);
        assertThat(run).doesNotExist();
    }

    @Test
    void theValueBehindAForeignOptionIsNamed() {
        assertThat(Outcome.of("wavenet-train", "--learning-rate", "0.1").err())
                .contains("here it is --set training.learningRate=0.1");
        assertThat(Outcome.of("wavenet-sample", "--length", "3").err())
                .contains("here it is --seconds=3");
    }

    @Test
    void stepsAndMinutesLimitARunTogetherByAnyName() throws IOException {
        Outcome outcome = train(newRun("--minutes=60", "--set=steps=2"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(run.resolve("config.yaml")).content().contains("steps: 2\n", "minutes: 60.0\n");
    }

    @Test
    void aRunIsTrainedResumedSampledAndScored() throws IOException {
        Outcome first = train(newRun("--steps=6", "--labels=folders"));
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.err())
                .contains("kept 8 files", "receptive field 16 samples", "2 labels")
                .contains("Done after 6 steps", "wavenet-sample " + run)
                .contains("takes of 0.3 s with low in " + run.resolve("previews"))
                .contains("undertrained: The held-out loss ended at ");
        assertThat(run.resolve("previews/real.wav")).isNotEmptyFile();
        assertThat(run.resolve("previews/step-000000006-t1.00.png")).isNotEmptyFile();

        Outcome more = Outcome.of("wavenet-train", "--resume=" + run, "--steps=10");
        assertThat(more.status()).as(more.err()).isZero();
        assertThat(more.err()).contains("Done after 10 steps");
        assertThat(run.resolve("previews/step-000000010-t1.00.wav")).isNotEmptyFile();
        try (var files = Files.list(run)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("a file for TensorBoard from each start")
                    .areExactly(2, new Condition<>(f -> f.contains(".tfevents."), "tfevents"));
        }
        Outcome done = Outcome.of("wavenet-train", "--resume=" + run);
        assertThat(done.err()).contains("had reached its end already");

        Path page = run.resolve("report.html");
        Files.delete(page);
        Outcome report = Outcome.of("wavenet-train", "--report=" + run);
        assertThat(report.text().strip()).isEqualTo(page.toString());
        assertThat(page).content().contains("<h1>run</h1>", "10</b>");

        Path take = folder.resolve("take.wav");
        Outcome sample =
                Outcome.of(
                        "wavenet-sample",
                        run.toString(),
                        "--label=low",
                        "--seconds=0.2",
                        "--out=" + take);
        assertThat(sample.status()).as(sample.err()).isZero();
        assertThat(take).isNotEmptyFile();

        Outcome eval = Outcome.of("wavenet-eval", run.toString(), "--data=" + data, "--held-out");
        assertThat(eval.status()).as(eval.err()).isZero();
        assertThat(eval.text()).contains("in all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--set=network.levels=1024", "--set=network.output=logistics"})
    void aRunOfHighFidelityIsTrainedSampledAndScored(String setting) {
        Outcome trained = train(newRun("--steps=6", setting));
        assertThat(trained.status()).as(trained.err()).isZero();
        assertThat(trained.err()).containsAnyOf("1,024 mu-law levels", "of 10 logistics");
        Outcome more = Outcome.of("wavenet-train", "--resume=" + run, "--steps=8");
        assertThat(more.status()).as(more.err()).isZero();
        Path take = folder.resolve("take.wav");
        Outcome sample =
                Outcome.of("wavenet-sample", run.toString(), "--seconds=0.2", "--out=" + take);
        assertThat(sample.status()).as(sample.err()).isZero();
        Outcome eval = Outcome.of("wavenet-eval", run.toString(), "--data=" + data, "--held-out");
        assertThat(eval.status()).as(eval.err()).isZero();
        assertThat(eval.text()).contains("of 16 bits", "in all");
    }

    @Test
    void aRunMayStartFromAModel() throws IOException {
        Path model = folder.resolve("model.safetensors");
        TinyModels.model(List.of(), ModelInfo.NONE).save(model);
        Outcome outcome =
                Outcome.of(
                        "wavenet-train",
                        "--data=" + data,
                        "--out=" + run,
                        "--from=" + model,
                        "--steps=1",
                        "--set=training.learningRate=1e-9",
                        "--set=training.window=400",
                        "--device=cpu");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err())
                .contains("a network for 4,000 Hz, the rate that all recordings are brought to");
        float[] before = Model.load(model).weights().tensor("head.output.weight");
        float[] after =
                Model.load(run.resolve("best.safetensors")).weights().tensor("head.output.weight");
        assertThat(after).containsExactly(before, within(0.01f)); // it is kept in bfloat16
    }

    @Test
    void oneRecordingIsLearnedAndItsEndIsScored() throws IOException {
        Path file = folder.resolve("one.wav");
        TinyModels.write(file, TinyModels.tone(300, 24_000));
        List<String> args = newRun("--steps=4");
        args.set(1, "--data=" + file);
        Outcome first = train(args);
        assertThat(first.status()).as(first.err()).isZero();
        var trained = Model.load(run.resolve("best.safetensors")).info().data();
        assertThat(Objects.requireNonNull(trained).heldOut())
                .containsExactly("one.wav@21600-24000");
        assertThat(run.resolve("levels/index")).isNotEmptyFile();
        Outcome more = Outcome.of("wavenet-train", "--resume=" + run, "--steps=6");
        assertThat(more.status()).as(more.err()).isZero();
        for (Path given : List.of(file, folder)) {
            Outcome eval =
                    Outcome.of("wavenet-eval", run.toString(), "--data=" + given, "--held-out");
            assertThat(eval.status()).as(eval.err()).isZero();
            // 2400 samples less the receptive field, at 4 kHz
            assertThat(eval.text()).containsPattern("0\\.60 +one\\.wav@21600-24000");
        }
    }

    @Test
    void theLevelsMayBeKeptElsewhere() throws IOException {
        Path cache = folder.resolve("big disk");
        assertThat(train(newRun("--steps=1", "--cache=" + cache)).status()).isZero();
        assertThat(run.resolve("levels")).doesNotExist();
        try (var folders = Files.list(cache)) {
            assertThat(folders.findFirst().orElseThrow().resolve("index")).isNotEmptyFile();
        }
        Outcome more = Outcome.of("wavenet-train", "--resume=" + run, "--steps=2");
        assertThat(more.status()).as(more.err()).isZero();
        assertThat(run.resolve("levels")).doesNotExist();
    }

    @Test
    void patienceEndsARunThatGetsNoBetter() {
        Outcome outcome =
                train(
                        newRun(
                                "--steps=500",
                                "--set=training.learningRate=1e-9",
                                "--set=training.averaging=0",
                                "--set=training.validateEvery=1",
                                "--set=training.patience=2"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err())
                .containsPattern(
                        "Stopped early after \\d+ steps: 2 evaluations in a row were no better")
                .containsPattern(
                        "The best, \\d\\.\\d{4} bits at step \\d+, is in .*best.safetensors")
                .contains("--resume " + run + " --set training.patience=4");
    }

    @Test
    void aDryRunPrintsAndLeavesNothing() {
        Outcome outcome = train(newRun("--steps=1000", "--dry-run"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.text())
                .contains("kept 8 files", "network ", "28 steps", "samples/s")
                .contains("about 1,000 steps", "memory", "try         --config quick --minutes 5:")
                .contains("very little to learn from: 2.77 s"); // 7 times 1600 - 16 at 4 kHz
        assertThat(outcome.err()).doesNotContain("kept", "network");
        assertThat(outcome.text()).containsPattern("products +float32, on the Vector API\\R");
        assertThat(run).doesNotExist();
    }

    /// The tests' class path has libraries for processors only: there is a reason on any machine.
    @Test
    void aGpuThatCannotBeUsedEndsWithTheReasonAndAutoGoesOnWithIt() throws IOException {
        Outcome gpu = train(newRun("--device=gpu", "--steps=1"));
        assertThat(gpu.status()).isEqualTo(1);
        assertThat(gpu.err())
                .matches("wavenet-train: no GPU can be used: .+; .+\\R")
                .containsAnyOf("no NVIDIA driver", "libcuda.so.1", "for processors only");
        assertThat(run).doesNotExist();
        String reason = gpu.err().replaceAll("(?s)^.*used: |; .*$", "");

        Outcome auto = train(newRun("--device=auto", "--steps=1"));
        assertThat(auto.status()).as(auto.err()).isZero();
        // A machine that has no card is told nothing of it, unless it asks for one.
        boolean absent = reason.contains("no NVIDIA driver");
        assertThat(auto.err())
                .containsPattern(
                        "device     cpu"
                                + (absent ? "" : Pattern.quote(" (" + reason + ")"))
                                + "\\R");
        assertThat(run.resolve("best.safetensors")).exists();
    }

    @Test
    void problemsAreOneSentence() throws IOException {
        assertThat(Outcome.of("wavenet-train").err()).contains("--data DIR names");
        assertThat(train(newRun("--config=organ")).err())
                .contains("no configuration organ", "piano-16k, quick");
        assertThat(train(newRun("--set=training.bach=4")).err()).contains("no key training.bach");
        assertThat(train(newRun("--labels=maybe")).err()).contains("the label rule is \"maybe\"");
        assertThat(Outcome.of("wavenet-train", "--resume=" + folder).err())
                .contains("is no training run");
        assertThat(Outcome.of("wavenet-train", "--report=" + folder).err())
                .contains("is no training run");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(Outcome.of("wavenet-train", "--data=" + empty).err())
                .contains("holds no recording");
        assertThat(run).doesNotExist();
    }

    @Test
    void presetsAreKnownByName() {
        assertThat(Outcome.of("wavenet-train", "--config=list").text())
                .contains("digits ", "piano-16k ", "learningRate:");
    }
}
