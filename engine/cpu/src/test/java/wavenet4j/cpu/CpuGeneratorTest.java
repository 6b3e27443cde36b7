package wavenet4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.distribution.Sampling;
import wavenet4j.spec.Labels;
import wavenet4j.spec.Precision;
import wavenet4j.testing.Channels;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What the vectors add to the contract.
class CpuGeneratorTest {
    /// Partial sums of all three kinds, padding, and a level count that fills no vector.
    private static final Channels CHANNELS = new Channels(20, 40, 130, 70);

    private static final ModelSpec MIXED =
            Networks.spec(250, CHANNELS, 3, List.of(1, 5, 2), Labels.NONE);

    private static final Labels VOICES = new Labels(List.of("low", "high", "odd"), 5);
    private static final Map<String, Float> LOW = Map.of("low", 1f);
    private static final Map<String, Float> BETWEEN = Map.of("high", 0.5f, "odd", 0.5f);

    /// Of 2,000 levels and of the bits of 200 ticks' logits, in float32, bfloat16 and int8. The
    /// build runs this test at 128, 256 and, where the processor has them, 512 bits.
    @Test
    void everyVectorSizeGivesTheSameBits() {
        var model = Model.initial(MIXED, 1);
        assertThat(
                        List.of(
                                levelsHash(model, Precision.FLOAT32),
                                logitsHash(model, Precision.FLOAT32),
                                levelsHash(model, Precision.BFLOAT16),
                                logitsHash(model, Precision.BFLOAT16),
                                levelsHash(model, Precision.INT8),
                                logitsHash(model, Precision.INT8)))
                .containsExactly(
                        -1925810851, 1974926152, 1208121502, -202225580, 1637706269, -156940266);
    }

    @ParameterizedTest
    @MethodSource("wavenet4j.cpu.Networks#precisions")
    void allocatesNothingPerSample(Precision precision) {
        requireNoAllocation(
                Networks.spec(250, CHANNELS, 3, MIXED.convolutions().dilations(), VOICES),
                precision,
                new Sampling(0.5f, 10, 0.9f));
    }

    @Test
    void aMixtureAllocatesNothingPerSample() {
        requireNoAllocation(
                Networks.mixture(10, CHANNELS, 3, MIXED.convolutions().dilations(), VOICES),
                Precision.FLOAT32,
                new Sampling(0.5f, 0, 1));
    }

    private static void requireNoAllocation(ModelSpec spec, Precision precision, Sampling safe) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var samples = new float[20_000];
        try (var generator = Networks.cpu(Model.initial(spec, 1), precision)) {
            // Until its last method is compiled the Vector API allocates: warm up for as long as
            // that takes.
            long deadline = System.nanoTime() + 60_000_000_000L;
            int still = 0;
            while (still < 3 && System.nanoTime() < deadline) {
                long before = threads.getCurrentThreadAllocatedBytes();
                generateSteered(generator, samples, safe);
                still = threads.getCurrentThreadAllocatedBytes() == before ? still + 1 : 0;
            }
            assertThat(still)
                    .as("runs of %d samples in a row without a byte", samples.length)
                    .isEqualTo(3);
        }
    }

    /// With labels and sampling that change as often as a real-time thread's blocks come.
    private static void generateSteered(Generator generator, float[] samples, Sampling safe) {
        for (int at = 0; at < samples.length; at += 100) {
            generator.label(at % 200 == 0 ? LOW : BETWEEN);
            generator.steer(at % 200 == 0 ? Sampling.DEFAULT : safe);
            generator.generate(samples, at, at + 100);
        }
    }

    /// The same network in plain loops: its logits under forced input and its takes.
    @ParameterizedTest
    @MethodSource("wavenet4j.cpu.Networks#awkward")
    void plainLoopsGiveTheSameBits(ModelSpec spec) {
        var model = Model.initial(spec, 13);
        for (Precision precision : new CpuBackend().precisions()) {
            try (var vectors = new CpuBackend(true, 0).open(model, precision, 1);
                    var loops = new CpuBackend(false, 0).open(model, precision, 1)) {
                int[] input = new Random(6).ints(50, 0, spec.levels()).toArray();
                for (int i = 0; i < input.length; i++) {
                    vectors.prime(input, i, i + 1);
                    loops.prime(input, i, i + 1);
                    assertThat(Networks.outputs(loops)).isEqualTo(Networks.outputs(vectors));
                }
                assertThat(Networks.generate(loops, 500))
                        .isEqualTo(Networks.generate(vectors, 500));
            }
        }
    }

    private static int levelsHash(Model model, Precision precision) {
        try (var generator = Networks.cpu(model, precision)) {
            generator.reset(Take.ofSeed(4));
            return Arrays.hashCode(Networks.generate(generator, 2000));
        }
    }

    private static int logitsHash(Model model, Precision precision) {
        try (var generator = Networks.cpu(model, precision)) {
            int hash = 1;
            int[] input = new Random(5).ints(200, 0, MIXED.levels()).toArray();
            for (int i = 0; i < input.length; i++) {
                generator.prime(input, i, i + 1);
                hash = 31 * hash + Arrays.hashCode(Networks.outputs(generator));
            }
            return hash;
        }
    }
}
