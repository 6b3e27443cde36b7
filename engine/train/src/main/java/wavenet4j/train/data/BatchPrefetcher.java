package wavenet4j.train.data;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Cuts the next step's batch in a thread of its own while one is learned from, so that a fast
/// device never waits for its data.
public final class BatchPrefetcher implements AutoCloseable {
    /// What cuts, such as [WindowSampler#batch]: step and sizes alone decide what comes of it.
    public interface Cutter {
        List<Batch> batch(long step, MicroBatchSize size);
    }

    private record Cut(long step, MicroBatchSize size, CompletableFuture<List<Batch>> parts) {}

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("cut-ahead").factory());
    private final Cutter cutter;
    private @Nullable Cut next;

    public BatchPrefetcher(Cutter cutter) {
        this.cutter = cutter;
    }

    /// The batch of that step. One other than the next, or in parts of another size, is cut anew.
    public List<Batch> batch(long step, MicroBatchSize size) {
        Cut asked = next;
        if (asked == null || asked.step() != step || !asked.size().equals(size)) {
            asked = cut(step, size);
        }
        next = cut(step + 1, size);
        try {
            return asked.parts().join();
        } catch (CompletionException e) {
            // Such as too little memory, which whoever called tells of.
            if (e.getCause() instanceof Error error) throw error;
            throw e;
        }
    }

    private Cut cut(long step, MicroBatchSize size) {
        return new Cut(
                step, size, CompletableFuture.supplyAsync(() -> cutter.batch(step, size), thread));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
