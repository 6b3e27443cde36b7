package wavenet4j.file;

import com.google.gson.JsonObject;

import wavenet4j.spec.Precision;
import wavenet4j.spec.Shape;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Writes safetensors files.
public final class SafetensorsWriter {
    private SafetensorsWriter() {}

    /// Writes a file whole, as [AtomicFile] does. What [Safetensors#readAll] would refuse is not
    /// written.
    ///
    /// @param metadata the file's own key-value pairs, but for the checksum
    /// @param shapes of the tensors, in the order to write
    /// @param precision float32 or bfloat16, to which the values are rounded
    /// @throws IllegalArgumentException when the precision is another, or a tensor is missing, has
    ///   not its shape, or holds a value that is not finite in that precision
    public static void write(
            Path file,
            Map<String, String> metadata,
            SequencedMap<String, Shape> shapes,
            Map<String, float[]> tensors,
            Precision precision)
            throws IOException {
        Dtype dtype = Dtype.of(precision);
        var checksum = new ContentChecksum(metadata);
        for (var entry : new TreeMap<>(shapes).entrySet()) {
            String name = entry.getKey();
            float[] values = tensor(tensors, name);
            if (values.length != entry.getValue().size()) {
                throw new IllegalArgumentException(
                        "the tensor %s has %,d values, not the shape %s"
                                .formatted(name, values.length, entry.getValue()));
            }
            for (float value : values) {
                if (!Float.isFinite(dtype.round(value))) {
                    throw new IllegalArgumentException(
                            "the tensor %s holds %s, which is no finite %s"
                                    .formatted(name, value, dtype));
                }
            }
            checksum.beginTensor(name, dtype, entry.getValue());
            checksum.update(encode(values, dtype));
        }
        byte[] header = header(metadata, checksum.hex(), shapes, dtype);
        AtomicFile.write(
                file,
                out -> {
                    var length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
                    out.write(length.putLong(header.length).array());
                    out.write(header);
                    for (String name : shapes.keySet()) {
                        out.write(encode(tensor(tensors, name), dtype).array());
                    }
                });
    }

    private static byte[] header(
            Map<String, String> metadata,
            String checksum,
            SequencedMap<String, Shape> shapes,
            Dtype dtype) {
        var withChecksum = new JsonObject();
        metadata.forEach(withChecksum::addProperty);
        withChecksum.addProperty(ContentChecksum.KEY, checksum);
        var header = new JsonObject();
        header.add("__metadata__", withChecksum);
        long offset = 0;
        for (var entry : shapes.entrySet()) {
            Shape shape = entry.getValue();
            long end = offset + shape.size() * dtype.bytes();
            var item = new JsonObject();
            item.addProperty("dtype", dtype.name());
            item.add("shape", Json.arrayOf(shape.dimensions()));
            item.add("data_offsets", Json.arrayOf(List.of(offset, end)));
            header.add(entry.getKey(), item);
            offset = end;
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        // The format lets a header be padded with spaces; the tensors then start on an even 8
        // bytes.
        byte[] padded = Arrays.copyOf(json, Math.ceilDiv(json.length, 8) * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        if (padded.length > SafetensorsHeader.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the header takes %,d bytes; the most is %,d"
                            .formatted(padded.length, SafetensorsHeader.MAX_BYTES));
        }
        return padded;
    }

    private static float[] tensor(Map<String, float[]> tensors, String name) {
        float[] values = tensors.get(name);
        if (values == null) throw new IllegalArgumentException("there is no tensor " + name);
        return values;
    }

    private static ByteBuffer encode(float[] values, Dtype dtype) {
        var bytes =
                ByteBuffer.allocate(Math.multiplyExact(values.length, dtype.bytes()))
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            switch (dtype) {
                case F32 -> bytes.putFloat(value);
                case BF16 -> bytes.putShort(Precision.toBfloat16(value));
            }
        }
        return bytes.flip();
    }
}
