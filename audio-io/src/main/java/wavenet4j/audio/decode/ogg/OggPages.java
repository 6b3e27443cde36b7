package wavenet4j.audio.decode.ogg;

import com.jcraft.jogg.Page;
import com.jcraft.jogg.SyncState;

import wavenet4j.audio.decode.internal.FileBytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The pages of an Ogg file (RFC 3533), one after the other.
final class OggPages {
    private static final int READ_BYTES = 1 << 14;
    private static final int MAGIC_BYTES = 16;
    private static final int PAGE_HEAD_BYTES = 27;
    private static final int MOST_PAGE_BYTES = PAGE_HEAD_BYTES + 255 + 255 * 255;

    private final FileBytes file;
    private final SyncState sync = new SyncState();
    private final Page page = new Page();

    OggPages(FileBytes file) throws IOException {
        this.file = file;
        file.channel().position(0);
    }

    /// Goes to the next complete page; false at the end of the file.
    boolean next() throws IOException {
        while (true) {
            int found = sync.pageout(page);
            if (found > 0) return true;
            if (found < 0) continue; // bytes that belong to no page
            int at = sync.buffer(READ_BYTES);
            int count = file.channel().read(ByteBuffer.wrap(sync.data, at, READ_BYTES));
            if (count <= 0) return false;
            sync.wrote(count);
        }
    }

    /// The page, valid until the next.
    Page page() {
        return page;
    }

    /// The granule position of the last page in the file, in most streams the samples until then; 0
    /// where there is none.
    long lastGranule() throws IOException {
        int count = (int) Math.min(file.size(), MOST_PAGE_BYTES);
        ByteBuffer end = file.read(file.size() - count, count, ByteOrder.LITTLE_ENDIAN);
        for (int at = end.limit() - PAGE_HEAD_BYTES; at >= 0; at--) {
            boolean page = end.get(at) == 'O' && FileBytes.ascii(end, at, 4).equals("OggS");
            if (page && end.getLong(at + 6) >= 0) return end.getLong(at + 6);
        }
        return 0;
    }

    FileBytes file() {
        return file;
    }

    /// Whether a stream begins in this page.
    boolean startsStream() {
        return page.bos() != 0;
    }

    /// Whether a stream ends in this page.
    boolean endsStream() {
        return page.eos() != 0;
    }

    /// The first characters of this page, which tell the codec of a stream that begins.
    String magic() {
        int length = Math.min(page.body_len, MAGIC_BYTES);
        return new String(page.body_base, page.body, length, StandardCharsets.ISO_8859_1);
    }
}
