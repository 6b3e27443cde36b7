package wavenet4j.audio.decode.pcm;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.decode.internal.FileBytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/// The chunks of a file, one after the other: RIFF (Microsoft and IBM 1991), IFF (Electronic Arts
/// 1985), Wave64 (Sony) and CAF (Apple). The total size in the header is often wrong and is not
/// used.
final class Chunks {
    /// How a family of files lays out its chunks.
    ///
    /// @param headerBytes before the first chunk
    /// @param idBytes of a name, of which the first four tell it
    /// @param sizeBytes of a size, 4 or 8
    /// @param sizeOfAll whether a size counts name and size too
    /// @param alignment that chunks start at
    record Layout(
            ByteOrder order,
            int headerBytes,
            int idBytes,
            int sizeBytes,
            boolean sizeOfAll,
            int alignment) {
        static final Layout RIFF = new Layout(ByteOrder.LITTLE_ENDIAN, 12, 4, 4, false, 2);
        static final Layout RIFX = new Layout(ByteOrder.BIG_ENDIAN, 12, 4, 4, false, 2);
        static final Layout IFF = RIFX;
        static final Layout WAVE64 = new Layout(ByteOrder.LITTLE_ENDIAN, 40, 16, 8, true, 8);
        static final Layout CAF = new Layout(ByteOrder.BIG_ENDIAN, 8, 4, 8, false, 1);

        int headBytes() {
            return idBytes + sizeBytes;
        }
    }

    /// A chunk.
    ///
    /// @param id its name, of four characters
    /// @param start the offset of its content
    /// @param size bytes of content as declared; negative or huge where a writer had no idea
    record Chunk(String id, long start, long size) {}

    /// A limit for crafted files of empty chunks; real files have a few dozen.
    private static final int MOST_CHUNKS = 10_000;

    private final FileBytes file;
    private final Layout layout;
    private final Set<String> wanted;
    private long next;
    private int read;

    /// @param wanted the names of the chunks that the reader needs
    Chunks(FileBytes file, Layout layout, Set<String> wanted) {
        this.file = file;
        this.layout = layout;
        this.wanted = wanted;
        next = layout.headerBytes();
    }

    /// The next chunk; null at the end.
    @Nullable Chunk next() throws IOException {
        Chunk chunk = read++ < MOST_CHUNKS ? at(next) : null;
        if (chunk != null) skip(chunk, chunk.size());
        return chunk;
    }

    /// Goes on after a chunk of that size, where it is another than the chunk itself declares.
    void skip(Chunk chunk, long size) throws IOException {
        long end = size < 0 ? Long.MAX_VALUE : chunk.start() + size;
        if (end < 0 || end > file.size()) {
            next = file.size();
            return;
        }
        long past = end % layout.alignment();
        long padded = past == 0 ? end : end + layout.alignment() - past;
        next = padded == end || !isUnpadded(end, padded) ? padded : end;
    }

    /// Some writers pad no chunk. A name that the reader waits for is sure, others may be chance.
    private boolean isUnpadded(long end, long padded) throws IOException {
        if (isWanted(padded)) return false;
        return isWanted(end) || (!startsAt(padded) && startsAt(end));
    }

    private boolean isWanted(long at) throws IOException {
        Chunk chunk = at(at);
        return chunk != null && wanted.contains(chunk.id());
    }

    /// Whether what stands there looks like a chunk; samples hardly do.
    boolean startsAt(long at) throws IOException {
        Chunk chunk = at(at);
        return chunk != null
                && chunk.id().chars().allMatch(c -> c >= ' ' && c <= '~')
                && chunk.size() >= 0
                && chunk.size() <= file.size() - chunk.start();
    }

    private @Nullable Chunk at(long at) throws IOException {
        ByteBuffer head = file.read(at, layout.headBytes(), layout.order());
        if (head.limit() < layout.headBytes()) return null;
        long size =
                layout.sizeBytes() == 8
                        ? head.getLong(layout.idBytes())
                        : head.getInt(layout.idBytes()) & 0xffff_ffffL;
        if (layout.sizeOfAll()) size -= layout.headBytes();
        return new Chunk(FileBytes.ascii(head, 0, 4), at + layout.headBytes(), size);
    }
}
