package wavenet4j.audio.out;

import wavenet4j.audio.Provenance;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/// The chunk of a WAV file that says what made it: LIST of kind INFO (Microsoft and IBM 1991),
/// which players and editors show. Texts are in UTF-8, as today's readers take them.
final class InfoChunk {
    /// Of a text, so that the header of a file stays small.
    private static final int MOST_BYTES = 4000;

    private InfoChunk() {}

    /// The bytes of the chunk; none where nothing is known.
    static byte[] of(Provenance provenance) {
        var entries = new ByteArrayOutputStream();
        add(entries, "ISFT", provenance.software());
        add(entries, "ICMT", provenance.description());
        if (entries.size() == 0) return new byte[0];
        return ByteBuffer.allocate(12 + entries.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("LIST"))
                .putInt(4 + entries.size())
                .put(ascii("INFO"))
                .put(entries.toByteArray())
                .array();
    }

    /// A name, a size, and a text that ends with 0; padded to an even length.
    private static void add(ByteArrayOutputStream entries, String name, String text) {
        if (text.isEmpty()) return;
        ByteBuffer encoded = ByteBuffer.allocate(MOST_BYTES);
        // Stops before the character that no longer fits.
        StandardCharsets.UTF_8
                .newEncoder()
                .encode(CharBuffer.wrap(text.replace('\0', ' ')), encoded, true);
        int bytes = encoded.position() + 1;
        entries.writeBytes(ascii(name));
        entries.writeBytes(
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes).array());
        entries.write(encoded.array(), 0, bytes - 1);
        entries.write(0);
        if (bytes % 2 == 1) entries.write(0);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
