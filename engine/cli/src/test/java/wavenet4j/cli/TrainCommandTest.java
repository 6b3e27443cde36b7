package wavenet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.WaveNet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class TrainCommandTest {
    private static final List<String> TINY =
            List.of(
                    "--set=network.channels={residual: 4, gate: 4, skip: 8, head: 8}",
                    "--set=network.dilations=[1, 2, 4, 8]",
                    "--set=training.window=400",
                    "--set=training.validationWindows=2",
                    "--device=cpu");

    @TempDir Path folder;
    private Path data = Path.of("");
    private Path run = Path.of("");

    @BeforeEach
    void writeRecordings() throws IOException {
        data = folder.resolve("data");
        run = folder.resolve("run");
        for (int i = 0; i < 4; i++) {
            Tiny.write(data.resolve("low/" + i + ".wav"), Tiny.tone(150 + 10 * i, 1600));
            Tiny.write(data.resolve("high/" + i + ".wav"), Tiny.tone(500 + 10 * i, 1600));
        }
    }

    private List<String> newRun(String... options) {
        var args = new ArrayList<>(List.of("wavenet-train", "--data=" + data, "--out=" + run));
        args.addAll(TINY);
        args.addAll(List.of(options));
        return args;
    }

    private static Outcome train(List<String> args) {
        return Outcome.of(args.toArray(String[]::new));
    }

    @Test
    void aRunIsTrainedResumedSampledAndScored() {
        Outcome first = train(newRun("--steps=6", "--labels=folders"));
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.err())
                .contains("kept 8 files", "receptive field 16 samples", "2 labels")
                .contains("Done after 6 steps", "wavenet-sample " + run);

        Outcome more = Outcome.of("wavenet-train", "--resume=" + run, "--steps=10");
        assertThat(more.status()).as(more.err()).isZero();
        assertThat(more.err()).contains("Done after 10 steps");
        Outcome done = Outcome.of("wavenet-train", "--resume=" + run);
        assertThat(done.err()).contains("had reached its end already");

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
        Tiny.model(List.of(), Map.of()).save(model);
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
        float[] before = WaveNet.load(model).weights().tensor("head.output.weight");
        float[] after =
                WaveNet.load(run.resolve("best.safetensors"))
                        .weights()
                        .tensor("head.output.weight");
        assertThat(after).containsExactly(before, within(0.01f)); // it is kept in bfloat16
    }

    @Test
    void anInterruptedRunIsSavedAndGoesOn() throws IOException, InterruptedException {
        var args = new ArrayList<String>();
        args.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        args.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dai.djl.offline=true"));
        args.addAll(
                List.of("--sun-misc-unsafe-memory-access=allow", "-Dai.djl.pytorch.num_threads=1"));
        args.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        args.addAll(newRun("--steps=1000000", "--set=training.validateEvery=2"));
        Process process = new ProcessBuilder(args).redirectErrorStream(true).start();
        var said = new StringBuilder();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line; (line = lines.readLine()) != null; said.append(line).append('\n')) {
                if (line.startsWith("step ")) process.toHandle().destroy(); // as Ctrl-C: a signal
            }
        }
        process.waitFor();
        assertThat(said.toString()).contains("Saved at step", "wavenet-train --resume " + run);
        long saved =
                Long.parseLong(
                        said.toString()
                                .replaceFirst("(?s).*Saved at step ([\\d,]+);.*", "$1")
                                .replace(",", ""));
        Outcome more = Outcome.of("wavenet-train", "--resume=" + run, "--steps=" + (saved + 2));
        assertThat(more.err()).contains("Done after %,d steps".formatted(saved + 2));
    }

    @Test
    void aDryRunTellsAndLeavesNothing() {
        Outcome outcome = train(newRun("--steps=1000", "--dry-run"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.text()).contains("28 steps", "samples/s", "about 1,000 steps", "memory");
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
        assertThat(auto.err()).contains("device     cpu (" + reason + ")");
    }

    @Test
    void problemsAreOneSentence() throws IOException {
        assertThat(Outcome.of("wavenet-train").err()).contains("--data DIR says");
        assertThat(train(newRun("--config=organ")).err())
                .contains("no configuration organ", "digits, piano");
        assertThat(train(newRun("--set=training.bach=4")).err()).contains("no key training.bach");
        assertThat(train(newRun("--labels=maybe")).err()).contains("the label rule is \"maybe\"");
        assertThat(Outcome.of("wavenet-train", "--resume=" + folder).err())
                .contains("is no training run");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(Outcome.of("wavenet-train", "--data=" + empty).err())
                .contains("holds no recording");
        assertThat(run).doesNotExist();
    }

    @Test
    void presetsAreKnownByName() {
        assertThat(Outcome.of("wavenet-train", "--config=list").text())
                .contains("digits ", "piano ", "learningRate:");
    }
}
