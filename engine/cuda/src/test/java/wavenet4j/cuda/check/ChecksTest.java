package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.Streams;
import wavenet4j.cuda.EmulatedKernels;
import wavenet4j.cuda.check.LevelChecks.Trial;
import wavenet4j.cuda.internal.driver.CudaException;
import wavenet4j.cuda.internal.driver.StubDriver;
import wavenet4j.testing.TestModels;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/// Each check passes on the emulated GPU, and fails where the GPU computes something wrong.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
final class ChecksTest {
    private static final int THREADS = 128; // as in the other emulated tests, to share kernels

    private static final CheckedNetwork TINY =
            CheckedNetwork.random(
                    "tiny",
                    TestModels.labelled(
                            TestModels.spec(
                                    64, TestModels.channels(5, 3, 16, 7), 2, List.of(1, 2, 4)),
                            2,
                            3));

    private final List<String> notes = new ArrayList<>();
    private StubDriver driver;

    @BeforeAll
    void compile(@TempDir Path folder) throws IOException, InterruptedException {
        driver = StubDriver.compile(folder);
    }

    @BeforeEach
    void reset() {
        driver.reset();
        notes.clear();
    }

    @AfterEach
    void allIsGivenBack() {
        driver.assertAllGivenBack();
    }

    private CheckedGpu gpu() {
        return gpu(UnaryOperator.identity());
    }

    private CheckedGpu gpu(UnaryOperator<Streams> wrapper) {
        try (var gpu = driver.open()) {
            return new CheckedGpu(
                    gpu.properties(), driver.file(), new EmulatedKernels(), THREADS, wrapper);
        }
    }

    /// The same streams, with something done to the arguments after each call of that method.
    private static Streams after(
            String method, Streams streams, BiConsumer<Streams, Object[]> damage) {
        return (Streams)
                Proxy.newProxyInstance(
                        ChecksTest.class.getClassLoader(),
                        new Class<?>[] {Streams.class},
                        (_, called, arguments) -> {
                            try {
                                Object result = called.invoke(streams, arguments);
                                if (called.getName().equals(method)) {
                                    damage.accept(streams, arguments);
                                }
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    /// The last stream's last level of each call is wrong.
    private static Streams corrupt(Streams streams) {
        return after(
                "generate",
                streams,
                (s, arguments) ->
                        ((int[][]) arguments[0])[s.count() - 1][(int) arguments[2] - 1] ^= 1);
    }

    /// The first logit is wrong by so much.
    private static Streams biased(Streams streams, float by) {
        return after("outputs", streams, (_, arguments) -> ((float[]) arguments[1])[0] += by);
    }

    private static void assertFails(ThrowingCallable check, String message) {
        assertThatThrownBy(check).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }

    @Test
    void strict() {
        var trials = List.of(new Trial(TINY, "reference", 60), new Trial(TINY, "cpu", 60));
        assertThat(LevelChecks.strict(gpu(), trials))
                .isEqualTo(
                        "tiny: 60 samples as the backend reference, tiny: 60 samples as the backend"
                                + " cpu");
        assertFails(
                () -> LevelChecks.strict(gpu(ChecksTest::corrupt), trials),
                "tiny beside the backend reference");
    }

    @Test
    void forced() {
        var trials = List.of(new Trial(TINY, "reference", 40));
        assertThat(LogitChecks.forced(gpu(), trials))
                .startsWith("tiny beside the backend reference");
        for (float by : new float[] {0.5f, Float.NaN}) {
            assertFails(() -> LogitChecks.forced(gpu(s -> biased(s, by)), trials), "tiny beside");
        }
    }

    @Test
    void bits() {
        int[] levels = LogitChecks.take(TINY, 60);
        assertThat(LogitChecks.bits(gpu(), TINY, levels)).startsWith("tiny, 60 samples: ");
        assertFails(
                () -> LogitChecks.bits(gpu(s -> biased(s, 3)), TINY, levels), "bits per sample");
    }

    @Test
    void logarithmsOfTheSoftmax() {
        double[] logs =
                LogitChecks.logProbabilities(new float[] {1000, 1000 + (float) Math.log(3)});
        assertThat(Math.exp(logs[0])).isBetween(0.2499, 0.2501);
        assertThat(Math.exp(logs[1])).isBetween(0.7499, 0.7501);
    }

    @Test
    void streams() {
        LevelChecks.streams(gpu(), TINY, List.of(9), 12);
        var corrupt = gpu(s -> s.count() == 9 ? corrupt(s) : s);
        assertFails(
                () -> LevelChecks.streams(corrupt, TINY, List.of(9), 12),
                "tiny, float16: stream 8 of 9");
    }

    @Test
    void structures() {
        assertThat(LevelChecks.structures(gpu(), List.of(TINY), List.of(1), 8, notes::add))
                .isEqualTo("6 layouts agree, 0 are refused");
        var opened = new AtomicInteger();
        var corrupt = gpu(s -> opened.incrementAndGet() == 3 ? corrupt(s) : s);
        assertFails(
                () -> LevelChecks.structures(corrupt, List.of(TINY), List.of(1), 8, notes::add),
                "tiny, float16, GRID of 1");
        driver.set("clusters", 0);
        assertThat(LevelChecks.structures(gpu(), List.of(TINY), List.of(1), 8, notes::add))
                .isEqualTo("4 layouts agree, 2 are refused");
        driver.set("sharedBytesPerBlock", 1000);
        assertFails(
                () -> LevelChecks.structures(gpu(), List.of(TINY), List.of(1), 8, notes::add),
                "tiny, float16: a layout for 1 streams");
    }

    @Test
    void spills() {
        assertThat(ResourceChecks.spills(gpu(), List.of(TINY), List.of(1), notes::add))
                .isEqualTo(
                        "2 kernels that the planner chooses, none of them spills; of 4 others 0"
                                + " spill; 64 registers a thread at most");
        driver.set("localBytes", 16);
        assertFails(
                () -> ResourceChecks.spills(gpu(), List.of(TINY), List.of(1), notes::add),
                ", chosen: 64 registers, 16 bytes of local memory a thread");
    }

    @Test
    void endurance() {
        ResourceChecks.endurance(gpu(), TINY, 3, 10, notes::add);
        assertThat(notes)
                .hasSize(3)
                .allSatisfy(note -> assertThat(note).contains(" 1,023 MiB free"));
        try (var other = driver.open()) {
            var leaking = gpu(s -> after("generate", s, (_, _) -> other.allocate(5 << 20)));
            assertFails(
                    () -> ResourceChecks.endurance(leaking, TINY, 3, 10, notes::add),
                    "in use grew by 10,240 KiB");
        }
    }

    @Test
    void speed() {
        driver.set("clusters", 0);
        var check = new SpeedCheck(gpu(), 0.01, LocalDate.of(2026, 1, 2));
        assertThat(check.run(List.of(TINY), List.of(1), notes::add))
                .startsWith("4 layouts measured; one stream up to ");
        assertThat(notes.getFirst()).contains("Pretend H200").contains("2026-01-02");
        assertThat(notes)
                .anySatisfy(
                        note -> assertThat(note).startsWith("| tiny | float16 | 1 | none | x | "))
                .contains(
                        "| tiny | float32 | 1 | cluster |  | – | the card Pretend H200 launches no"
                                + " clusters |");
    }

    @Test
    void aLaunchThatFailsFailsTheCheck() {
        driver.failNext("cuLaunchKernelEx", 719);
        assertThatThrownBy(
                        () -> LevelChecks.strict(gpu(), List.of(new Trial(TINY, "reference", 5))))
                .isInstanceOf(CudaException.class)
                .hasMessageContaining("CUDA_ERROR_LAUNCH_FAILED");
    }
}
