package wavenet4j.file;

import wavenet4j.spec.Shape;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// The CRC-32C of the content of a safetensors file, not of its layout: the metadata by key, then
/// the tensors by name, each with its type, shape and bytes. It notices a changed header as well as
/// changed weights, and stays right when a tool writes the same content in another order.
public final class ContentChecksum {
    /// The metadata key it is kept under, itself not covered.
    public static final String KEY = "crc32c";

    private final CRC32C crc = new CRC32C();

    ContentChecksum(Map<String, String> metadata) {
        new TreeMap<>(metadata)
                .forEach((key, value) -> {
                    if (key.equals(KEY)) return;
                    text(key);
                    text(value);
                });
    }

    /// Goes on to the next tensor; tensors come in the order of their names.
    void beginTensor(String name, Dtype dtype, Shape shape) {
        text(name);
        text(dtype.name());
        text(shape.toString());
    }

    /// The next of the tensor's bytes, as they stand in the file.
    void update(ByteBuffer bytes) {
        crc.update(bytes.duplicate());
    }

    /// The checksum as eight hex digits.
    String hex() {
        return "%08x".formatted(crc.getValue());
    }

    private void text(String text) {
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        crc.update('\n');
    }
}
