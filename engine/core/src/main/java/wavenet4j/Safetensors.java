package wavenet4j;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32C;

/// A file of named tensors in the safetensors format: eight bytes of header length, the header as
/// JSON, the tensors' bytes, all little-endian. Opening it checks the whole header against the
/// file's real length before anything is sized by it.
public final class Safetensors {
    /// The format's own limit on the header.
    private static final long MAX_HEADER_BYTES = 100_000_000;

    /// Metadata key under which [#write] leaves the CRC-32C of the tensors' bytes, eight hex
    /// digits.
    private static final String CHECKSUM = "crc32c";

    private final Path file;
    private final SequencedMap<String, String> metadata;
    private final SequencedMap<String, Entry> entries;

    /// Where a tensor's bytes lie.
    ///
    /// @param offset from the start of the file
    private record Entry(Precision precision, Shape shape, long offset, long bytes) {}

    private Safetensors(
            Path file, SequencedMap<String, String> metadata, SequencedMap<String, Entry> entries) {
        this.file = file;
        this.metadata = metadata;
        this.entries = entries;
    }

    /// The file's own key-value pairs.
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /// Every tensor's shape by its name, in the order of the file.
    public SequencedMap<String, Shape> shapes() {
        var shapes = new LinkedHashMap<String, Shape>();
        entries.forEach((name, entry) -> shapes.put(name, entry.shape()));
        return shapes;
    }

    /// The narrowest precision that holds every tensor as it is stored.
    public Precision precision() {
        return entries.values().stream().anyMatch(e -> e.precision() == Precision.FLOAT32)
                ? Precision.FLOAT32
                : Precision.BFLOAT16;
    }

    /// Reads and checks the header.
    ///
    /// @throws InvalidModelException when it is not such a file
    public static Safetensors open(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long fileBytes = channel.size();
            if (fileBytes < 8) {
                throw new InvalidModelException(
                        file,
                        "it has %,d bytes, less than a safetensors header".formatted(fileBytes));
            }
            long headerBytes = read(file, channel, 0, 8).getLong();
            if (headerBytes < 2 || headerBytes > Math.min(fileBytes - 8, MAX_HEADER_BYTES)) {
                throw new InvalidModelException(
                        file,
                        "its header length is %,d in a file of %,d bytes, so it is truncated or no safetensors file"
                                .formatted(headerBytes, fileBytes));
            }
            JsonObject header;
            try {
                var text =
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(read(file, channel, 8, (int) headerBytes))
                                .toString();
                header = Json.parseObject(text);
            } catch (CharacterCodingException | JsonParseException e) {
                throw new InvalidModelException(
                        file, "its header is not valid JSON (" + Json.firstLine(e) + ")");
            }
            return parse(file, header, 8 + headerBytes, fileBytes);
        }
    }

    private static Safetensors parse(Path file, JsonObject header, long dataStart, long fileBytes)
            throws InvalidModelException {
        var metadata = new LinkedHashMap<String, String>();
        var entries = new LinkedHashMap<String, Entry>();
        for (var item : header.entrySet()) {
            try {
                var value = item.getValue().getAsJsonObject();
                if (item.getKey().equals("__metadata__")) {
                    for (var pair : value.entrySet()) {
                        metadata.put(pair.getKey(), Json.string(pair.getValue()));
                    }
                } else {
                    entries.put(item.getKey(), entry(value, dataStart));
                }
            } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
                throw new InvalidModelException(
                        file,
                        "its header entry "
                                + item.getKey()
                                + " is malformed ("
                                + Json.firstLine(e)
                                + ")");
            }
        }
        requireGapless(file, entries, dataStart, fileBytes);
        return new Safetensors(file, metadata, entries);
    }

    private static Entry entry(JsonObject value, long dataStart) {
        Json.requireKeys(value, "dtype", "shape", "data_offsets");
        String dtype = Json.string(value.get("dtype"));
        Precision precision = null;
        for (Precision p : Precision.values()) {
            if (p.safetensorsName().equals(dtype)) precision = p;
        }
        if (precision == null) {
            throw new IllegalArgumentException(
                    "its dtype is " + dtype + "; F32 and BF16 are supported");
        }
        var dimensions = new ArrayList<Integer>();
        for (JsonElement dimension : value.get("shape").getAsJsonArray()) {
            dimensions.add(Json.wholeNumber(dimension).intValueExact());
        }
        var shape = new Shape(dimensions);
        var offsets = value.get("data_offsets").getAsJsonArray();
        if (offsets.size() != 2) {
            throw new IllegalArgumentException(
                    "data_offsets has " + offsets.size() + " numbers, not 2");
        }
        long begin = Json.wholeNumber(offsets.get(0)).longValueExact();
        long end = Json.wholeNumber(offsets.get(1)).longValueExact();
        if (begin < 0 || end < begin || end > Long.MAX_VALUE - dataStart) {
            throw new IllegalArgumentException("data_offsets are " + begin + " to " + end);
        }
        if (shape.size() > Integer.MAX_VALUE - 8
                || shape.size() * precision.bytes() != end - begin) {
            throw new IllegalArgumentException(
                    "%,d bytes are not what the shape %s takes".formatted(end - begin, shape));
        }
        return new Entry(precision, shape, dataStart + begin, end - begin);
    }

    /// The format asks that the tensors fill the data section without gap or overlap; it also means
    /// that no header can name more data than the file has.
    private static void requireGapless(
            Path file, Map<String, Entry> entries, long dataStart, long fileBytes)
            throws InvalidModelException {
        List<Map.Entry<String, Entry>> ordered = new ArrayList<>(entries.entrySet());
        ordered.sort(
                Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().offset())
                        .thenComparingLong(e -> e.getValue().bytes()));
        long position = dataStart;
        for (var entry : ordered) {
            if (entry.getValue().offset() != position) {
                throw new InvalidModelException(
                        file,
                        "the bytes of the tensor %s begin at %,d where %,d is expected"
                                .formatted(entry.getKey(), entry.getValue().offset(), position));
            }
            position += entry.getValue().bytes();
        }
        if (position != fileBytes) {
            throw new InvalidModelException(
                    file,
                    "it has %,d bytes where its header says %,d, so it is truncated or damaged"
                            .formatted(fileBytes, position));
        }
    }

    /// Reads every tensor as float32, and checks that every value is finite and, where the file
    /// carries a checksum, that the bytes are the ones written.
    ///
    /// @throws InvalidModelException when a check fails
    public SequencedMap<String, float[]> readAll() throws IOException {
        var checksum = new CRC32C();
        var tensors = new LinkedHashMap<String, float[]>();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            List<Map.Entry<String, Entry>> ordered = new ArrayList<>(entries.entrySet());
            ordered.sort(Comparator.comparingLong(e -> e.getValue().offset()));
            for (String name : entries.keySet()) tensors.put(name, new float[0]); // keeps the order
            for (var item : ordered) {
                Entry entry = item.getValue();
                var values = new float[(int) entry.shape().size()];
                int perChunk = (1 << 20) / entry.precision().bytes();
                for (int from = 0; from < values.length; from += perChunk) {
                    int count = Math.min(perChunk, values.length - from);
                    int width = entry.precision().bytes();
                    var bytes =
                            read(
                                    file,
                                    channel,
                                    entry.offset() + (long) from * width,
                                    count * width);
                    checksum.update(bytes.duplicate());
                    switch (entry.precision()) {
                        case FLOAT32 -> bytes.asFloatBuffer().get(values, from, count);
                        case BFLOAT16 -> {
                            for (int i = 0; i < count; i++) {
                                values[from + i] = Precision.fromBfloat16(bytes.getShort(2 * i));
                            }
                        }
                    }
                }
                tensors.put(item.getKey(), values);
            }
        }
        String expected = metadata.get(CHECKSUM);
        if (expected != null && !expected.equals(hex(checksum))) {
            throw new InvalidModelException(
                    file,
                    "its tensors' checksum is %s, not %s: it is damaged"
                            .formatted(hex(checksum), expected));
        }
        for (var tensor : tensors.entrySet()) {
            for (float value : tensor.getValue()) {
                if (!Float.isFinite(value)) {
                    throw new InvalidModelException(
                            file, "the tensor " + tensor.getKey() + " holds " + value);
                }
            }
        }
        return tensors;
    }

    /// Writes a file whole: to a temporary file beside it, forced to the disk, then renamed over
    /// it.
    ///
    /// @param shapes of the tensors, in the order to write
    public static void write(
            Path file,
            Map<String, String> metadata,
            SequencedMap<String, Shape> shapes,
            Map<String, float[]> tensors,
            Precision precision)
            throws IOException {
        var checksum = new CRC32C();
        var header = new JsonObject();
        var withChecksum = new JsonObject();
        metadata.forEach(withChecksum::addProperty);
        header.add("__metadata__", withChecksum);
        long offset = 0;
        for (var entry : shapes.entrySet()) {
            float[] values = tensor(tensors, entry.getKey());
            if (values.length != entry.getValue().size()) {
                throw new IllegalArgumentException(
                        "the tensor %s has %,d values, not the shape %s"
                                .formatted(entry.getKey(), values.length, entry.getValue()));
            }
            checksum.update(encode(values, precision));
            var item = new JsonObject();
            item.addProperty("dtype", precision.safetensorsName());
            item.add("shape", Json.array(entry.getValue().dimensions()));
            long end = offset + (long) values.length * precision.bytes();
            item.add("data_offsets", Json.array(List.of(offset, end)));
            header.add(entry.getKey(), item);
            offset = end;
        }
        withChecksum.addProperty(CHECKSUM, hex(checksum));
        // The format lets a header be padded with spaces; the tensors then start on an even 8
        // bytes.
        var text = new StringBuilder(header.toString());
        while (text.toString().getBytes(StandardCharsets.UTF_8).length % 8 != 0) text.append(' ');
        byte[] headerBytes = text.toString().getBytes(StandardCharsets.UTF_8);

        WholeFile.write(
                file,
                out -> {
                    var length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
                    out.write(length.putLong(headerBytes.length).array());
                    out.write(headerBytes);
                    for (String name : shapes.keySet()) {
                        out.write(encode(tensor(tensors, name), precision));
                    }
                });
    }

    private static float[] tensor(Map<String, float[]> tensors, String name) {
        float[] values = tensors.get(name);
        if (values == null) throw new IllegalArgumentException("there is no tensor " + name);
        return values;
    }

    private static byte[] encode(float[] values, Precision precision) {
        var bytes =
                ByteBuffer.allocate(Math.multiplyExact(values.length, precision.bytes()))
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            switch (precision) {
                case FLOAT32 -> bytes.putFloat(value);
                case BFLOAT16 -> bytes.putShort(Precision.toBfloat16(value));
            }
        }
        return bytes.array();
    }

    private static ByteBuffer read(Path file, FileChannel channel, long offset, int count)
            throws IOException {
        var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new InvalidModelException(file, "it ended while being read");
            }
        }
        return bytes.flip();
    }

    private static String hex(CRC32C checksum) {
        return "%08x".formatted(checksum.getValue());
    }
}
