package wavenet4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.ModelSpec;
import wavenet4j.ModelSpec.Channels;
import wavenet4j.ModelSpec.Labels;
import wavenet4j.Precision;
import wavenet4j.Take;
import wavenet4j.WaveNet;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class CpuGeneratorTest {
    /// Partial sums of all three kinds, padding, and a level count that fills no vector.
    private static final ModelSpec MIXED =
            Networks.spec(250, new Channels(20, 40, 130, 70), 3, List.of(1, 5, 2), Labels.NONE);

    /// Of 2,000 levels and of the bits of 200 ticks' logits, in float32 and in bfloat16. The build
    /// runs this test at 128, 256 and, where the processor has them, 512 bits.
    @Test
    void everyVectorSizeGivesTheSameBits() {
        var model = WaveNet.initial(MIXED, 1);
        assertThat(
                        List.of(
                                levelsHash(model, Precision.FLOAT32),
                                logitsHash(model, Precision.FLOAT32),
                                levelsHash(model, Precision.BFLOAT16),
                                logitsHash(model, Precision.BFLOAT16)))
                .containsExactly(-2068135380, -2002217531, 1803249005, -1527785806);
    }

    @ParameterizedTest
    @MethodSource("wavenet4j.cpu.Networks#awkward")
    void chunksDoNotChangeATake(ModelSpec spec) {
        var model = WaveNet.initial(spec, 2);
        int[] prime = new Random(3).ints(50, 0, spec.levels()).toArray();
        int count = 1000;
        var whole = new int[count];
        var cut = new int[count];
        try (var one = Networks.cpu(model, Precision.FLOAT32);
                var other = Networks.cpu(model, Precision.FLOAT32)) {
            one.reset(Take.ofSeed(5));
            one.prime(prime, 0, prime.length);
            one.generate(whole, 0, count);

            other.reset(Take.ofSeed(5));
            for (int i = 0; i < prime.length; i++) other.prime(prime, i, i + 1);
            var random = new Random(6);
            int at = 0;
            while (at < count) {
                int to = Math.min(count, at + random.nextInt(7));
                other.generate(cut, at, to);
                Networks.logits(other); // looking does not change it either
                at = to;
            }
        }
        assertThat(cut).isEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("wavenet4j.cpu.Networks#awkward")
    void resetBeginsTheSameTakeAgain(ModelSpec spec) {
        try (var generator = Networks.cpu(WaveNet.initial(spec, 2), Precision.BFLOAT16)) {
            int[] fresh = Networks.generate(generator, 500);
            generator.reset(Take.ofSeed(1));
            Networks.generate(generator, 123);
            generator.reset(Take.ofSeed(0));
            assertThat(Networks.generate(generator, 500)).isEqualTo(fresh);
        }
    }

    @ParameterizedTest
    @EnumSource
    void allocatesNothingPerSample(Precision precision) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var levels = new int[20_000];
        try (var generator = Networks.cpu(WaveNet.initial(MIXED, 1), precision)) {
            // Until its last method is compiled the Vector API allocates: warm up for as long as
            // that takes.
            long deadline = System.nanoTime() + 60_000_000_000L;
            int still = 0;
            while (still < 3 && System.nanoTime() < deadline) {
                long before = threads.getCurrentThreadAllocatedBytes();
                generator.generate(levels, 0, levels.length);
                still = threads.getCurrentThreadAllocatedBytes() == before ? still + 1 : 0;
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            generator.generate(levels, 0, levels.length);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes in %d samples", levels.length)
                    .isZero();
        }
    }

    private static int levelsHash(WaveNet model, Precision precision) {
        try (var generator = Networks.cpu(model, precision)) {
            generator.reset(Take.ofSeed(4));
            return Arrays.hashCode(Networks.generate(generator, 2000));
        }
    }

    private static int logitsHash(WaveNet model, Precision precision) {
        try (var generator = Networks.cpu(model, precision)) {
            int hash = 1;
            int[] input = new Random(5).ints(200, 0, MIXED.levels()).toArray();
            for (int i = 0; i < input.length; i++) {
                generator.prime(input, i, i + 1);
                hash = 31 * hash + Arrays.hashCode(Networks.logits(generator));
            }
            return hash;
        }
    }
}
