package wavenet4j.audio.decode.aac;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.decode.internal.FileBytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// AAC as a stream of frames, each with a header of its own (ADTS, ISO 13818-7).
final class Adts {
    private static final int HEADER_BYTES = 7;
    private static final int FRAMES_TO_BE_SURE = 3;

    private Adts() {}

    /// The frames; null where the file does not begin with some.
    ///
    /// @param start the offset after tags
    static @Nullable AacFrames find(FileBytes file, long start) throws IOException {
        List<Long> offsets = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        ByteBuffer config = null;
        long at = start;
        while (true) {
            ByteBuffer header = file.read(at, HEADER_BYTES, ByteOrder.BIG_ENDIAN);
            // 12 bits of ones, version, layer 0.
            if (header.limit() < HEADER_BYTES || (header.getShort(0) & 0xfff6) != 0xfff0) break;
            int frameBytes = (header.getInt(3) >>> 13) & 0x1fff;
            int headBytes = (header.get(1) & 1) == 1 ? HEADER_BYTES : HEADER_BYTES + 2;
            if (frameBytes <= headBytes || at + frameBytes > file.size()) break;
            if (config == null) config = config(header);
            offsets.add(at + headBytes);
            sizes.add(frameBytes - headBytes);
            at += frameBytes;
        }
        boolean whole = at == file.size() && !offsets.isEmpty();
        if (config == null || (offsets.size() < FRAMES_TO_BE_SURE && !whole)) return null;
        boolean tagged = file.ascii(at, 3).equals("TAG");
        List<String> warnings =
                whole || tagged
                        ? List.of()
                        : List.of(
                                "is truncated or damaged: %d bytes after its %d AAC frames were left out"
                                        .formatted(file.size() - at, offsets.size()));
        return new AacFrames(config, offsets, sizes, 0, Double.POSITIVE_INFINITY, warnings);
    }

    /// 5 bits of profile, 4 of rate, 4 of channels, from 2, 4 and 3 of the header.
    private static ByteBuffer config(ByteBuffer header) {
        int bits = header.getShort(2) & 0xffff;
        int profile = (bits >>> 14) + 1;
        int rate = (bits >>> 10) & 15;
        int channels = (bits >>> 6) & 7;
        return ByteBuffer.allocate(2)
                .putShort((short) (profile << 11 | rate << 7 | channels << 3))
                .flip();
    }
}
