package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.file.ContentChecksum;
import wavenet4j.file.InvalidModelException;
import wavenet4j.info.Licence;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.Preprocessing;
import wavenet4j.info.Prime;
import wavenet4j.info.RecordingSound;
import wavenet4j.info.SamplingDefaults;
import wavenet4j.info.TrainingData;
import wavenet4j.info.TrainingFacts;
import wavenet4j.spec.Precision;
import wavenet4j.testing.TestModels;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A good model file to break, and what loading a broken one must show: it is refused in one line
/// that names the file, soon, and without memory that its own size does not justify.
abstract class BrokenModelFixture {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final ModelInfo INFO =
            new ModelInfo(
                    new Preprocessing(-40.0, true, false, 0.5),
                    new TrainingFacts(1000, 12.5, 3.25),
                    new TrainingData("birds", "folders", List.of("a.wav", "b.wav")),
                    new RecordingSound(-20, 0.1, 0, 0, 0, 0, 0, 0.1),
                    List.of(new Prime(Set.of(), new int[] {1})),
                    new SamplingDefaults(0.9f),
                    new Licence("CC0"),
                    Map.of("note", "none"));

    @TempDir Path folder;
    Path file;
    Model model;
    byte[] good;
    int headerEnd;

    @BeforeEach
    void writeAGoodFile() throws IOException {
        file = folder.resolve("model.safetensors");
        var spec =
                TestModels.labelled(
                        TestModels.spec(9, TestModels.channels(2, 3, 2, 1), 2, List.of(1, 2)),
                        2,
                        1);
        var random = TestModels.random(spec, 41);
        model = new Model(spec, random.weights(), Precision.FLOAT32, INFO);
        model.save(file);
        good = Files.readAllBytes(file);
        headerEnd = 8 + (int) wrap(good).getLong(0);
        assertThat(loadsAsTheModel(good)).isTrue();
    }

    /// Whether the bytes load as the very model that was saved; what does not must be refused.
    boolean loadsAsTheModel(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        Object loaded = load();
        if (!(loaded instanceof Model other)) return false;
        assertThat(other.spec()).isEqualTo(model.spec());
        assertThat(other.info()).isEqualTo(model.info());
        other.weights()
                .tensors()
                .forEach((name, w) -> assertThat(w).isEqualTo(model.weights().tensor(name)));
        return true;
    }

    void refused(byte[] bytes, String... parts) throws IOException {
        Files.write(file, bytes);
        Object loaded = load();
        assertThat(loaded).isInstanceOf(String.class);
        for (String part : parts) assertThat(loaded).asString().contains(part);
    }

    /// The model, or the message with which it was refused.
    Object load() throws IOException {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long started = THREADS.getCurrentThreadCpuTime();
        try {
            return Model.load(file);
        } catch (InvalidModelException e) {
            long spent = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            String message = String.valueOf(e.getMessage());
            assertThat(message)
                    .startsWith(file + " cannot be used: ")
                    .endsWith(".")
                    .doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]")
                    .doesNotContain("JsonReader", "Strictness", "github", "path $")
                    .hasSizeLessThan(file.toString().length() + 400);
            long read = Math.min(Files.size(file), 1 << 23);
            assertThat(spent).as("bytes allocated").isLessThan((4 << 20) + 120 * read);
            assertThat(THREADS.getCurrentThreadCpuTime() - started)
                    .isLessThan(TimeUnit.SECONDS.toNanos(10));
            return message;
        }
    }

    /// One of every kind of JSON value that is not the kind expected anywhere in a header.
    static List<JsonElement> others() {
        return List.of(
                new JsonPrimitive(-1),
                new JsonPrimitive(1.5),
                new JsonPrimitive(1L << 40),
                new JsonPrimitive(true),
                new JsonPrimitive("x"),
                JsonParser.parseString("[[]]"),
                JsonParser.parseString("{\"x\":{}}"));
    }

    /// The good file with its header changed, and without its checksum, so that it is the change
    /// itself that is noticed.
    byte[] edited(Consumer<JsonObject> change) {
        var header = JsonParser.parseString(headerText()).getAsJsonObject();
        header.getAsJsonObject("__metadata__").remove(ContentChecksum.KEY);
        change.accept(header);
        return withHeader(header.toString());
    }

    byte[] editedMetadata(Consumer<JsonObject> change) {
        return edited(header -> change.accept(header.getAsJsonObject("__metadata__")));
    }

    byte[] editedSpec(Consumer<JsonObject> change) {
        return editedObject("spec", change);
    }

    byte[] editedInfo(Consumer<JsonObject> change) {
        return editedObject("info", change);
    }

    private byte[] editedObject(String key, Consumer<JsonObject> change) {
        return editedMetadata(metadata -> {
            var object = JsonParser.parseString(metadata.get(key).getAsString());
            change.accept(object.getAsJsonObject());
            metadata.addProperty(key, object.toString());
        });
    }

    byte[] entry(String tensor, Consumer<JsonObject> change) {
        return edited(header -> change.accept(header.getAsJsonObject(tensor)));
    }

    long[] offsets(String tensor) {
        var header = JsonParser.parseString(headerText()).getAsJsonObject();
        return header.getAsJsonObject(tensor).getAsJsonArray("data_offsets").asList().stream()
                .mapToLong(JsonElement::getAsLong)
                .toArray();
    }

    String headerText() {
        return new String(good, 8, headerEnd - 8, StandardCharsets.UTF_8);
    }

    byte[] withHeader(String header) {
        return file(header, Arrays.copyOfRange(good, headerEnd, good.length));
    }

    static byte[] file(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        byte[] length = new byte[8];
        wrap(length).putLong(0, text.length);
        return joined(length, text, data);
    }

    static byte[] joined(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (byte[] part : parts) whole.writeBytes(part);
        return whole.toByteArray();
    }

    static JsonArray array(long... numbers) {
        var array = new JsonArray();
        for (long number : numbers) array.add(number);
        return array;
    }

    static ByteBuffer wrap(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
