package wavenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
import java.util.Random;
import java.util.TreeMap;

/// A run that was interrupted ends with the very bits of one that was not.
final class ResumeTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path temporary;

    private static TrainConfig config(long steps) {
        // Of the rate's schedule only the warm-up, so that it does not depend on where it ends.
        return Tiny.config(
                "training.steps=" + steps, "training.finalRate=1", "training.checkpointEvery=10");
    }

    private RunFolder train(String name, TrainConfig config) throws IOException {
        Dataset data = Tiny.periodic(config, 6, 500);
        Path folder = temporary.resolve(name);
        RunFolder run =
                Files.exists(folder)
                        ? RunFolder.open(folder, config, data)
                        : RunFolder.create(folder, config, temporary, data);
        new TrainingLoop(config, data, TrainingDevice.processor(), run, event -> {}).run();
        return run;
    }

    @Test
    void twoHundredStepsAreOneHundredAndAnotherHundred() throws IOException {
        RunFolder whole = train("whole", config(200));
        train("halves", config(100));
        RunFolder halves = train("halves", config(200));
        requireEqual(halves.newestState(), whole.newestState());
        assertThat(halves.newestState().bestBits()).isEqualTo(whole.newestState().bestBits());
        assertThat(metrics("halves", "progress", "bits", "norm", "rate"))
                .hasSize(20)
                .isEqualTo(metrics("whole", "progress", "bits", "norm", "rate"));
        assertThat(metrics("halves", "validated", "bits", "best"))
                .hasSize(10)
                .isEqualTo(metrics("whole", "validated", "bits", "best"));
        assertThat(WaveNet.load(halves.best()).weights().tensors().values().toArray())
                .isEqualTo(WaveNet.load(whole.best()).weights().tensors().values().toArray());
    }

    @Test
    void aStopInTheMiddleChangesNothing() throws IOException {
        RunFolder whole = train("whole", config(80));

        TrainConfig config = config(80);
        Dataset data = Tiny.periodic(config, 6, 500);
        Path folder = temporary.resolve("stopped");
        RunFolder run = RunFolder.create(folder, config, temporary, data);
        long from = 0;
        for (int sitting = 0; sitting < 3; sitting++) {
            var loop = new TrainingLoop[1];
            var meter = new int[1];
            loop[0] =
                    new TrainingLoop(
                            config,
                            data,
                            TrainingDevice.processor(),
                            run,
                            event -> {
                                if (event instanceof TrainingEvent.Progress && ++meter[0] == 2) {
                                    loop[0].stop();
                                }
                            });
            loop[0].run();
            long step = run.newestState().step();
            assertThat(step).isBetween(from + 1, 79L);
            from = step;
            run = RunFolder.open(folder, config, data);
        }
        new TrainingLoop(config, data, TrainingDevice.processor(), run, event -> {}).run();
        requireEqual(run.newestState(), whole.newestState());
        Map<Long, List<String>> bits = metrics("stopped", "validated", "bits");
        metrics("whole", "validated", "bits")
                .forEach((step, values) -> assertThat(bits).containsEntry(step, values));
    }

    /// The process that [#killedAtAnyMomentItEndsTheSame()] kills.
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            TrainConfig config = TrainConfig.parse(Files.readString(Path.of(args[1])), Map.of());
            Dataset data = Tiny.periodic(config, 6, 500);
            RunFolder run = RunFolder.open(Path.of(args[0]), config, data);
            IO.println("opened");
            new TrainingLoop(config, data, TrainingDevice.processor(), run, event -> {}).run();
            IO.println("done");
        }
    }

    @Test
    void killedAtAnyMomentItEndsTheSame() throws IOException, InterruptedException {
        // Checkpoints so often that some kills fall into the writing of one.
        TrainConfig config =
                Tiny.config(
                        "training.steps=120",
                        "training.checkpointEvery=2",
                        "training.validateEvery=7");
        RunFolder whole = train("whole", config);

        Dataset data = Tiny.periodic(config, 6, 500);
        Path folder = temporary.resolve("killed");
        RunFolder killed = RunFolder.create(folder, config, temporary, data);
        var random = new Random(4);
        int kills = 0;
        long step = 0;
        boolean done = false;
        while (!done) {
            Process child = start(folder);
            try (var out =
                    new BufferedReader(
                            new InputStreamReader(
                                    child.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(out.readLine()).isEqualTo("opened");
                if (kills < 3) {
                    Thread.sleep(random.nextInt(1000));
                    child.destroyForcibly();
                    kills++;
                } else {
                    assertThat(out.readLine()).isEqualTo("done");
                    done = true;
                }
            }
            child.waitFor();
            long reached = killed.newestState().step();
            assertThat(reached).isGreaterThanOrEqualTo(step);
            step = reached;
        }
        requireEqual(killed.newestState(), whole.newestState());
        assertThat(metrics("killed", "validated", "bits", "best"))
                .isEqualTo(metrics("whole", "validated", "bits", "best"));
        try (var files = Files.list(folder.resolve("checkpoints"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "step-000000118.safetensors", "step-000000120.safetensors");
        }
    }

    private static Process start(Path folder) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-Dai.djl.offline=true",
                        "-Dai.djl.pytorch.num_threads=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString(),
                        folder.resolve("config.yaml").toString()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /// Those fields of each event of that kind, by step.
    private Map<Long, List<String>> metrics(String name, String event, String... fields)
            throws IOException {
        var found = new TreeMap<Long, List<String>>();
        for (String line : Files.readAllLines(temporary.resolve(name + "/metrics.jsonl"))) {
            JsonNode json = JSON.readTree(line);
            if (!json.path("event").asText().equals(event)) continue;
            List<String> values = new ArrayList<>();
            for (String field : fields) values.add(json.path(field).asText());
            assertThat(found.put(json.path("step").asLong(), values)).as("a step twice").isNull();
        }
        return found;
    }

    private static void requireEqual(TrainingState actual, TrainingState expected) {
        assertThat(actual.step()).isEqualTo(expected.step());
        assertThat(actual.rateScale()).isEqualTo(expected.rateScale());
        assertThat(actual.weights()).isEqualTo(expected.weights());
        assertThat(actual.averaged()).isEqualTo(expected.averaged());
        assertThat(actual.moment1()).isEqualTo(expected.moment1());
        assertThat(actual.moment2()).isEqualTo(expected.moment2());
    }
}
