package wavenet4j.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

/// Runs that are interrupted, moved or cut off, and resumed.
final class ResumeCommandTest extends TrainCommandFixture {
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
                        "wavenet-train: %s already holds a run with other settings:".formatted(run),
                        "  data.licence is null there and \"it is mine\" here",
                        "  training.steps is 6 there and 8 here",
                        "  training.checkpointEvery is 4 there and 250 here",
                        "This goes on with it, with the settings of here:",
                        ("  wavenet-train --resume %s --set 'data.licence=\"it is mine\"'"
                                        + " --set training.steps=8"
                                        + " --set training.checkpointEvery=250")
                                .formatted(run),
                        "Another --out begins a new run.");
        Outcome other = train(newRun("--set=network.kernelSize=3"));
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.err())
                .contains("network.kernelSize is 2 there and 3 here", "Another --out begins")
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

    /// As the end of a run says: --steps or --minutes gives it a later one.
    @Test
    void theSameCommandWithALaterEndGoesOn() {
        assertThat(train(newRun("--steps=4")).status()).isZero();
        Outcome longer = train(newRun("--steps=6"));
        assertThat(longer.status()).as(longer.err()).isZero();
        assertThat(longer.err())
                .contains("later than before: training.steps 6", "going on from step 4")
                .contains("Done after 6 steps");
        Outcome minutes = train(newRun("--minutes=0.0001"));
        assertThat(minutes.status()).as(minutes.err()).isZero();
        assertThat(minutes.err())
                .contains("training.steps 0, training.minutes 1.0E-4", "had reached its end");
        assertThat(train(newRun("--minutes=0.001")).status()).isZero();

        Outcome shorter = train(newRun("--minutes=0.0005"));
        assertThat(shorter.status()).isEqualTo(1);
        assertThat(shorter.err()).contains("training.minutes is 0.001 there and 5.0E-4 here");
        Outcome unnamed = train(newRun());
        assertThat(unnamed.status()).as("an end that nobody named is not later").isEqualTo(1);
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
}
