package wavenet4j.train.levels;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Holds the cache of a corpus for one process.
final class CacheLock implements AutoCloseable {
    private final FileChannel channel;

    private CacheLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws IllegalStateException when another process has it
    static CacheLock acquire(Path folder) throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve(".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException _) {
            lock = null; // another thread has it
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        if (lock == null) {
            channel.close();
            throw new IllegalStateException(
                    "another training is reading its recordings into %s; wait until it has"
                                    .formatted(folder)
                            + " done so");
        }
        return new CacheLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
