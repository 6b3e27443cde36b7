package wavenet4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.spec.Labels;
import wavenet4j.spec.Precision;
import wavenet4j.testing.Channels;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;

@Timeout(120)
class TwoThreadNetworkTest {
    private static final ModelSpec SPEC =
            Networks.spec(250, new Channels(20, 40, 260, 270), 3, List.of(1, 5, 2), Labels.NONE);

    /// Ticks with and without a head, resets right after either, and pauses that put the helper to
    /// sleep.
    @ParameterizedTest
    @MethodSource("wavenet4j.cpu.Networks#awkward")
    void saysWhatOneThreadSaysToTheBit(ModelSpec spec) throws InterruptedException {
        var model = Model.initial(spec, 12);
        var random = new Random(3);
        try (var one = Networks.cpu(model, Precision.BFLOAT16);
                var two = Networks.twoThreads(model, Precision.BFLOAT16)) {
            for (int turn = 0; turn < 400; turn++) {
                int length = random.nextInt(20);
                switch (random.nextInt(5)) {
                    case 0 -> {
                        int[] levels = random.ints(length, 0, spec.levels()).toArray();
                        one.prime(levels, 0, length);
                        two.prime(levels, 0, length);
                    }
                    case 1 ->
                            assertThat(Networks.generate(two, length))
                                    .isEqualTo(Networks.generate(one, length));
                    case 2 -> assertThat(Networks.outputs(two)).isEqualTo(Networks.outputs(one));
                    case 3 -> {
                        if (random.nextInt(4) > 0) continue;
                        one.reset(Take.ofSeed(turn));
                        two.reset(Take.ofSeed(turn));
                    }
                    default -> {
                        if (turn % 50 == 0) Thread.sleep(20);
                    }
                }
            }
        }
    }

    @Test
    void theHelperSleepsWhileNothingIsAskedAndEndsWithTheGenerator() throws InterruptedException {
        Generator generator = Networks.twoThreads(Model.initial(SPEC, 1), Precision.BFLOAT16);
        Thread helper = helper();
        Networks.generate(generator, 100);
        while (helper.getState() != Thread.State.WAITING) Thread.sleep(1);
        Networks.generate(generator, 100);
        generator.close();
        generator.close();
        assertThat(helper.join(Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void neitherThreadAllocatesPerSample() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var levels = new int[20_000];
        try (var generator = Networks.twoThreads(Model.initial(SPEC, 1), Precision.BFLOAT16)) {
            long caller = Thread.currentThread().threadId();
            long helper = helper().threadId();
            long deadline = System.nanoTime() + 60_000_000_000L;
            int still = 0;
            while (still < 3 && System.nanoTime() < deadline) {
                long callers = threads.getThreadAllocatedBytes(caller);
                long helpers = threads.getThreadAllocatedBytes(helper);
                generator.generate(levels, 0, levels.length);
                callers -= threads.getThreadAllocatedBytes(caller);
                helpers -= threads.getThreadAllocatedBytes(helper);
                still = callers == 0 && helpers == 0 ? still + 1 : 0;
            }
            assertThat(still).as("runs in a row that allocate nothing").isEqualTo(3);
        }
    }

    private static Thread helper() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("wavenet4j cpu helper"))
                .filter(Thread::isAlive)
                .reduce((first, second) -> first.threadId() > second.threadId() ? first : second)
                .orElseThrow();
    }
}
