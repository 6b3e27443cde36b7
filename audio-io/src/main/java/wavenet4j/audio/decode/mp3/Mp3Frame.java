package wavenet4j.audio.decode.mp3;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/// The header of an MPEG audio frame (ISO 11172-3 and 13818-3, and the unofficial MPEG 2.5).
///
/// @param version 3 for MPEG 1, 2 for MPEG 2, 0 for MPEG 2.5, as coded
/// @param layer 1 to 3
/// @param sampleRate in Hz
/// @param mono one channel instead of two
/// @param bytes length of the frame with its header
record Mp3Frame(int version, int layer, int sampleRate, boolean mono, int bytes) {
    private static final int[][] KBITS = {
        {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448}, // MPEG 1 layer 1
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384}, // layer 2
        {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}, // layer 3
        {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256}, // MPEG 2 layer 1
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160} // layers 2 and 3
    };
    private static final int[] RATES = {44100, 48000, 32000};

    /// The part of a header that is the same in all frames of a stream: all but the bit rate, the
    /// padding and the mode extension.
    private static final int STREAM_BITS = 0xfffe_0cc0;

    private static final int BIT_RATE_BITS = 0xf000;

    /// Whether a header with a free bit rate stands there, and the same again after one frame and
    /// after two; the padding makes frames differ by a byte or four.
    static boolean isFree(ByteBuffer bytes, int offset) {
        if (!isFreeHeader(bytes, offset)) return false;
        int stream = bytes.getInt(offset) & STREAM_BITS;
        for (int next = offset + 4; next + 4 <= bytes.limit(); next++) {
            if (!isFreeHeader(bytes, next) || (bytes.getInt(next) & STREAM_BITS) != stream)
                continue;
            for (int pad = -4; pad <= 4; pad++) {
                int third = 2 * next - offset + pad;
                if (isFreeHeader(bytes, third) && (bytes.getInt(third) & STREAM_BITS) == stream) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isFreeHeader(ByteBuffer bytes, int offset) {
        if (offset < 0 || offset + 4 > bytes.limit()) return false;
        int header = bytes.getInt(offset);
        boolean exists =
                ((header >>> 19) & 3) != 1
                        && ((header >>> 17) & 3) != 0
                        && ((header >>> 10) & 3) != 3;
        return header >>> 21 == 0x7ff && exists && (header & BIT_RATE_BITS) == 0;
    }

    /// The header at an offset; null if there is none, or if the bit rate is free, which the
    /// library does not decode.
    static @Nullable Mp3Frame at(ByteBuffer bytes, int offset) {
        if (offset < 0 || offset + 4 > bytes.limit()) return null;
        int header = bytes.getInt(offset);
        int version = (header >>> 19) & 3;
        int layer = 4 - ((header >>> 17) & 3);
        int bitRate = (header >>> 12) & 15;
        int rate = (header >>> 10) & 3;
        boolean mono = ((header >>> 6) & 3) == 3;
        if (header >>> 21 != 0x7ff || version == 1 || layer == 4) return null;
        if (bitRate == 0 || bitRate == 15 || rate == 3) return null;
        int table = version == 3 ? layer - 1 : layer == 1 ? 3 : 4;
        int bitsPerSecond = 1000 * KBITS[table][bitRate];
        int sampleRate = RATES[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        int padding = (header >>> 9) & 1;
        int length =
                switch (layer) {
                    case 1 -> (12 * bitsPerSecond / sampleRate + padding) * 4;
                    case 3 -> (version == 3 ? 144 : 72) * bitsPerSecond / sampleRate + padding;
                    default -> 144 * bitsPerSecond / sampleRate + padding;
                };
        return new Mp3Frame(version, layer, sampleRate, mono, length);
    }

    /// Whether another frame may belong to the same stream.
    boolean matches(Mp3Frame other) {
        return version == other.version
                && layer == other.layer
                && sampleRate == other.sampleRate
                && mono == other.mono;
    }

    /// Samples of a channel in a frame.
    int samples() {
        return switch (layer) {
            case 1 -> 384;
            case 3 -> version == 3 ? 1152 : 576;
            default -> 1152;
        };
    }

    /// Bytes of side information after the header of a layer 3 frame.
    int sideBytes() {
        if (version == 3) return mono ? 17 : 32;
        return mono ? 9 : 17;
    }
}
