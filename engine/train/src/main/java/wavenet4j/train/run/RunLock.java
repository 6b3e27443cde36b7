package wavenet4j.train.run;

import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.event.TrainingEvent;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The exclusive right to train in a run's folder, until it is closed.
///
/// @param newest the newest checkpoint
/// @param events recorded until that checkpoint
/// @param channel of the lock file
public record RunLock(TrainingState newest, List<TrainingEvent> events, FileChannel channel)
        implements Closeable {
    /// Copies the events.
    public RunLock {
        events = List.copyOf(events);
    }

    /// Locks the file `.lock` in that folder.
    ///
    /// @throws IllegalStateException when another training holds it
    static FileChannel acquire(Path folder) throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve(".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            if (isFree(channel)) return channel;
            throw new IllegalStateException(
                    folder + " is being trained in already; stop that training first");
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isFree(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
