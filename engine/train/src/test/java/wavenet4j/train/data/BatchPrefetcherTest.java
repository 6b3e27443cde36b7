package wavenet4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

final class BatchPrefetcherTest {
    private static final MicroBatchSize WHOLE = new MicroBatchSize.Targets(100);
    private static final MicroBatchSize HALF = new MicroBatchSize.Targets(50);

    private final BlockingQueue<Long> cut = new LinkedBlockingQueue<>();

    private List<Batch> cut(long step, MicroBatchSize size) {
        cut.add(step);
        long[] wanted = {step};
        return List.of(new Batch(size.rows(1), 1, new long[1], wanted, new float[1], new float[0]));
    }

    private static void assertBatch(List<Batch> parts, long step, MicroBatchSize size) {
        assertThat(parts).hasSize(1);
        assertThat(parts.getFirst().targetLevels()).containsExactly(step);
        assertThat(parts.getFirst().rows()).isEqualTo(size.rows(1));
    }

    private void assertCut(long step) throws InterruptedException {
        assertThat(cut.poll(10, TimeUnit.SECONDS)).isEqualTo(step);
    }

    @Test
    void theNextStepIsCutBeforeItIsAskedForAndOnce() throws InterruptedException {
        try (var ahead = new BatchPrefetcher(this::cut)) {
            for (long step = 7; step < 10; step++) {
                assertBatch(ahead.batch(step, WHOLE), step, WHOLE);
            }
            for (long step = 7; step <= 10; step++) assertCut(step);
            assertThat(cut).isEmpty();
        }
    }

    @Test
    void whatWasNotForeseenIsCutAnew() throws InterruptedException {
        try (var ahead = new BatchPrefetcher(this::cut)) {
            assertBatch(ahead.batch(7, WHOLE), 7, WHOLE);
            assertBatch(ahead.batch(3, WHOLE), 3, WHOLE);
            assertBatch(ahead.batch(4, HALF), 4, HALF);
            for (long step : new long[] {7, 8, 3, 4, 4, 5}) assertCut(step);
        }
    }

    @Test
    void whatFailsThereFailsHere() {
        try (var ahead =
                new BatchPrefetcher((step, size) -> {
                    throw new IllegalStateException("torn");
                })) {
            assertThatThrownBy(() -> ahead.batch(0, WHOLE)).hasRootCauseMessage("torn");
        }
    }

    @Test
    void tooLittleMemoryThereIsSaidAsIfItWereHere() {
        var tooLittle = new OutOfMemoryError("Java heap space");
        try (var ahead =
                new BatchPrefetcher((step, size) -> {
                    throw tooLittle;
                })) {
            assertThatThrownBy(() -> ahead.batch(0, WHOLE)).isSameAs(tooLittle);
        }
    }
}
