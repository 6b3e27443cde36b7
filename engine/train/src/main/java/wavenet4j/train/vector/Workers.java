package wavenet4j.train.vector;

import wavenet4j.train.kernels.Products;

import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/// The threads of a training step. Rows are divided into at least eight parts, so that a slow core
/// does not hold the others up, and sums over them do not depend on the number of threads up to
/// that.
final class Workers {
    /// Rows of a block, whose arrays a core's cache holds.
    static final int BLOCK = 128;

    private static final int FEWEST_PARTS = 8;

    private final int threads;
    private final int parts;
    private final ForkJoinPool pool;

    Workers(int threads) {
        this.threads = threads;
        parts = Math.max(FEWEST_PARTS, threads);
        pool = new ForkJoinPool(threads);
    }

    /// Into how many parts rows are divided.
    int parts() {
        return parts;
    }

    /// Work on a part of something.
    interface OnPart {
        void run(int part);
    }

    /// Work on rows [from, to) of a part whose first row is `start`.
    interface OnBlock {
        void run(int part, int start, int from, int to);
    }

    /// Runs all parts.
    void eachPart(OnPart work) {
        if (threads == 1) {
            for (int part = 0; part < parts; part++) work.run(part);
        } else {
            pool.submit(() -> IntStream.range(0, parts).parallel().forEach(work::run)).join();
        }
    }

    /// Runs all blocks, those of a part one after the other.
    ///
    /// @param border a row where a block ends, wherever it lies
    void eachBlock(int rows, int border, OnBlock work) {
        eachBlock(rows, BLOCK, border, work);
    }

    /// The same in blocks of that many rows.
    void eachBlock(int rows, int block, int border, OnBlock work) {
        eachPart(part -> {
            int start = firstRow(part, rows);
            int end = firstRow(part + 1, rows);
            int from = start;
            while (from < end) {
                int to = Math.min(from + block, end);
                if (from < border && border < to) to = border;
                work.run(part, start, from, to);
                from = to;
            }
        });
    }

    private int firstRow(int part, int rows) {
        int perPart = Math.ceilDiv(Math.ceilDiv(rows, parts), Products.ROWS) * Products.ROWS;
        return (int) Math.min((long) part * perPart, rows);
    }
}
