package wavenet4j.notes.midi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The bytes of a file of chunks: a name of four letters each, a length of four bytes, the content.
///
/// @param bytes big-endian, from 0 to their limit
record Chunks(ByteBuffer bytes) {
    /// Of a chunk's name and length, in bytes.
    static final int HEAD = 8;

    /// The name of a track of a MIDI file.
    static final byte[] TRACK = name("MTrk");

    /// Of RIFF, with its type.
    private static final int RIFF_HEAD = 12;

    private static final byte[] RIFF = name("RIFF");
    private static final byte[] RIFF_OF_MIDI = name("RMID");
    private static final byte[] RIFF_DATA = name("data");

    /// Those of a MIDI file, which RIFF may wrap up as a chunk of its own.
    static Chunks ofMidi(byte[] file) {
        var chunks = new Chunks(ByteBuffer.wrap(file));
        if (!chunks.isAt(0, RIFF) || !chunks.isAt(HEAD, RIFF_OF_MIDI)) return chunks;
        long at = RIFF_HEAD;
        while (at + HEAD <= file.length) {
            long start = at + HEAD;
            // The lengths of RIFF have the lower byte first.
            int reversed = Integer.reverseBytes(chunks.bytes.getInt((int) at + 4));
            long end = start + Integer.toUnsignedLong(reversed);
            if (chunks.isAt(at, RIFF_DATA)) {
                return new Chunks(chunks.content((int) start, (int) Math.min(end, file.length)));
            }
            at = end + (end & 1);
        }
        return chunks;
    }

    static byte[] name(String letters) {
        return letters.getBytes(StandardCharsets.US_ASCII);
    }

    int end() {
        return bytes.limit();
    }

    boolean hasChunkAt(int at) {
        return end() - at >= HEAD;
    }

    /// The length that a chunk declares, in bytes.
    long length(int at) {
        return Integer.toUnsignedLong(bytes.getInt(at + 4));
    }

    boolean isAt(long at, byte[] pattern) {
        if (at + pattern.length > end()) return false;
        for (int i = 0; i < pattern.length; i++) {
            if (bytes.get((int) at + i) != pattern[i]) return false;
        }
        return true;
    }

    /// Where a pattern is first found; -1 where it is not.
    ///
    /// @param to before which it ends
    int find(byte[] pattern, long from, int to) {
        for (long at = from; at + pattern.length <= to; at++) {
            if (isAt(at, pattern)) return (int) at;
        }
        return -1;
    }

    /// Whether a chunk may well end there: at the end of the file, before a track, or before a
    /// chunk of another name that lies in the file.
    boolean isBoundary(long at) {
        if (at == end() || isAt(at, TRACK)) return true;
        if (at + HEAD > end() || at + HEAD + length((int) at) > end()) return false;
        for (int i = 0; i < 4; i++) {
            byte letter = bytes.get((int) at + i);
            if (letter < ' ' || letter > '~') return false;
        }
        return true;
    }

    /// As hexadecimal digits.
    String firstBytes() {
        var first = new byte[Math.min(4, end())];
        bytes.get(0, first);
        return HexFormat.ofDelimiter(" ").formatHex(first);
    }

    ByteBuffer content(int from, int to) {
        return bytes.slice(from, to - from);
    }
}
