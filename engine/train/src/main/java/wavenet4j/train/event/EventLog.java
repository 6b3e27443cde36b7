package wavenet4j.train.event;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A run's `metrics.jsonl`: a line of JSON for each [TrainingEvent].
///
/// @param file which need not exist
public record EventLog(Path file) {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // a later version's
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    /// The value of `event` in the line of each kind of event. Runs keep their logs: a name that
    /// was written once stays.
    private static final Map<Class<? extends TrainingEvent>, String> NAMES =
            Map.ofEntries(
                    entry(TrainingEvent.DeviceUsed.class, "device"),
                    entry(TrainingEvent.TemperatureChosen.class, "temperature"),
                    entry(TrainingEvent.Progress.class, "progress"),
                    entry(TrainingEvent.Evaluated.class, "validated"),
                    entry(TrainingEvent.Previewed.class, "previewed"),
                    entry(TrainingEvent.Diagnosed.class, "judged"),
                    entry(TrainingEvent.Stopped.class, "stopped"),
                    entry(TrainingEvent.Resumed.class, "resumed"),
                    entry(TrainingEvent.Saved.class, "saved"),
                    entry(TrainingEvent.RolledBack.class, "steppedback"),
                    entry(TrainingEvent.MicroBatchHalved.class, "partshalved"));

    private static final Map<String, Class<? extends TrainingEvent>> KINDS =
            NAMES.entrySet().stream().collect(toMap(Map.Entry::getValue, Map.Entry::getKey));

    /// A larger step number comes from a damaged line.
    private static final long MOST_STEPS = 1L << 40;

    /// The log of a run.
    public static EventLog of(Path run) {
        return new EventLog(run.resolve("metrics.jsonl"));
    }

    /// All events so far. A line that cannot be parsed, such as the last one of a killed process,
    /// is skipped.
    public List<TrainingEvent> read() throws IOException {
        var events = new ArrayList<TrainingEvent>();
        if (!Files.exists(file)) return events;
        // Unlike Files.newBufferedReader this reads on after bytes that are not UTF-8.
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line; (line = lines.readLine()) != null; ) {
                TrainingEvent event = parse(line);
                if (event != null) events.add(event);
            }
        }
        return events;
    }

    private static @Nullable TrainingEvent parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            Class<? extends TrainingEvent> kind = KINDS.get(json.path("event").asText());
            if (kind == null) return null;
            for (JsonNode take : json.path("takes")) addFaults(take);
            TrainingEvent event = JSON.treeToValue(json, kind);
            return event.step() >= 0 && event.step() <= MOST_STEPS ? event : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /// Takes of earlier versions were not checked for faults.
    private static void addFaults(JsonNode take) {
        if (take instanceof ObjectNode known && !known.has("faults")) known.putArray("faults");
    }

    /// Appends a line.
    ///
    /// @throws IOException when the file cannot be written, with its name
    public void append(TrainingEvent event) throws IOException {
        var line = JSON.createObjectNode();
        line.put("event", NAMES.get(event.getClass()));
        line.setAll(JSON.<ObjectNode>valueToTree(event));
        try {
            Files.writeString(
                    file,
                    JSON.writeValueAsString(line) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IOException(
                    "the metrics in %s cannot be written (%s)".formatted(file, e.getMessage()), e);
        }
    }

    /// Forces the file to the disk, as a checkpoint that refers to its length must not outlive its
    /// lines.
    ///
    /// @return its length in bytes
    public long force() throws IOException {
        if (!Files.exists(file)) return 0;
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
            return channel.size();
        }
    }

    /// Truncates the file to at most that many bytes, at the end of a line.
    public void cut(long most) throws IOException {
        if (!Files.exists(file)) return;
        byte[] all = Files.readAllBytes(file);
        int end = (int) Math.min(most, all.length);
        while (end > 0 && all[end - 1] != '\n') end--;
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end);
        }
    }
}
