package wavenet4j.file;

import wavenet4j.file.SafetensorsHeader.Entry;
import wavenet4j.spec.Precision;
import wavenet4j.spec.Shape;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// A file of named tensors in the safetensors format: eight bytes of header length, the header as
/// JSON, the tensors' bytes, all little-endian. Opening it checks the whole header against the
/// file's real length before anything is sized by it. [SafetensorsWriter] leaves a checksum of the
/// content in the metadata; files without one are read too.
public final class Safetensors {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final ByteSource source;
    private final SafetensorsHeader header;

    private Safetensors(ByteSource source, SafetensorsHeader header) {
        this.source = source;
        this.header = header;
    }

    /// By which messages name it.
    public String name() {
        return source.name();
    }

    /// The file's own key-value pairs.
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    /// Every tensor's shape by its name, in the order of the file.
    public SequencedMap<String, Shape> shapes() {
        var shapes = new LinkedHashMap<String, Shape>();
        header.entries().forEach((name, entry) -> shapes.put(name, entry.shape()));
        return shapes;
    }

    /// The narrowest precision that holds every tensor as it is stored.
    public Precision precision() {
        return header.entries().values().stream().anyMatch(e -> e.dtype() == Dtype.F32)
                ? Precision.FLOAT32
                : Precision.BFLOAT16;
    }

    /// Reads and checks the header of a file.
    ///
    /// @throws InvalidModelException when it is not such a file
    public static Safetensors open(Path file) throws IOException {
        requireRegularFile(file);
        return open(new ByteSource.OfFile(file));
    }

    /// Reads and checks the header of what lies in memory.
    ///
    /// @param name of it, for messages
    /// @param bytes which stay as they are
    /// @throws InvalidModelException when it is not such a file
    public static Safetensors open(String name, byte[] bytes) throws IOException {
        return open(new ByteSource.InMemory(name, bytes));
    }

    /// Reads a stream to its end into memory, no further than its header says.
    ///
    /// @param name of it, for messages
    /// @param in not closed
    /// @throws InvalidModelException when it is not such a file
    public static Safetensors open(String name, InputStream in) throws IOException {
        byte[] length = in.readNBytes(SafetensorsHeader.LENGTH_BYTES);
        requireLengthBytes(name, length.length);
        long headerBytes = littleEndian(length).getLong();
        SafetensorsHeader.requireLength(name, headerBytes, Long.MAX_VALUE);
        byte[] text = in.readNBytes((int) headerBytes);
        if (text.length < headerBytes) throw new InvalidModelException(name, "it is truncated");
        var header = SafetensorsHeader.parse(name, littleEndian(text), Long.MAX_VALUE);
        requireMemory(name, header);
        if (header.end() > LONGEST_ARRAY) {
            throw new InvalidModelException(
                    name, "it has %,d bytes, so it has to be a file".formatted(header.end()));
        }
        int start = length.length + text.length;
        byte[] data = in.readNBytes((int) header.end() - start);
        if (start + data.length < header.end() || in.read() >= 0) {
            throw new InvalidModelException(
                    name,
                    "it has %s bytes than its header says, so it is truncated or damaged"
                            .formatted(start + data.length < header.end() ? "fewer" : "more"));
        }
        byte[] whole =
                ByteBuffer.allocate((int) header.end()).put(length).put(text).put(data).array();
        return new Safetensors(new ByteSource.InMemory(name, whole), header);
    }

    private static Safetensors open(ByteSource source) throws IOException {
        try (var reading = source.open()) {
            long fileBytes = reading.size();
            requireLengthBytes(source.name(), fileBytes);
            long headerBytes = source.read(reading, 0, SafetensorsHeader.LENGTH_BYTES).getLong();
            SafetensorsHeader.requireLength(source.name(), headerBytes, fileBytes);
            var text = source.read(reading, SafetensorsHeader.LENGTH_BYTES, (int) headerBytes);
            return new Safetensors(source, SafetensorsHeader.parse(source.name(), text, fileBytes));
        }
    }

    private static void requireLengthBytes(String name, long bytes) throws InvalidModelException {
        if (bytes < SafetensorsHeader.LENGTH_BYTES) {
            throw new InvalidModelException(
                    name, "it has %,d bytes, less than a safetensors header".formatted(bytes));
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
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

    /// Refuses a file without a checksum, which [#readAll] would read unchecked.
    ///
    /// @return this file
    public Safetensors requireChecksum() throws InvalidModelException {
        if (header.metadata().containsKey(ContentChecksum.KEY)) return this;
        throw new InvalidModelException(name(), "it has lost its checksum, so it is damaged");
    }

    /// Reads every tensor as float32, and checks that every value is finite and, where the file
    /// carries a checksum, that its content is what was written.
    ///
    /// @return the tensors in the order of the header
    /// @throws InvalidModelException when a check fails
    public SequencedMap<String, float[]> readAll() throws IOException {
        requireMemory(name(), header);
        var checksum = new ContentChecksum(header.metadata());
        var values = new HashMap<String, float[]>();
        try (var reading = source.open()) {
            for (var item : new TreeMap<>(header.entries()).entrySet()) {
                Entry entry = item.getValue();
                checksum.beginTensor(item.getKey(), entry.dtype(), entry.shape());
                values.put(item.getKey(), read(reading, entry, checksum));
            }
        }
        String expected = header.metadata().get(ContentChecksum.KEY);
        if (expected != null && !expected.equals(checksum.hex())) {
            throw new InvalidModelException(
                    name(),
                    "its checksum is %s where its content gives %s, so it is damaged"
                            .formatted(expected, checksum.hex()));
        }
        var tensors = new LinkedHashMap<String, float[]>();
        for (String name : header.entries().keySet()) {
            float[] tensor = values.getOrDefault(name, new float[0]);
            for (float value : tensor) {
                if (!Float.isFinite(value)) {
                    throw new InvalidModelException(
                            name(), "the tensor %s holds %s".formatted(name, value));
                }
            }
            tensors.put(name, tensor);
        }
        return tensors;
    }

    private static void requireMemory(String name, SafetensorsHeader header)
            throws InvalidModelException {
        long needed =
                header.entries().values().stream()
                        .mapToLong(e -> e.shape().size() * Float.BYTES)
                        .sum();
        long most = Runtime.getRuntime().maxMemory();
        if (needed > most) {
            throw new InvalidModelException(
                    name,
                    "its tensors take %,d MB where Java may use %,d MB; raise -Xmx"
                            .formatted(needed >> 20, most >> 20));
        }
    }

    private float[] read(ByteSource.Reading reading, Entry entry, ContentChecksum checksum)
            throws IOException {
        var values = new float[(int) entry.shape().size()];
        int width = entry.dtype().bytes();
        int perChunk = CHUNK_BYTES / width;
        for (int from = 0; from < values.length; from += perChunk) {
            int count = Math.min(perChunk, values.length - from);
            var bytes = source.read(reading, entry.offset() + (long) from * width, count * width);
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
}
