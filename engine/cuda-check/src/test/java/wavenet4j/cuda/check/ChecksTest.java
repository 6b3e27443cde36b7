package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.Streams;
import wavenet4j.cuda.EmulatedKernels;
import wavenet4j.cuda.check.CheckResult.Failed;
import wavenet4j.cuda.check.CheckResult.Passed;
import wavenet4j.cuda.internal.driver.StubDriver;
import wavenet4j.testing.TestModels;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// Each check passes on the emulated card, and fails where the card does wrong.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChecksTest {
    private static final int THREADS = 128; // as the emulated card's own tests, to share kernels

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

    private CheckedGpu rig() {
        return rig(CheckedGpu.AS_USERS);
    }

    private CheckedGpu rig(CheckedGpu.Opening opening) {
        try (var gpu = driver.open()) {
            return new CheckedGpu(
                    gpu.properties(), driver.file(), new EmulatedKernels(), THREADS, opening);
        }
    }

    private CheckedGpu meddled(UnaryOperator<Streams> meddling) {
        return rig((backend, model, precision, count) ->
                meddling.apply(CheckedGpu.AS_USERS.open(backend, model, precision, count)));
    }

    private Passed passed(Check check, CheckedGpu rig) {
        CheckResult outcome = check.run(rig, notes::add);
        assertThat(outcome).isInstanceOf(Passed.class);
        return (Passed) outcome;
    }

    private Failed failed(Check check, CheckedGpu rig) {
        CheckResult outcome = check.run(rig, notes::add);
        assertThat(outcome).isInstanceOf(Failed.class);
        return (Failed) outcome;
    }

    @Test
    void strict() {
        var check =
                new StrictCheck(
                        List.of(new Trial(TINY, "reference", 60), new Trial(TINY, "cpu", 60)));
        assertThat(passed(check, rig()).numbers())
                .isEqualTo(
                        "tiny: 60 samples as the backend reference, tiny: 60 samples as the backend"
                                + " cpu");
        assertThat(failed(check, meddled(MeddledStreams::corrupt)).numbers())
                .startsWith("tiny: sample 59 is level ")
                .contains(", and the backend reference draws ");
    }

    @Test
    void forced() {
        var check = new ForcedCheck(List.of(new Trial(TINY, "reference", 40)));
        assertThat(passed(check, rig()).numbers()).startsWith("tiny beside the backend reference");
        failed(check, meddled(streams -> MeddledStreams.biased(streams, 0.5f)));
        failed(check, meddled(streams -> MeddledStreams.biased(streams, Float.NaN)));
    }

    @Test
    void bits() {
        var drawn = new BitsCheck(TINY, new BitsCheck.Audio.Drawn(60));
        assertThat(passed(drawn, rig()).numbers()).startsWith("tiny, 60 samples of a take: ");
        failed(drawn, meddled(streams -> MeddledStreams.biased(streams, 3)));
        int[] levels = TestModels.levels(TINY.spec(), 20, 1);
        var recorded = new BitsCheck(TINY, new BitsCheck.Audio.Recorded("a.wav", levels));
        assertThat(passed(recorded, rig()).numbers()).startsWith("tiny, 20 samples of a.wav: ");
    }

    @Test
    void streams() {
        var check = new StreamsCheck(TINY, List.of(9), 12);
        passed(check, rig());
        var corrupt = meddled(s -> s.count() == 9 ? MeddledStreams.corrupt(s) : s);
        // The first of its two calls draws four samples.
        assertThat(failed(check, corrupt).numbers())
                .isEqualTo(
                        "tiny, float16: stream 8 of 9 parts from what it says alone at sample 3");
    }

    @Test
    void structures() {
        var check = new StructuresCheck(List.of(TINY), List.of(1), 8);
        assertThat(passed(check, rig()).numbers()).isEqualTo("6 layouts agree, 0 are refused");
        assertThat(notes)
                .anySatisfy(note ->
                        assertThat(note).startsWith("tiny, float32, CLUSTER of 1: a cluster"));
        var opened = new AtomicInteger();
        var corrupt = meddled(s -> opened.incrementAndGet() == 3 ? MeddledStreams.corrupt(s) : s);
        assertThat(failed(check, corrupt).numbers())
                .isEqualTo(
                        "tiny, float16, GRID of 1 says something else than the structures before"
                                + " it");

        notes.clear();
        driver.set("clusters", 0);
        assertThat(passed(check, rig()).numbers()).isEqualTo("4 layouts agree, 2 are refused");
        assertThat(notes)
                .contains(
                        "tiny, float16, CLUSTER of 1 is refused: the card Pretend H200 launches no"
                                + " clusters; that takes one of compute capability 9.0 or newer");
    }

    @Test
    void aNetworkThatNoStructureTakesFails() {
        var check = new StructuresCheck(List.of(TINY), List.of(1), 8);
        driver.set("sharedBytesPerBlock", 1000);
        assertThat(failed(check, rig()).numbers())
                .isEqualTo("tiny, float16: no launch structure takes 1 streams");
    }

    @Test
    void spills() {
        var check = new SpillsCheck(List.of(TINY), List.of(1));
        assertThat(passed(check, rig()).numbers())
                .isEqualTo("6 kernels, 0 of them spill, 64 registers a thread at most");
        driver.set("localBytes", 16);
        assertThat(failed(check, rig()).numbers()).startsWith("6 kernels, 6 of them spill");
        assertThat(notes).anySatisfy(note -> assertThat(note).contains("16 bytes of local memory"));
    }

    @Test
    void endurance() {
        var check = new EnduranceCheck(TINY, 3, 10);
        passed(check, rig());
        assertThat(notes)
                .hasSize(3)
                .allSatisfy(note -> assertThat(note).contains(" 1,023 MiB free"));
        try (var gpu = driver.open()) {
            var leaking =
                    meddled(s ->
                            new MeddledStreams(s) {
                                @Override
                                public void generate(int[][] levels, int from, int to) {
                                    super.generate(levels, from, to);
                                    gpu.allocate(5 << 20);
                                }
                            });
            assertThat(failed(check, leaking).numbers()).contains("in use grew by 10,240 KiB");
        }
    }

    @Test
    void speed() {
        var date = LocalDate.of(2026, 1, 2);
        var check = new SpeedCheck(List.of(TINY), List.of(1), 0.01, date);
        driver.set("clusters", 0);
        assertThat(passed(check, rig()).numbers())
                .startsWith("4 layouts measured; one stream up to ");
        assertThat(notes.getFirst()).contains("Pretend H200").contains("2026-01-02");
        assertThat(notes)
                .anySatisfy(
                        note -> assertThat(note).startsWith("| tiny | float16 | 1 | none | x | "))
                .anySatisfy(note ->
                        assertThat(note)
                                .isEqualTo(
                                        "| tiny | float32 | 1 | cluster |  | – | the card Pretend"
                                                + " H200 launches no clusters |"));
    }

    @Test
    void whatACheckThrowsIsAFailureAndTheOthersGoOn() {
        var lines = new ArrayList<String>();
        var strict = new StrictCheck(List.of(new Trial(TINY, "reference", 5)));
        driver.failNext("cuLaunchKernelEx", 719);
        assertThat(new Checks(List.of(strict, strict)).run(rig(), lines::add)).isFalse();
        assertThat(lines.getFirst())
                .startsWith("FAILED  strict: ")
                .contains("CUDA_ERROR_LAUNCH_FAILED");
        assertThat(lines.get(1)).startsWith("ok      strict: tiny: 5 samples");
        assertThat(lines.getLast()).isEqualTo("1 ok, 1 failed, 0 skipped");
        assertThat(new Checks(List.of(strict)).run(rig(), lines::add)).isTrue();
    }
}
