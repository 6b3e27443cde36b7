package wavenet4j.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.assertj.core.api.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.Model;
import wavenet4j.cli.testing.CommandProcess;
import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;

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
                    "--set=training.previews.seconds=0.3",
                    "--device=cpu");

    @TempDir Path folder;
    private Path data = Path.of("");
    private Path run = Path.of("");

    @BeforeEach
    void writeRecordings() throws IOException {
        data = folder.resolve("data");
        run = folder.resolve("run");
        for (int i = 0; i < 4; i++) {
            TinyModels.write(
                    data.resolve("low/" + i + ".wav"), TinyModels.tone(150 + 10 * i, 1600));
            TinyModels.write(
                    data.resolve("high/" + i + ".wav"), TinyModels.tone(500 + 10 * i, 1600));
        }
    }

    private List<String> newRun(String... options) {
        var args = new ArrayList<>(List.of("wavenet-train", "--data=" + data, "--out=" + run));
        args.addAll(TINY);
        for (String option : options) {
            // No option is taken twice.
            if (option.startsWith("--device=")) args.remove("--device=cpu");
            args.add(option);
        }
        return args;
    }

    private static Outcome train(List<String> args) {
        return Outcome.of(args.toArray(String[]::new));
    }

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
        TinyModels.model(List.of(), Map.of()).save(model);
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
        float[] before = Model.load(model).weights().tensor("head.output.weight");
        float[] after =
                Model.load(run.resolve("best.safetensors")).weights().tensor("head.output.weight");
        assertThat(after).containsExactly(before, within(0.01f)); // it is kept in bfloat16
    }

    /// SIGINT is Ctrl-C, SIGTERM the end of a container or of a machine.
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void anInterruptedRunIsSavedAndGoesOn(String signal) throws IOException, InterruptedException {
        var command =
                CommandProcess.command(newRun("--steps=1000000", "--set=training.validateEvery=2"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new StringBuilder();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            boolean sent = false;
            for (String line; (line = lines.readLine()) != null; output.append(line).append('\n')) {
                if (sent || !line.startsWith("step ")) continue;
                send(signal, process);
                sent = true;
            }
        } finally {
            process.destroyForcibly();
        }
        process.waitFor();
        assertThat(output.toString())
                .contains("Stopping: ", "Saved at step", "wavenet-train --resume " + run);
        long saved =
                Long.parseLong(
                        output.toString()
                                .replaceFirst("(?s).*Saved at step ([\\d,]+);.*", "$1")
                                .replace(",", ""));
        Outcome more = Outcome.of("wavenet-train", "--resume=" + run, "--steps=" + (saved + 2));
        assertThat(more.err())
                .contains("going on from step %,d,".formatted(saved))
                .contains("Done after %,d steps".formatted(saved + 2));
    }

    private static void send(String signal, Process process)
            throws IOException, InterruptedException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        assumeThat(status).as("the system's account of which signals are listened to").exists();
        int number = signal.equals("INT") ? 2 : 15;
        String caught =
                Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigCgt:"))
                        .map(line -> line.replaceAll(".*\\s", ""))
                        .findFirst()
                        .orElseThrow();
        assumeThat(Long.parseUnsignedLong(caught, 16) >> (number - 1) & 1)
                .as("SIG%s is not kept from this process and those it starts", signal)
                .isEqualTo(1);
        var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()));
        assertThat(kill.start().waitFor()).isZero();
    }

    @Test
    void theSameCommandResumesAndAnotherFailsWithWhatDiffers() throws IOException {
        Outcome first = train(newRun("--steps=6", "--set=training.checkpointEvery=4"));
        assertThat(first.status()).as(first.err()).isZero();
        Files.delete(run.resolve("checkpoints/step-000000006.safetensors")); // as if cut off

        Outcome again = train(newRun("--steps=6", "--set=training.checkpointEvery=4"));
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.err())
                .containsPattern("run        .*run, going on from step 4, \\d.\\d minutes so far")
                .contains("Done after 6 steps");
        Outcome done = train(newRun("--steps=6", "--set=training.checkpointEvery=4"));
        assertThat(done.status()).isZero();
        assertThat(done.err()).contains("going on from step 6", "had reached its end already");

        Outcome otherwise = train(newRun("--steps=8", "--set=data.licence='it is mine'"));
        assertThat(otherwise.status()).isEqualTo(1);
        assertThat(otherwise.err().lines())
                .containsExactly(
                        ("wavenet-train: %s already holds a run with other settings:"
                                        + " data.licence is null there and \"it is mine\" here,"
                                        + " training.steps is 6 there and 8 here,"
                                        + " training.checkpointEvery is 4 there and 250 here;"
                                        + " --resume %s --set 'data.licence=\"it is mine\"'"
                                        + " --set training.steps=8"
                                        + " --set training.checkpointEvery=250 goes on with it,"
                                        + " another --out begins a new one")
                                .formatted(run, run));
        Outcome other = train(newRun("--set=network.kernelSize=3"));
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.err())
                .contains("network.kernelSize is 2 there and 3 here", "; another --out begins")
                .doesNotContain("--resume");
        Outcome wider = Outcome.of("wavenet-train", "--resume=" + run, "--set=network.levels=64");
        assertThat(wider.status()).isEqualTo(1);
        assertThat(wider.err())
                .startsWith(
                        "wavenet-train: network.levels is 256 in the run %s and cannot become 64: "
                                .formatted(run));

        TinyModels.write(data.resolve("low/0.wav"), TinyModels.tone(400, 1600));
        Outcome changed = train(newRun("--steps=6", "--set=training.checkpointEvery=4"));
        assertThat(changed.status()).isEqualTo(1);
        assertThat(changed.err()).contains("was trained with other sounds; ");
    }

    @Test
    void aRunAndItsRecordingsMayBeMoved() throws IOException {
        String table = "file,pitch\n";
        for (int i = 0; i < 4; i++) {
            table += "low/%d.wav,low\nhigh/%d.wav,high\n".formatted(i, i);
        }
        Path inside = Files.writeString(data.resolve("labels.csv"), table);
        Path outside = Files.writeString(folder.resolve("labels.csv"), table);
        Outcome first = train(newRun("--steps=2", "--labels=csv:" + inside));
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(run.resolve("config.yaml")).content().contains("\"csv:labels.csv\"");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path movedData = Files.move(data, elsewhere.resolve("recordings"));
        Path movedRun = Files.move(run, elsewhere.resolve("my run"));

        Outcome lost = Outcome.of("wavenet-train", "--resume=" + movedRun, "--steps=4");
        assertThat(lost.status()).isEqualTo(1);
        assertThat(lost.err())
                .contains("lay in " + data + ", where nothing is now; name their folder by --data");
        Outcome found =
                Outcome.of(
                        "wavenet-train",
                        "--resume=" + movedRun,
                        "--data=" + movedData,
                        "--steps=4");
        assertThat(found.status()).as(found.err()).isZero();
        Outcome known = Outcome.of("wavenet-train", "--resume=" + movedRun, "--steps=6");
        assertThat(known.status()).as(known.err()).isZero();
        assertThat(known.err()).contains("Done after 6 steps");

        // A table outside of the recordings' folder, which is then somewhere else.
        Outcome named =
                Outcome.of(
                        "wavenet-train",
                        "--resume=" + movedRun,
                        "--labels=csv:" + outside,
                        "--steps=8");
        assertThat(named.status()).as(named.err()).isZero();
        Path newTable = Files.move(outside, elsewhere.resolve("table.csv"));
        Outcome gone = Outcome.of("wavenet-train", "--resume=" + movedRun, "--steps=10");
        assertThat(gone.status()).isEqualTo(1);
        assertThat(gone.err())
                .contains("the label table " + outside + " is no file", "by --labels csv:FILE");
        Outcome resumed =
                Outcome.of(
                        "wavenet-train",
                        "--resume=" + movedRun,
                        "--labels=csv:" + newTable,
                        "--steps=10");
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("Done after 10 steps");

        assertThat(movedRun.resolve("data.txt")).hasContent(movedData.toString());
        assertThat(movedRun.resolve("metrics.jsonl"))
                .content()
                .contains("\"step\":2", "\"step\":10")
                .doesNotContain(folder.toString());
    }

    /// A limit to the size of files is as good as a full disk: the system refuses to write on.
    @Test
    void whereADiskIsFullTheFileIsNamedAndTheRunCanGoOn() throws IOException, InterruptedException {
        Path bash = Path.of("/bin/bash");
        assumeThat(bash).as("a shell that limits the size of files").exists();
        List<String> wide = List.of("--set=network.channels.head=2048");
        var begin = newRun("--steps=2");
        begin.addAll(wide);
        assertThat(train(begin).status()).isZero();

        List<String> command =
                new ArrayList<>(
                        List.of(bash.toString(), "-c", "ulimit -f 200 && exec \"$0\" \"$@\""));
        command.addAll(
                CommandProcess.command(List.of("wavenet-train", "--resume=" + run, "--steps=4")));
        Path output = folder.resolve("output.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(Files.readString(output))
                .containsPattern(
                        "wavenet-train: .*/run/(best|checkpoints/step-000000004)\\.safetensors"
                                + " cannot be written \\(.+\\)");
        try (var files = Files.list(run.resolve("checkpoints"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "step-000000000.safetensors", "step-000000002.safetensors");
        }
        Outcome more = Outcome.of("wavenet-train", "--resume=" + run, "--steps=4");
        assertThat(more.status()).as(more.err()).isZero();
        assertThat(more.err()).contains("going on from step 2", "Done after 4 steps");
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
        assertThat(outcome.text()).contains("28 steps", "samples/s", "about 1,000 steps", "memory");
        assertThat(outcome.text())
                .containsPattern(
                        "products +(bfloat16|float32 \\(bfloat16 asked for; this processor computes"
                                + " them in float32\\))\\R");
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
