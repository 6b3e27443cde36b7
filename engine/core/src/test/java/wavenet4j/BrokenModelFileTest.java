package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.file.ContentChecksum;
import wavenet4j.file.InvalidModelException;
import wavenet4j.file.Json;
import wavenet4j.spec.Precision;
import wavenet4j.testing.TestModels;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Files that are not whole, not models, or made to harm: each is refused in one line that names
/// the file, soon, and without memory that its own size does not justify.
final class BrokenModelFileTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir private Path folder;
    private Path file;
    private Model model;
    private byte[] good;
    private int headerEnd;

    @BeforeEach
    void writeAGoodFile() throws IOException {
        file = folder.resolve("model.safetensors");
        var spec =
                TestModels.labelled(
                        TestModels.spec(9, TestModels.channels(2, 3, 2, 1), 2, List.of(1, 2)),
                        2,
                        1);
        var random = TestModels.random(spec, 41);
        model = new Model(spec, random.weights(), Precision.FLOAT32, Map.of("steps", "1000"));
        model.save(file);
        good = Files.readAllBytes(file);
        headerEnd = 8 + (int) wrap(good).getLong(0);
        assertThat(loadsAsTheModel(good)).isTrue();
    }

    @Test
    void truncatedAnywhere() throws IOException {
        for (int length = 0; length < good.length; length++) {
            boolean interesting =
                    length < 64 || Math.abs(length - headerEnd) < 16 || length > good.length - 64;
            if (interesting || length % 17 == 0) refused(Arrays.copyOf(good, length));
        }
        refused(Arrays.copyOf(good, good.length + 1), "truncated or damaged");
        refused(Arrays.copyOf(good, good.length + 4096), "truncated or damaged");
    }

    @Test
    void aFlippedBitInTheHeaderIsRefusedOrMeansTheSame() throws IOException {
        var random = new Random(42);
        int refused = 0;
        for (int at = 0; at < headerEnd; at++) {
            byte[] bytes = good.clone();
            bytes[at] ^= (byte) (1 << (at < 8 ? at % 8 : random.nextInt(8)));
            if (!loadsAsTheModel(bytes)) refused++;
        }
        // What may load is a flip in the name under which the checksum is kept.
        assertThat(headerEnd - refused).isLessThanOrEqualTo(6);
    }

    @Test
    void aFlippedBitInTheWeights() throws IOException {
        for (int at = headerEnd; at < good.length; at++) {
            byte[] bytes = good.clone();
            bytes[at] ^= (byte) (1 << at % 8);
            refused(bytes, "its checksum is", "damaged");
        }
    }

    @Test
    void anotherSpecOfTheSameShapes() throws IOException {
        String text = new String(good, 8, headerEnd - 8, StandardCharsets.UTF_8);
        for (var change :
                Map.of(
                                "dilations\\\":[1,2]", "dilations\\\":[3,2]",
                                "sampleRate\\\":8000", "sampleRate\\\":9000",
                                "label 1", "label 3",
                                "steps\\\":\\\"1000", "steps\\\":\\\"9000")
                        .entrySet()) {
            assertThat(text).contains(change.getKey());
            refused(
                    withHeader(text.replace(change.getKey(), change.getValue())),
                    "its checksum is");
        }
    }

    @Test
    void headerLengths() throws IOException {
        for (long length :
                new long[] {
                    0,
                    1,
                    -1,
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    1L << 32,
                    Integer.MAX_VALUE,
                    100_000_000,
                    1 << 22,
                    good.length,
                    good.length - 7
                }) {
            byte[] bytes = good.clone();
            wrap(bytes).putLong(0, length);
            refused(bytes, "its header length is " + Long.toUnsignedString(length));
        }
        for (int length = 2; length < headerEnd - 16; length += 7) {
            byte[] bytes = good.clone();
            wrap(bytes).putLong(0, length);
            refused(bytes, "its header is not valid JSON");
        }
    }

    @Test
    void headersThatAreNoHeader() throws IOException {
        for (String header :
                List.of(
                        "  ",
                        "[]",
                        "[{}]",
                        "null",
                        "true",
                        "12",
                        "\"a\"",
                        "{ ",
                        "} ",
                        "{}x",
                        "{}{}",
                        "{\"a\"} ",
                        "{\"a\":}",
                        "{\"a\":{},}",
                        "{'a':{}}",
                        "{a:{}}",
                        "{\"a\":NaN}",
                        "{\"a\":Infinity}",
                        "{/**/}",
                        "{}//",
                        "#\n{}",
                        "{\"a\":{}\"b\":{}}",
                        "{\"a\":{},\"a\":{}}",
                        "{\"a\":null}",
                        "{\"a\":1e999999999}",
                        "{\"a\":-1E9}",
                        "{\"a\":" + "9".repeat(5000) + "} ",
                        "{\"a\":01}",
                        "{\"a\":\"\\x\"} ",
                        "{\"a\":\"\n\"} ",
                        "{\"a\":\"",
                        "{\"a\":tru}",
                        ")]}'\n{}")) {
            refused(file(header, new byte[0]), "its header is not valid JSON");
        }
        for (String open : List.of("[", "{\"a\":")) {
            refused(
                    file("{\"a\":" + open.repeat(100_000), new byte[0]),
                    "its header is not valid JSON");
        }
        refused(file("{}", new byte[0]), "its metadata has no format");
        refused(file("{\"__metadata__\":{}}", new byte[0]), "its metadata has no format");
        for (String value : List.of("1", "[]", "\"a\"", "false")) {
            refused(file("{\"__metadata__\":" + value + "}", new byte[0]), "is not an object");
            refused(file("{\"a\":" + value + "}", new byte[0]), "header entry a is malformed");
        }
        refused(file("{\"__metadata__\":{\"format\":1}}", new byte[0]), "format is not a string");
    }

    @Test
    void headersThatAreNotUtf8() throws IOException {
        for (int bad : new int[] {0x80, 0xC0, 0xFE, 0xFF}) {
            byte[] bytes = good.clone();
            bytes[8 + 20] = (byte) bad;
            refused(bytes, "its header is not UTF-8");
        }
    }

    @Test
    void hugeHeaders() throws IOException {
        int most = 1 << 22;
        for (String filling : List.of("0,", "[],", "{},", "\"\",", "{\"a\":0},", "1.5,")) {
            String start = "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,0],\"shape\":[";
            String header = start + filling.repeat((most - start.length() - 8) / filling.length());
            refused(file(header + "0]}}", new byte[0]));
        }
        var keys = new StringBuilder("{");
        for (int i = 0; keys.length() < most - 20; i++)
            keys.append("\"").append(i).append("\":{},");
        refused(file(keys + "\"a\":{}}", new byte[0]), "the key dtype is missing");
        refused(file("{\"" + "a".repeat(most - 9) + "\":{}}", new byte[0]), "...");
        refused(file("{\"" + "a".repeat(most) + "\":{}}", new byte[0]), "its header length is");
    }

    @Test
    void namesNeverBreakTheLine() throws IOException {
        for (String name : List.of("a\nb", "\r\n", "\u2028", "\u0000\u0007\u001b[31m", "\u202e")) {
            refused(edited(header -> header.add(name, new JsonObject())));
            refused(editedMetadata(metadata -> metadata.addProperty("format", name)));
            refused(editedSpec(spec -> spec.addProperty(name, 1)));
        }
    }

    @Test
    void formats() throws IOException {
        refused(editedMetadata(metadata -> metadata.remove("format")), "has no format");
        refused(
                editedMetadata(metadata -> metadata.addProperty("format", "wavenet4j/2")),
                "its format is wavenet4j/2; this version reads wavenet4j/1");
        refused(
                editedMetadata(metadata -> metadata.addProperty("format", "pt")),
                "its format is pt");
    }

    @Test
    void tensorEntries() throws IOException {
        String name = "layers.0.dilated.weight"; // [6, 2, 2]
        for (String key : List.of("dtype", "shape", "data_offsets")) {
            refused(entry(name, e -> e.remove(key)), name, "the key " + key + " is missing");
            for (JsonElement other : others()) {
                refused(entry(name, e -> e.add(key, other)), name, "is malformed");
            }
        }
        refused(entry(name, e -> e.addProperty("extra", 1)), "the key extra is unknown");
        for (String dtype : List.of("F16", "F64", "I32", "I8", "U8", "BOOL", "f32", "F32 ", "")) {
            refused(entry(name, e -> e.addProperty("dtype", dtype)), "F32 and BF16 are supported");
        }
        refused(entry(name, e -> e.addProperty("dtype", "BF16")), "bytes are not what the shape");
        for (String shape :
                List.of(
                        "[]",
                        "[0]",
                        "[24]",
                        "[6,4]",
                        "[2,2,6]",
                        "[6,2,2,1]",
                        "[6,2,3]",
                        "[-6,2,-2]",
                        "[6.5,2,2]",
                        "[2147483647,2147483647,2147483647]",
                        "[4294967302,2,2]",
                        "[65536,65536,65536,65536]",
                        "[99999999999999999999,2,2]",
                        "[6,2,[2]]",
                        "[6,2,\"2\"]",
                        "[2147483639]",
                        "[0,2147483647,2147483647]")) {
            refused(entry(name, e -> e.add("shape", JsonParser.parseString(shape))), name);
        }
        long begin = offsets(name)[0];
        long end = offsets(name)[1];
        for (long[] offsets :
                new long[][] {
                    {begin - 4, end - 4},
                    {begin + 4, end + 4},
                    {begin, end + 4},
                    {begin, end - 4},
                    {end, begin},
                    {-begin, -end},
                    {0, end - begin},
                    {begin, begin},
                    {good.length, good.length + end - begin},
                    {Long.MAX_VALUE - 96, Long.MAX_VALUE},
                    {-96, 0},
                    {begin},
                    {begin, end, end},
                    {}
                }) {
            refused(entry(name, e -> e.add("data_offsets", array(offsets))));
        }
        for (String odd : List.of("0.5", "9223372036854775808", "99999999999999999999999")) {
            refused(
                    entry(
                            name,
                            e -> e.add("data_offsets", JsonParser.parseString("[" + odd + ",96]"))),
                    name,
                    odd);
        }
    }

    @Test
    void tensorsMissingOrTooMany() throws IOException {
        for (String name : model.spec().shapes().keySet()) {
            refused(edited(header -> header.remove(name))); // leaves a gap
            refused(
                    edited(header -> header.add(name + "x", header.remove(name))),
                    "the tensor " + name + " is missing");
        }
        String last = model.spec().shapes().lastEntry().getKey();
        byte[] shorter = edited(header -> header.remove(last));
        long bytes = offsets(last)[1] - offsets(last)[0];
        refused(
                Arrays.copyOf(shorter, shorter.length - (int) bytes),
                "the tensor " + last + " is missing");
        refused(
                edited(header -> {
                    var extra = new JsonObject();
                    extra.addProperty("dtype", "F32");
                    extra.add("shape", array(0));
                    extra.add("data_offsets", array(0, 0));
                    header.add("extra", extra);
                }),
                "its spec has no tensor extra");
        refused(
                edited(header -> header.add("copy", header.get(last).deepCopy())),
                "begin at"); // two tensors in the same place
    }

    @Test
    void specs() throws IOException {
        for (String key :
                List.of("sampleRate", "levels", "channels", "kernelSize", "dilations", "labels")) {
            refused(editedSpec(spec -> spec.remove(key)), "the key " + key + " is missing");
            for (JsonElement other : others()) {
                refused(editedSpec(spec -> spec.add(key, other)), "its description is wrong");
            }
        }
        for (String key : List.of("residual", "gate", "skip", "head")) {
            for (JsonElement other : others()) {
                refused(editedSpec(spec -> spec.getAsJsonObject("channels").add(key, other)), key);
            }
            // A shape that the tensors do not have.
            refused(
                    editedSpec(spec -> spec.getAsJsonObject("channels").addProperty(key, 7)),
                    "has the shape",
                    "where its spec says");
        }
        for (String key : List.of("names", "embedding")) {
            for (JsonElement other : others()) {
                refused(editedSpec(spec -> spec.getAsJsonObject("labels").add(key, other)));
            }
        }
        refused(editedSpec(spec -> spec.addProperty("local", 80)), "the key local is unknown");
        refused(editedSpec(spec -> spec.addProperty("kernelSize", 3)), "where its spec says");
        refused(editedSpec(spec -> spec.addProperty("levels", 10)), "where its spec says");
        refused(editedSpec(spec -> spec.add("dilations", array(1))), "its spec has no tensor");
        refused(editedSpec(spec -> spec.add("dilations", array(1, 2, 4))), "is missing");
        for (long odd : new long[] {0, -1, 1 << 27, Long.MAX_VALUE}) {
            refused(editedSpec(spec -> spec.add("dilations", array(1, odd))), "dilations");
        }
        refused(
                editedSpec(spec -> spec.add("dilations", array(new long[2000]))),
                "the number of dilations");
        refused(
                editedSpec(spec ->
                        spec.getAsJsonObject("labels")
                                .add("names", JsonParser.parseString("[\"a\",\"a\"]"))),
                "labels.names has \"a\" twice");
        refused(editedMetadata(metadata -> metadata.remove("spec")), "there is no spec");
        for (String odd :
                List.of("", "{", "[]", "7", "{\"levels\":9,\"levels\":9}", "[".repeat(100_000))) {
            refused(editedMetadata(m -> m.addProperty("spec", odd)), "spec is not valid JSON");
            refused(editedMetadata(m -> m.addProperty("training", odd)), "training is not valid");
        }
        refused(
                editedMetadata(m -> m.addProperty("training", "{\"steps\":1000}")),
                "steps is not a string");
        for (JsonElement other : others()) {
            if (other.isJsonPrimitive() && other.getAsJsonPrimitive().isString()) continue;
            refused(editedMetadata(m -> m.add("training", other)), "__metadata__ is malformed");
        }
    }

    @Test
    void specsOfAMixture() throws IOException {
        model =
                TestModels.random(
                        TestModels.logistics(2, TestModels.channels(3), 2, List.of(1)), 42);
        model.save(file);
        good = Files.readAllBytes(file);
        headerEnd = 8 + (int) wrap(good).getLong(0);
        assertThat(headerText()).contains("logistics").doesNotContain("levels");
        refused(editedSpec(spec -> spec.remove("output")), "the key levels is missing");
        refused(editedSpec(spec -> spec.remove("mixtures")), "the key mixtures is missing");
        refused(editedSpec(spec -> spec.addProperty("levels", 9)), "the key levels is unknown");
        refused(editedSpec(spec -> spec.addProperty("mixtures", 3)), "where its spec says");
        refused(editedSpec(spec -> spec.addProperty("mixtures", 1025)), "between 1 and 1,024");
        refused(
                editedSpec(spec -> spec.addProperty("output", "gaussians")),
                "output is \"gaussians\"; this version knows logistics");
        for (JsonElement other : others()) {
            refused(editedSpec(spec -> spec.add("output", other)), "output");
            refused(editedSpec(spec -> spec.add("mixtures", other)), "mixtures");
        }
    }

    @Test
    void weightsThatAreNotNumbers() throws IOException {
        byte[] unchecked = edited(header -> {}); // without a checksum
        assertThat(loadsAsTheModel(unchecked)).isTrue();
        int dataStart = 8 + (int) wrap(unchecked).getLong(0);
        for (String name : model.spec().shapes().keySet()) {
            for (float bad :
                    new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                byte[] bytes = unchecked.clone();
                wrap(bytes).putFloat(dataStart + (int) offsets(name)[1] - 4, bad);
                refused(bytes, "the tensor " + name + " holds " + bad);
            }
        }
    }

    @Test
    void aSpecLargerThanTheMemory() throws IOException {
        // As large as its header says, but almost all of it a hole.
        int layers = Math.toIntExact(Runtime.getRuntime().maxMemory() >> 30) + 2;
        var spec =
                TestModels.spec(
                        2,
                        TestModels.channels(1, 1 << 14, 1 << 14, 1),
                        1,
                        Collections.nCopies(layers, 1));
        var header = JsonParser.parseString(headerText()).getAsJsonObject();
        header.getAsJsonObject("__metadata__").remove(ContentChecksum.KEY);
        var metadata = header.remove("__metadata__").getAsJsonObject();
        var specJson = JsonParser.parseString(metadata.get("spec").getAsString()).getAsJsonObject();
        specJson.addProperty("levels", 2);
        specJson.addProperty("kernelSize", 1);
        specJson.add(
                "dilations",
                array(spec.convolutions().dilations().stream().mapToLong(d -> d).toArray()));
        specJson.add(
                "channels",
                JsonParser.parseString(
                        "{\"residual\":1,\"gate\":16384,\"skip\":16384,\"head\":1}"));
        specJson.add("labels", JsonParser.parseString("{\"names\":[],\"embedding\":0}"));
        metadata.addProperty("spec", specJson.toString());
        var large = new JsonObject();
        large.add("__metadata__", metadata);
        long offset = 0;
        for (var tensor : spec.shapes().entrySet()) {
            long end = offset + 4 * tensor.getValue().size();
            var item = new JsonObject();
            item.addProperty("dtype", "F32");
            item.add("shape", Json.arrayOf(tensor.getValue().dimensions()));
            item.add("data_offsets", array(offset, end));
            large.add(tensor.getKey(), item);
            offset = end;
        }
        byte[] start = file(large.toString(), new byte[0]);
        Files.delete(file);
        try (var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.SPARSE,
                        StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(start));
            channel.write(ByteBuffer.allocate(1), start.length + offset - 1);
        }
        assertThat(load()).asString().contains("its tensors take", "raise -Xmx");
    }

    @Test
    void filesThatAreNone() throws IOException {
        refused(new byte[0], "it has 0 bytes");
        refused(
                "RIFF....WAVEfmt and so on".getBytes(StandardCharsets.UTF_8),
                "no safetensors file");
        assertThatThrownBy(() -> Model.load(folder))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage(folder + " cannot be used: it is a folder; name the file in it.");
        Path missing = folder.resolve("missing.safetensors");
        assertThatThrownBy(() -> Model.load(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing + ": there is no such file");
    }

    @Test
    void aThousandRandomMutations() throws IOException {
        int refused = 0;
        for (int seed = 0; seed < 1000; seed++) {
            byte[] bytes = good.clone();
            var random = new Random(seed);
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                bytes = mutated(bytes, random);
            }
            if (!loadsAsTheModel(bytes)) refused++;
        }
        assertThat(refused).isGreaterThan(970);
    }

    private byte[] mutated(byte[] bytes, Random random) {
        if (bytes.length < 2) return bytes;
        // Half of the changes hit the header, where there is more to get wrong.
        int within = random.nextBoolean() ? Math.min(headerEnd, bytes.length) : bytes.length;
        int from = random.nextInt(within);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
        byte[] head = Arrays.copyOf(bytes, from);
        byte[] piece = Arrays.copyOfRange(bytes, from, to);
        byte[] tail = Arrays.copyOfRange(bytes, to, bytes.length);
        return switch (random.nextInt(6)) {
            case 0 -> head; // truncated
            case 1 -> joined(head, tail); // a piece is missing
            case 2 -> joined(head, piece, piece, tail); // or there twice
            case 3 -> {
                random.nextBytes(piece);
                yield joined(head, piece, tail);
            }
            case 4 -> { // another digit, bracket or quote in its place
                byte[] marks = "0123456789-.eE[]{}\",:\\ \n".getBytes(StandardCharsets.US_ASCII);
                piece[random.nextInt(piece.length)] = marks[random.nextInt(marks.length)];
                yield joined(head, piece, tail);
            }
            default -> {
                byte[] other = bytes.clone();
                int at = random.nextInt(bytes.length - piece.length + 1);
                System.arraycopy(piece, 0, other, at, piece.length);
                yield other;
            }
        };
    }

    /// Whether the bytes load as the very model that was saved; what does not must be refused.
    private boolean loadsAsTheModel(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        Object loaded = load();
        if (!(loaded instanceof Model other)) return false;
        assertThat(other.spec()).isEqualTo(model.spec());
        assertThat(other.training()).isEqualTo(model.training());
        other.weights()
                .tensors()
                .forEach((name, w) -> assertThat(w).isEqualTo(model.weights().tensor(name)));
        return true;
    }

    private void refused(byte[] bytes, String... parts) throws IOException {
        Files.write(file, bytes);
        Object loaded = load();
        assertThat(loaded).isInstanceOf(String.class);
        for (String part : parts) assertThat(loaded).asString().contains(part);
    }

    /// The model, or the message with which it was refused.
    private Object load() throws IOException {
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
                    .hasSizeLessThan(file.toString().length() + 400);
            long read = Math.min(Files.size(file), 1 << 23);
            assertThat(spent).as("bytes allocated").isLessThan((4 << 20) + 120 * read);
            assertThat(THREADS.getCurrentThreadCpuTime() - started)
                    .isLessThan(TimeUnit.SECONDS.toNanos(10));
            return message;
        }
    }

    /// One of every kind of JSON value that is not the kind expected anywhere in a header.
    private static List<JsonElement> others() {
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
    private byte[] edited(Consumer<JsonObject> change) {
        var header = JsonParser.parseString(headerText()).getAsJsonObject();
        header.getAsJsonObject("__metadata__").remove(ContentChecksum.KEY);
        change.accept(header);
        return withHeader(header.toString());
    }

    private byte[] editedMetadata(Consumer<JsonObject> change) {
        return edited(header -> change.accept(header.getAsJsonObject("__metadata__")));
    }

    private byte[] editedSpec(Consumer<JsonObject> change) {
        return editedMetadata(metadata -> {
            var spec = JsonParser.parseString(metadata.get("spec").getAsString());
            change.accept(spec.getAsJsonObject());
            metadata.addProperty("spec", spec.toString());
        });
    }

    private byte[] entry(String tensor, Consumer<JsonObject> change) {
        return edited(header -> change.accept(header.getAsJsonObject(tensor)));
    }

    private long[] offsets(String tensor) {
        var header = JsonParser.parseString(headerText()).getAsJsonObject();
        return header.getAsJsonObject(tensor).getAsJsonArray("data_offsets").asList().stream()
                .mapToLong(JsonElement::getAsLong)
                .toArray();
    }

    private String headerText() {
        return new String(good, 8, headerEnd - 8, StandardCharsets.UTF_8);
    }

    private byte[] withHeader(String header) {
        return file(header, Arrays.copyOfRange(good, headerEnd, good.length));
    }

    private static byte[] file(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        byte[] length = new byte[8];
        wrap(length).putLong(0, text.length);
        return joined(length, text, data);
    }

    private static byte[] joined(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (byte[] part : parts) whole.writeBytes(part);
        return whole.toByteArray();
    }

    private static JsonArray array(long... numbers) {
        var array = new JsonArray();
        for (long number : numbers) array.add(number);
        return array;
    }

    private static ByteBuffer wrap(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
