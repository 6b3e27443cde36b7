package wavenet4j.train.data;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Prepares the next step's batch in a thread of its own while the network learns from one, so that
/// a fast device does not wait for its data.
public final class BatchPrefetcher implements AutoCloseable {
    /// Where batches come from, such as [WindowSampler#batch].
    public interface Source {
        /// The micro-batches of a step; the same for the same arguments.
        List<Batch> batch(long step, MicroBatchSize size);
    }

    private record Prepared(
            long step, MicroBatchSize size, CompletableFuture<List<Batch>> microBatches) {}

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("batch-prefetcher").factory());
    private final Source source;
    private @Nullable Prepared next;

    /// Prepares batches of that source.
    public BatchPrefetcher(Source source) {
        this.source = source;
    }

    /// The micro-batches of a step. They are prepared anew where the step is not the next one or
    /// the size has changed.
    public List<Batch> batch(long step, MicroBatchSize size) {
        Prepared batch = next;
        if (batch == null || batch.step() != step || !batch.size().equals(size)) {
            batch = prepare(step, size);
        }
        next = prepare(step + 1, size);
        try {
            return batch.microBatches().join();
        } catch (CompletionException e) {
            // The caller handles too little memory.
            if (e.getCause() instanceof Error error) throw error;
            throw e;
        }
    }

    private Prepared prepare(long step, MicroBatchSize size) {
        return new Prepared(
                step, size, CompletableFuture.supplyAsync(() -> source.batch(step, size), thread));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
