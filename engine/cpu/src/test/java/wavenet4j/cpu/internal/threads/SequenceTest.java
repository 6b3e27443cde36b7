package wavenet4j.cpu.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.atomic.AtomicLong;

@Timeout(60)
class SequenceTest {
    private final Sequence progress = new Sequence();

    @Test
    void whatWasWrittenBeforeTheCountIsSeenAfterTheWait() throws InterruptedException {
        int rounds = 1_000; // each a time slice where other programs run
        var written = new int[1];
        var back = new Sequence();
        var wrong = new AtomicLong();
        var reader =
                new Thread(() -> {
                    for (int i = 1; i <= rounds; i++) {
                        progress.await(i);
                        if (written[0] != i) wrong.incrementAndGet();
                        back.raise(i);
                    }
                });
        reader.start();
        for (int i = 1; i <= rounds; i++) {
            written[0] = i;
            progress.raise(i);
            back.await(i);
        }
        reader.join();
        assertThat(wrong).hasValue(0);
    }

    @Test
    void aSleeperIsWokenByTheCountItWaitsFor() throws InterruptedException {
        var reached = new AtomicLong();
        var sleeper = new Thread(() -> reached.set(progress.awaitAsleep(2)));
        sleeper.start();
        awaitAsleep(sleeper);
        progress.raiseAndWake(1);
        awaitAsleep(sleeper);
        progress.raiseAndWake(3);
        sleeper.join();
        assertThat(reached).hasValue(3);
    }

    @Test
    void noWaitOutlastsWhoRaisesTheCount() throws InterruptedException {
        var reached = new AtomicLong();
        var sleeper = new Thread(() -> reached.set(progress.awaitAsleep(5)));
        sleeper.start();
        awaitAsleep(sleeper);
        progress.abandon();
        sleeper.join();
        assertThat(reached).hasValue(Sequence.ABANDONED);
        assertThatThrownBy(() -> progress.await(5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("helper thread fell");
    }

    private static void awaitAsleep(Thread thread) throws InterruptedException {
        while (thread.getState() != Thread.State.WAITING) Thread.sleep(1);
    }
}
