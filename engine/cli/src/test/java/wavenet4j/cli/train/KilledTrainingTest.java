package wavenet4j.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.cli.testing.CommandProcess;
import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;
import wavenet4j.file.Safetensors;
import wavenet4j.train.run.RunFolder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// A training that is killed and started again by the same command ends with the weights, bit for
/// bit, of one that was never killed.
final class KilledTrainingTest {
    private static final int MOST_STEPS_BEFORE_A_KILL = 20;
    private static final JsonMapper JSON = new JsonMapper();

    /// Checkpoints of a megabyte, so often that many kills fall into the writing of one;
    /// evaluations and reports at other steps.
    private static final List<String> SETTINGS =
            List.of(
                    "--steps=300",
                    "--set=network.channels={residual: 24, gate: 24, skip: 96, head: 128}",
                    "--set=network.levels=64",
                    "--set=network.dilations=2 x 1..16",
                    "--set=training.batch=2",
                    "--set=training.window=150",
                    "--set=training.checkpointEvery=4",
                    "--set=training.previews.every=0",
                    "--set=training.validateEvery=6",
                    "--set=training.validationWindows=2",
                    "--device=cpu");

    @TempDir Path folder;

    private List<String> command(Path run) {
        var args =
                new ArrayList<>(
                        List.of(
                                "wavenet-train",
                                "--data=" + folder.resolve("data"),
                                "--out=" + run));
        args.addAll(SETTINGS);
        return args;
    }

    @Test
    void killedTwiceItEndsTheSame() throws IOException, InterruptedException {
        killAndCompare(2);
    }

    @Test
    @Tag("slow")
    void killedTenTimesItEndsTheSame() throws IOException, InterruptedException {
        int torn = killAndCompare(10);
        assertThat(torn).as("kills in the middle of a checkpoint's writing").isPositive();
    }

    /// @return how many kills fell into the writing of a checkpoint
    private int killAndCompare(int kills) throws IOException, InterruptedException {
        for (int i = 0; i < 5; i++) {
            Path file = folder.resolve("data/" + i + ".wav");
            int samples = i < 2 ? 3 * TinyModels.RATE : 2000; // the ends of the long ones held out
            TinyModels.write(file, TinyModels.tone(150 + 70 * i, samples));
        }
        Path whole = folder.resolve("whole");
        Outcome never = Outcome.of(command(whole).toArray(String[]::new));
        assertThat(never.status()).as(never.err()).isZero();
        assertThat(whole.resolve("corpus.txt")).content().containsPattern("held out\\n +0.wav@");
        assertThat(whole.resolve("levels/levels-1")).isNotEmptyFile(); // read again at each start

        Path killed = folder.resolve("killed");
        Path output = folder.resolve("output.txt");
        var random = new Random(7);
        int torn = 0;
        for (int kill = 0; kill < kills; kill++) {
            // The first kill falls into the creation of the run, which may have to be repeated.
            boolean again = RunFolder.isIn(killed);
            int target =
                    kill == 0
                            ? -1
                            : newestStep(killed) + 1 + random.nextInt(MOST_STEPS_BEFORE_A_KILL);
            Process process = CommandProcess.start(output, command(killed));
            try {
                if (target >= 0) {
                    await(process, output, () -> newestStep(killed) >= target);
                    if (again) assertThat(output).content().contains("going on from step");
                }
                if (kill % 2 == 0) {
                    await(process, output, () -> isWriting(killed));
                } else {
                    Thread.sleep(random.nextInt(30));
                }
                assertThat(process.isAlive()).as("killed while it trains").isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.waitFor()).as("killed, not ended").isNotZero();
            if (isWriting(killed)) torn++;
        }
        assertThat(newestStep(killed)).as("before the last start").isBetween(1, 295);

        Outcome last = Outcome.of(command(killed).toArray(String[]::new));
        assertThat(last.status()).as(last.err()).isZero();
        assertThat(last.err()).contains("going on from step", "Done after 300 steps");

        assertThat(names(killed.resolve("checkpoints")))
                .isEqualTo(names(whole.resolve("checkpoints")))
                .containsExactly("step-000000296.safetensors", "step-000000300.safetensors");
        for (String name : names(whole.resolve("checkpoints"))) {
            Path file = Path.of("checkpoints", name);
            assertThat(tensors(killed.resolve(file))).isEqualTo(tensors(whole.resolve(file)));
            assertThat(standing(killed.resolve(file))).isEqualTo(standing(whole.resolve(file)));
        }
        assertThat(tensors(killed.resolve("best.safetensors")))
                .isEqualTo(tensors(whole.resolve("best.safetensors")));
        assertThat(metrics(killed)).isEqualTo(metrics(whole));
        for (String event : List.of("progress", "validated", "saved")) {
            assertThat(metrics(whole)).anyMatch(line -> line.contains(event));
        }
        return torn;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    /// Looks often: what is waited for may last a millisecond.
    private static void await(Process process, Path output, Condition condition)
            throws IOException {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.holds()) {
            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
            assertThat(System.nanoTime()).as(Files.readString(output)).isLessThan(end);
            LockSupport.parkNanos(100_000);
        }
    }

    private static int newestStep(Path run) throws IOException {
        return names(run.resolve("checkpoints")).stream()
                .filter(name -> name.startsWith("step-"))
                .mapToInt(name -> Integer.parseInt(name.replaceAll("\\D", "")))
                .max()
                .orElse(-1);
    }

    private static boolean isWriting(Path run) throws IOException {
        return names(run.resolve("checkpoints")).stream().anyMatch(name -> name.endsWith(".part"));
    }

    private static List<String> names(Path folder) {
        String[] names = folder.toFile().list(); // null where there is no such folder yet
        return names == null ? List.of() : Arrays.stream(names).sorted().toList();
    }

    /// The bytes after the header, which holds times.
    private static byte[] tensors(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        long header = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return Arrays.copyOfRange(all, 8 + (int) header, all.length);
    }

    /// The other values of a checkpoint, apart from times and lengths of texts with times.
    private static Map<String, String> standing(Path checkpoint) throws IOException {
        var metadata = new HashMap<>(Safetensors.open(checkpoint).metadata());
        metadata.keySet().removeAll(List.of("seconds", "metricsBytes", "crc32c"));
        return metadata;
    }

    private static List<String> metrics(Path run) throws IOException {
        var lines = new ArrayList<String>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            var json = (ObjectNode) JSON.readTree(line);
            if (json.path("event").asText().equals("resumed")) continue; // only the killed one was
            json.remove(List.of("seconds", "secondsLeft", "samplesPerSecond"));
            lines.add(json.toString());
        }
        return lines;
    }
}
