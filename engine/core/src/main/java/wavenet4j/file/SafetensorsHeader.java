package wavenet4j.file;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import wavenet4j.spec.Shape;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The header of a safetensors file: its own key-value pairs, and where each tensor lies.
///
/// @param entries by the tensors' names, in the order of the header
/// @param end of the last tensor: the length of the whole file
record SafetensorsHeader(
        SequencedMap<String, String> metadata, SequencedMap<String, Entry> entries, long end) {
    /// The bytes before the header, which hold its length.
    static final int LENGTH_BYTES = 8;

    /// The format allows 100 MB, but the header of a thousand layers takes one, and what is parsed
    /// from a hostile one can take fifty times its text.
    static final int MAX_BYTES = 1 << 22;

    /// The most values of one tensor, which is read into one array.
    private static final int MAX_VALUES = Integer.MAX_VALUE - 8;

    /// Where a tensor's bytes lie.
    ///
    /// @param offset from the start of the file
    record Entry(Dtype dtype, Shape shape, long offset, long bytes) {}

    /// Refuses a header's length that is none, or more than the file has.
    ///
    /// @param fileBytes the length of the whole file, or [Long#MAX_VALUE] where it is unknown
    static void requireLength(String name, long headerBytes, long fileBytes)
            throws InvalidModelException {
        if (headerBytes < 2 || headerBytes > Math.min(fileBytes - LENGTH_BYTES, MAX_BYTES)) {
            throw new InvalidModelException(
                    name,
                    "its header length is %s%s, so it is truncated or no safetensors file"
                            .formatted(
                                    Long.toUnsignedString(headerBytes),
                                    fileBytes == Long.MAX_VALUE
                                            ? ""
                                            : " in a file of %,d bytes".formatted(fileBytes)));
        }
    }

    /// Reads a header, and checks that the tensors it names fill the file after it.
    ///
    /// @param name of the file, for messages
    /// @param text the header itself
    /// @param fileBytes the length of the whole file, or [Long#MAX_VALUE] where it is to be learned
    ///   from the header
    static SafetensorsHeader parse(String name, ByteBuffer text, long fileBytes)
            throws InvalidModelException {
        long dataStart = (long) LENGTH_BYTES + text.remaining();
        JsonObject header;
        try {
            header = Json.parseObject(StandardCharsets.UTF_8.newDecoder().decode(text).toString());
        } catch (CharacterCodingException e) {
            throw new InvalidModelException(name, "its header is not UTF-8");
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(
                    name, "its header is not valid JSON (" + e.getMessage() + ")");
        }
        var metadata = new LinkedHashMap<String, String>();
        var entries = new LinkedHashMap<String, Entry>();
        for (var item : header.entrySet()) {
            String key = item.getKey();
            try {
                var value = Json.object("it", item.getValue());
                if (key.equals("__metadata__")) {
                    for (var pair : value.entrySet()) {
                        metadata.put(pair.getKey(), Json.string(pair.getKey(), pair.getValue()));
                    }
                } else {
                    entries.put(key, entry(value, dataStart, fileBytes));
                }
            } catch (IllegalArgumentException e) {
                throw new InvalidModelException(
                        name,
                        "its header entry %s is malformed (%s)".formatted(key, e.getMessage()));
            }
        }
        long end = requireGapless(name, entries, dataStart);
        if (end != fileBytes && fileBytes != Long.MAX_VALUE) {
            throw new InvalidModelException(
                    name,
                    "it has %,d bytes where its header says %,d, so it is truncated or damaged"
                            .formatted(fileBytes, end));
        }
        return new SafetensorsHeader(metadata, entries, end);
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
    ///
    /// @return where the last one ends
    private static long requireGapless(String name, Map<String, Entry> entries, long dataStart)
            throws InvalidModelException {
        List<Map.Entry<String, Entry>> ordered = new ArrayList<>(entries.entrySet());
        ordered.sort(
                Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().offset())
                        .thenComparingLong(e -> e.getValue().bytes()));
        long position = dataStart;
        for (var entry : ordered) {
            if (entry.getValue().offset() != position) {
                throw new InvalidModelException(
                        name,
                        "the bytes of the tensor %s begin at %,d where %,d is expected"
                                .formatted(entry.getKey(), entry.getValue().offset(), position));
            }
            position += entry.getValue().bytes();
        }
        return position;
    }
}
