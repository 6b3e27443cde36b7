package wavenet4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.Model;
import wavenet4j.train.RunListeners;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.device.TrainingDevice;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingListener;
import wavenet4j.train.run.RunFolder;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// A run that was interrupted ends with the very bits of one that was not.
final class ResumeTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path temporary;

    private static TrainConfig config(long steps) {
        // Of the rate's schedule only the warm-up, so that it does not depend on where it ends.
        return TinyRun.config(
                "training.steps=" + steps, "training.finalRate=1", "training.checkpointEvery=10");
    }

    private RunFolder train(String name, TrainConfig config) throws IOException {
        Dataset data = TinyRun.periodic(config, 6, 500);
        Path folder = temporary.resolve(name);
        RunFolder run =
                Files.exists(folder)
                        ? RunFolder.open(folder, config, temporary, data)
                        : RunFolder.create(folder, config, temporary, data);
        loop(config, data, run, event -> {}).run();
        return run;
    }

    private static TrainingLoop loop(
            TrainConfig config, Dataset data, RunFolder run, TrainingListener also) {
        TrainingListener listener = RunListeners.of(run, config, Object::toString, also);
        return new TrainingLoop(config, data, TrainingDevice.processor(), run, listener);
    }

    @Test
    void twoHundredStepsAreOneHundredAndAnotherHundred() throws IOException {
        RunFolder whole = train("whole", config(200));
        train("halves", config(100));
        RunFolder halves = train("halves", config(200));
        requireEqual(halves.checkpoints().newest(), whole.checkpoints().newest());
        assertThat(halves.checkpoints().newest().best())
                .isEqualTo(whole.checkpoints().newest().best());
        assertThat(metrics("halves", "progress", "bits", "norm", "rate"))
                .hasSize(20)
                .isEqualTo(metrics("whole", "progress", "bits", "norm", "rate"));
        assertThat(metrics("halves", "device", "device", "matmulPrecision")).hasSize(1);
        assertThat(metrics("halves", "validated", "bits", "best"))
                .hasSize(10)
                .isEqualTo(metrics("whole", "validated", "bits", "best"));
        assertThat(Model.load(halves.best()).weights().tensors().values().toArray())
                .isEqualTo(Model.load(whole.best()).weights().tensors().values().toArray());
    }

    @Test
    void aStopInTheMiddleChangesNothing() throws IOException {
        RunFolder whole = train("whole", config(80));

        TrainConfig config = config(80);
        Dataset data = TinyRun.periodic(config, 6, 500);
        Path folder = temporary.resolve("stopped");
        RunFolder run = RunFolder.create(folder, config, temporary, data);
        long from = 0;
        for (int start = 0; start < 3; start++) {
            var loop = new TrainingLoop[1];
            var meter = new int[1];
            loop[0] =
                    loop(
                            config,
                            data,
                            run,
                            event -> {
                                if (event instanceof TrainingEvent.Progress && ++meter[0] == 2) {
                                    loop[0].stop();
                                }
                            });
            loop[0].run();
            long step = run.checkpoints().newest().step();
            assertThat(step).isBetween(from + 1, 79L);
            from = step;
            run = RunFolder.open(folder, config, temporary, data);
        }
        loop(config, data, run, event -> {}).run();
        requireEqual(run.checkpoints().newest(), whole.checkpoints().newest());
        Map<Long, List<String>> bits = metrics("stopped", "validated", "bits");
        metrics("whole", "validated", "bits")
                .forEach((step, values) -> assertThat(bits).containsEntry(step, values));
        // The evaluation at the first stop, before any other, leaves a model and is not counted.
        assertThat(run.checkpoints().newest().best())
                .isEqualTo(whole.checkpoints().newest().best());
        assertThat(Model.load(run.best()).weights().tensors().values().toArray())
                .isEqualTo(Model.load(whole.best()).weights().tensors().values().toArray());
    }

    /// Evaluations, checkpoints and progress fall on different steps, so that a stop cuts through
    /// what each of them adds up; the rate causes rollbacks and evaluations that are no better.
    @Test
    void rollbacksAndPatienceSurviveStopsAtAnyStep() throws IOException {
        TrainConfig config =
                TinyRun.config(
                        "training.steps=150",
                        "training.learningRate=1",
                        "training.warmupSteps=0",
                        "training.clipNorm=1e9",
                        "training.checkpointEvery=7",
                        "training.validateEvery=4",
                        "training.patience=25");
        train("whole", config);
        Dataset data = TinyRun.periodic(config, 6, 500);
        Path folder = temporary.resolve("cut");
        RunFolder.create(folder, config, temporary, data);
        var random = new Random(5);
        int cuts = 0;
        boolean ended = false;
        while (!ended) {
            RunFolder run = RunFolder.open(folder, config, temporary, data);
            int most = 1 + random.nextInt(8);
            var events = new int[1];
            var loop =
                    loop(
                            config,
                            data,
                            run,
                            event -> {
                                // As a kill would: nothing after it is done, not even a save.
                                if (++events[0] > most) throw new Cut();
                            });
            try {
                loop.run();
                ended = true;
            } catch (Cut _) {
                cuts++;
            }
            assertThat(cuts).as("starts").isLessThan(500);
        }
        assertThat(cuts).isGreaterThan(5);
        RunFolder whole = RunFolder.open(temporary.resolve("whole"), config, temporary, data);
        RunFolder cut = RunFolder.open(folder, config, temporary, data);
        requireEqual(cut.checkpoints().newest(), whole.checkpoints().newest());
        assertThat(cut.checkpoints().newest().best())
                .isEqualTo(whole.checkpoints().newest().best());
        assertThat(metricsApartFromTimes("cut")).isEqualTo(metricsApartFromTimes("whole"));
        assertThat(metricsApartFromTimes("cut"))
                .anyMatch(line -> line.contains("steppedback"))
                .anyMatch(line -> line.contains("validated"));
        assertThat(Model.load(cut.best()).weights().tensors().values().toArray())
                .isEqualTo(Model.load(whole.best()).weights().tensors().values().toArray());
    }

    /// The end of a process, as far as one process can play it.
    private static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final Set<String> INTERRUPTIONS = Set.of("stopped", "resumed");

    private List<String> metricsApartFromTimes(String name) throws IOException {
        var lines = new ArrayList<String>();
        for (String line : Files.readAllLines(temporary.resolve(name + "/metrics.jsonl"))) {
            var json = (ObjectNode) JSON.readTree(line);
            if (INTERRUPTIONS.contains(json.path("event").asText())) continue;
            json.remove(List.of("seconds", "secondsLeft", "samplesPerSecond"));
            lines.add(json.toString());
        }
        return lines;
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
        TinyRun.requireEqual(actual, expected);
        assertThat(actual.rateScale()).isEqualTo(expected.rateScale());
    }
}
