package wavenet4j.audio.decode.aac;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.decode.internal.FileBytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// A box of an MP4 file (ISO 14496-12), which may hold other boxes. It ends with its file, whatever
/// it declares.
///
/// @param type four characters
/// @param start the offset of its content
/// @param end the offset after it
record Box(FileBytes file, String type, long start, long end) {
    /// A limit for crafted files; real ones have a few dozen in a row.
    private static final int MOST_BOXES = 10_000;

    /// The file as a box.
    static Box of(FileBytes file) {
        return new Box(file, "", 0, file.size());
    }

    /// The boxes inside, which start after `skipped` bytes of content.
    List<Box> boxes(int skipped) throws IOException {
        List<Box> boxes = new ArrayList<>();
        for (long at = start + skipped; boxes.size() < MOST_BOXES && at + 8 <= end; ) {
            ByteBuffer head = file.read(at, 16, ByteOrder.BIG_ENDIAN);
            if (head.limit() < 8) break;
            long size = head.getInt(0) & 0xffff_ffffL;
            boolean wide = size == 1 && head.limit() == 16;
            if (wide) size = head.getLong(8);
            if (size == 0) size = end - at; // to the end
            int headBytes = wide ? 16 : 8;
            if (size < headBytes) break;
            long past = Math.min(size, end - at) + at;
            boxes.add(new Box(file, FileBytes.ascii(head, 4, 4), at + headBytes, past));
            at = past;
        }
        return boxes;
    }

    /// The first box at a path of types; null where there is none.
    @Nullable Box find(String... path) throws IOException {
        Box box = this;
        for (String type : path) {
            Box next = null;
            for (Box inner : box.boxes(0)) {
                if (next == null && inner.type.equals(type)) next = inner;
            }
            if (next == null) return null;
            box = next;
        }
        return box;
    }

    /// The content as far as it is there, at most `most` bytes of it.
    ByteBuffer content(int most) throws IOException {
        return file.read(start, Math.clamp(end - start, 0, most), ByteOrder.BIG_ENDIAN);
    }
}
