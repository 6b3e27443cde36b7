package wavenet4j.file;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import wavenet4j.spec.Precision;
import wavenet4j.spec.Shape;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// A file of named tensors in the safetensors format: eight bytes of header length, the header as
/// JSON, the tensors' bytes, all little-endian. Opening it checks the whole header against the
/// file's real length before anything is sized by it. [SafetensorsWriter] leaves a checksum of the
/// content in the metadata; files without one are read too.
public final class Safetensors {
    /// The format allows 100 MB, but the header of a thousand layers takes one, and what is parsed
    /// from a hostile one can take fifty times its text.
    static final int MAX_HEADER_BYTES = 1 << 22;

    /// The most values of one tensor, which is read into one array.
    private static final int MAX_VALUES = Integer.MAX_VALUE - 8;

    private static final int CHUNK_BYTES = 1 << 20;

    private final Path file;
    private final SequencedMap<String, String> metadata;
    private final SequencedMap<String, Entry> entries;

    /// Where a tensor's bytes lie.
    ///
    /// @param offset from the start of the file
    private record Entry(Dtype dtype, Shape shape, long offset, long bytes) {}

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
        return entries.values().stream().anyMatch(e -> e.dtype() == Dtype.F32)
                ? Precision.FLOAT32
                : Precision.BFLOAT16;
    }

    /// Reads and checks the header.
    ///
    /// @throws InvalidModelException when it is not such a file
    public static Safetensors open(Path file) throws IOException {
        requireRegularFile(file);
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
                        "its header length is %s in a file of %,d bytes, so it is truncated or no safetensors file"
                                .formatted(Long.toUnsignedString(headerBytes), fileBytes));
            }
            JsonObject header;
            try {
                var text = read(file, channel, 8, (int) headerBytes);
                header =
                        Json.parseObject(
                                StandardCharsets.UTF_8.newDecoder().decode(text).toString());
            } catch (CharacterCodingException e) {
                throw new InvalidModelException(file, "its header is not UTF-8");
            } catch (IllegalArgumentException e) {
                throw new InvalidModelException(
                        file, "its header is not valid JSON (" + e.getMessage() + ")");
            }
            return parse(file, header, 8 + headerBytes, fileBytes);
        }
    }

    private static void requireRegularFile(Path file) throws IOException {
        if (Files.isRegularFile(file)) return;
        if (Files.isDirectory(file)) {
            throw new InvalidModelException(file, "it is a folder; name the file in it");
        }
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        // Such as a pipe, which would block and cannot be read twice.
        throw new InvalidModelException(file, "it is not a regular file");
    }

    private static Safetensors parse(Path file, JsonObject header, long dataStart, long fileBytes)
            throws InvalidModelException {
        var metadata = new LinkedHashMap<String, String>();
        var entries = new LinkedHashMap<String, Entry>();
        for (var item : header.entrySet()) {
            String name = item.getKey();
            try {
                var value = Json.object("it", item.getValue());
                if (name.equals("__metadata__")) {
                    for (var pair : value.entrySet()) {
                        metadata.put(pair.getKey(), Json.string(pair.getKey(), pair.getValue()));
                    }
                } else {
                    entries.put(name, entry(value, dataStart, fileBytes));
                }
            } catch (IllegalArgumentException e) {
                throw new InvalidModelException(
                        file,
                        "its header entry %s is malformed (%s)".formatted(name, e.getMessage()));
            }
        }
        requireGapless(file, entries, dataStart, fileBytes);
        return new Safetensors(file, metadata, entries);
    }

    private static Entry entry(JsonObject value, long dataStart, long fileBytes) {
        Json.requireKeys(value, "dtype", "shape", "data_offsets");
        String name = Json.string("dtype", value.get("dtype"));
        Dtype dtype =
                Arrays.stream(Dtype.values())
                        .filter(d -> d.name().equals(name))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "its dtype is %s; F32 and BF16 are supported"
                                                .formatted(name)));
        var dimensions = new ArrayList<Integer>();
        for (JsonElement dimension : Json.array("shape", value.get("shape"))) {
            dimensions.add((int) Json.wholeNumber("a dimension", dimension, Integer.MAX_VALUE));
        }
        var shape = new Shape(dimensions);
        var offsets = Json.array("data_offsets", value.get("data_offsets"));
        if (offsets.size() != 2) {
            throw new IllegalArgumentException(
                    "data_offsets has " + offsets.size() + " numbers, not 2");
        }
        long dataBytes = fileBytes - dataStart;
        long begin = Json.wholeNumber("its begin", offsets.get(0), dataBytes);
        long end = Json.wholeNumber("its end", offsets.get(1), Long.MAX_VALUE);
        if (end > dataBytes) {
            throw new IllegalArgumentException(
                    "its bytes end at %,d of %,d, so the file is truncated or damaged"
                            .formatted(end, dataBytes));
        }
        if (shape.size() > MAX_VALUES || shape.size() * dtype.bytes() != end - begin) {
            throw new IllegalArgumentException(
                    "%,d bytes are not what the shape %s takes".formatted(end - begin, shape));
        }
        return new Entry(dtype, shape, dataStart + begin, end - begin);
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

    /// Refuses a file without a checksum, which [#readAll] would read unchecked.
    ///
    /// @return this file
    public Safetensors requireChecksum() throws InvalidModelException {
        if (metadata.containsKey(ContentChecksum.KEY)) return this;
        throw new InvalidModelException(file, "it has lost its checksum, so it is damaged");
    }

    /// Reads every tensor as float32, and checks that every value is finite and, where the file
    /// carries a checksum, that its content is what was written.
    ///
    /// @return the tensors in the order of the header
    /// @throws InvalidModelException when a check fails
    public SequencedMap<String, float[]> readAll() throws IOException {
        requireMemory();
        var checksum = new ContentChecksum(metadata);
        var values = new HashMap<String, float[]>();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (var item : new TreeMap<>(entries).entrySet()) {
                Entry entry = item.getValue();
                checksum.beginTensor(item.getKey(), entry.dtype(), entry.shape());
                values.put(item.getKey(), read(channel, entry, checksum));
            }
        }
        String expected = metadata.get(ContentChecksum.KEY);
        if (expected != null && !expected.equals(checksum.hex())) {
            throw new InvalidModelException(
                    file,
                    "its checksum is %s where its content gives %s, so it is damaged"
                            .formatted(expected, checksum.hex()));
        }
        var tensors = new LinkedHashMap<String, float[]>();
        for (String name : entries.keySet()) {
            float[] tensor = values.getOrDefault(name, new float[0]);
            for (float value : tensor) {
                if (!Float.isFinite(value)) {
                    throw new InvalidModelException(
                            file, "the tensor %s holds %s".formatted(name, value));
                }
            }
            tensors.put(name, tensor);
        }
        return tensors;
    }

    private void requireMemory() throws InvalidModelException {
        long needed =
                entries.values().stream().mapToLong(e -> e.shape().size() * Float.BYTES).sum();
        long most = Runtime.getRuntime().maxMemory();
        if (needed > most) {
            throw new InvalidModelException(
                    file,
                    "its tensors take %,d MB where Java may use %,d MB; raise -Xmx"
                            .formatted(needed >> 20, most >> 20));
        }
    }

    private float[] read(FileChannel channel, Entry entry, ContentChecksum checksum)
            throws IOException {
        var values = new float[(int) entry.shape().size()];
        int width = entry.dtype().bytes();
        int perChunk = CHUNK_BYTES / width;
        for (int from = 0; from < values.length; from += perChunk) {
            int count = Math.min(perChunk, values.length - from);
            var bytes = read(file, channel, entry.offset() + (long) from * width, count * width);
            checksum.update(bytes);
            switch (entry.dtype()) {
                case F32 -> bytes.asFloatBuffer().get(values, from, count);
                case BF16 -> {
                    for (int i = 0; i < count; i++) {
                        values[from + i] = Precision.fromBfloat16(bytes.getShort(2 * i));
                    }
                }
            }
        }
        return values;
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
}
