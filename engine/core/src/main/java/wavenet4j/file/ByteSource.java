package wavenet4j.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Bytes that are read by position: of a file, or in memory.
sealed interface ByteSource {
    /// By which messages name it.
    String name();

    /// Opens it for reading.
    Reading open() throws IOException;

    /// A source while it is read.
    interface Reading extends Closeable {
        /// The number of its bytes.
        long size() throws IOException;

        /// Reads from `offset` on until `into` is full, or there is nothing more.
        void read(ByteBuffer into, long offset) throws IOException;
    }

    /// So many bytes from `offset` on, little-endian.
    ///
    /// @throws InvalidModelException when there are fewer
    default ByteBuffer read(Reading reading, long offset, int count) throws IOException {
        var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        reading.read(bytes, offset);
        if (bytes.hasRemaining())
            throw new InvalidModelException(name(), "it ended while being read");
        return bytes.flip();
    }

    /// A file.
    record OfFile(Path file) implements ByteSource {
        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public Reading open() throws IOException {
            return new FileReading(FileChannel.open(file, StandardOpenOption.READ));
        }
    }

    /// A file that is open.
    record FileReading(FileChannel channel) implements Reading {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void read(ByteBuffer into, long offset) throws IOException {
            int start = into.position();
            while (into.hasRemaining()) {
                if (channel.read(into, offset + into.position() - start) < 0) return;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /// Bytes in memory, which stay as they are.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record InMemory(String name, byte[] bytes) implements ByteSource, Reading {
        @Override
        public Reading open() {
            return this;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void read(ByteBuffer into, long offset) {
            into.put(bytes, (int) offset, (int) Math.min(into.remaining(), bytes.length - offset));
        }

        @Override
        public void close() {}
    }
}
