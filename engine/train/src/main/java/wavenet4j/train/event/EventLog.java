package wavenet4j.train.event;

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
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

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

    /// The kinds of events by what their lines are headed.
    private static final Map<String, Class<?>> KINDS =
            Stream.of(TrainingEvent.class.getPermittedSubclasses())
                    .collect(toMap(EventLog::heading, kind -> kind));

    /// More than any run makes; what is beyond is damage.
    private static final long MOST_STEPS = 1L << 40;

    /// The log of a run.
    public static EventLog of(Path run) {
        return new EventLog(run.resolve("metrics.jsonl"));
    }

    /// What was told so far. A line that cannot be read, such as the last one of a killed process,
    /// is passed over.
    public List<TrainingEvent> read() throws IOException {
        var events = new ArrayList<TrainingEvent>();
        if (!Files.exists(file)) return events;
        // Unlike Files.newBufferedReader this reads on behind bytes that are no text.
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
            Class<?> kind = KINDS.get(json.path("event").asText());
            if (kind == null) return null;
            var event = (TrainingEvent) JSON.treeToValue(json, kind);
            return event.step() >= 0 && event.step() <= MOST_STEPS ? event : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    public void append(TrainingEvent event) throws IOException {
        var line = JSON.createObjectNode();
        line.put("event", heading(event.getClass()));
        line.setAll(JSON.<ObjectNode>valueToTree(event));
        Files.writeString(
                file,
                JSON.writeValueAsString(line) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static String heading(Class<?> kind) {
        return kind.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /// Puts it on the disk, where what it tells must be before the checkpoint after it is.
    ///
    /// @return how many bytes long it is
    public long force() throws IOException {
        if (!Files.exists(file)) return 0;
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
            return channel.size();
        }
    }

    /// Drops what is beyond so many bytes, and a line that was cut short.
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
