package wavenet4j.audio.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Puts WAV files together byte by byte.
public final class WavBytes {
    private final ByteBuffer bytes;

    /// @param magic RIFF, RIFX or RF64; the second decides the byte order
    public WavBytes(String magic) {
        bytes = ByteBuffer.allocate(1 << 16);
        bytes.order(magic.equals("RIFX") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        // The size of the whole is deliberately wrong: writers that die leave it so.
        id(magic).bytes.putInt(4);
        id("WAVE");
    }

    private WavBytes id(String id) {
        bytes.put(id.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /// A fmt chunk of 16 bytes.
    public WavBytes format(int tag, int channels, int sampleRate, int frameBytes, int bits) {
        id("fmt ").bytes.putInt(16);
        return formatBody(tag, channels, sampleRate, frameBytes, bits);
    }

    private WavBytes formatBody(int tag, int channels, int rate, int frameBytes, int bits) {
        bytes.putShort((short) tag).putShort((short) channels).putInt(rate);
        bytes.putInt(rate * frameBytes).putShort((short) frameBytes).putShort((short) bits);
        return this;
    }

    /// An extensible fmt chunk of 40 bytes with Microsoft's GUID.
    public WavBytes extensible(
            int tag, int channels, int rate, int frameBytes, int bits, int valid) {
        id("fmt ").bytes.putInt(40);
        formatBody(0xfffe, channels, rate, frameBytes, bits);
        bytes.putShort((short) 22).putShort((short) valid).putInt(0);
        bytes.putInt(tag).putShort((short) 0).putShort((short) 0x10);
        bytes.put(new byte[] {(byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71});
        return this;
    }

    /// A chunk with its size and, where that is odd, a padding byte.
    public WavBytes chunk(String id, int... body) {
        return chunkOfSize(id, body.length, body).pad(body.length);
    }

    /// A chunk that declares any size.
    public WavBytes chunkOfSize(String id, int size, int... body) {
        id(id).bytes.putInt(size);
        for (int value : body) bytes.put((byte) value);
        return this;
    }

    private WavBytes pad(int length) {
        if (length % 2 == 1) bytes.put((byte) 0);
        return this;
    }

    public byte[] toArray() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /// Values as bytes in this file's order.
    public int[] encode(int valueBytes, long... values) {
        int[] encoded = new int[valueBytes * values.length];
        for (int i = 0; i < encoded.length; i++) {
            int place = i % valueBytes;
            int shift = bytes.order() == ByteOrder.BIG_ENDIAN ? valueBytes - 1 - place : place;
            encoded[i] = (int) (values[i / valueBytes] >> (8 * shift)) & 0xff;
        }
        return encoded;
    }
}
