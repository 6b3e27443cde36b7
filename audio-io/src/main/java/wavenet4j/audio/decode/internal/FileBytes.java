package wavenet4j.audio.decode.internal;

import wavenet4j.audio.AudioException;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A file that is read at any position. Reading stops at its end, whatever its headers declare.
public final class FileBytes implements Closeable {
    private final Path path;
    private final FileChannel channel;
    private final long size;

    /// Opens a file.
    ///
    /// @throws IOException when it cannot be opened
    public FileBytes(Path path) throws IOException {
        this.path = path;
        channel = FileChannel.open(path);
        size = channel.size();
    }

    /// The file.
    public Path path() {
        return path;
    }

    /// Its length in bytes when it was opened.
    public long size() {
        return size;
    }

    /// The file as a stream; its position is 0 at first.
    public FileChannel channel() {
        return channel;
    }

    /// The bytes from `at` on, `count` of them or those that are there.
    public ByteBuffer read(long at, int count, ByteOrder order) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.clamp(size - at, 0, count));
        fill(bytes, at);
        return bytes.flip().order(order);
    }

    /// Fills a buffer with the bytes from `at` on, as far as they reach.
    public void fill(ByteBuffer bytes, long at) throws IOException {
        int from = bytes.position();
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position() - from) < 0) break;
        }
    }

    /// The bytes from `at` on as characters, `count` of them or those that are there.
    public String ascii(long at, int count) throws IOException {
        return ascii(read(at, count, ByteOrder.BIG_ENDIAN), 0, count);
    }

    /// The bytes of a buffer as characters, `count` of them or those that are there.
    public static String ascii(ByteBuffer bytes, int at, int count) {
        var text = new byte[Math.clamp(bytes.limit() - at, 0, count)];
        if (text.length > 0) bytes.get(at, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /// An error about this file.
    ///
    /// @param problem the problem and the remedy, without the file name
    public AudioException problem(String problem) {
        return new AudioException(path, problem);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
