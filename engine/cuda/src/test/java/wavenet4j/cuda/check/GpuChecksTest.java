package wavenet4j.cuda.check;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;

import wavenet4j.cuda.check.LevelChecks.Trial;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What the cuda backend promises, checked on the first GPU of the machine.
@OnGpu
@TestMethodOrder(OrderAnnotation.class)
final class GpuChecksTest {
    private static final boolean QUICK = Boolean.getBoolean("gpu.quick");

    private static CheckedGpu gpu;
    private static CheckedNetwork awkward;
    private static CheckedNetwork digits;
    private static CheckedNetwork piano;

    private final TestReporter reporter;
    private final Consumer<String> notes;

    GpuChecksTest(TestReporter reporter) {
        this.reporter = reporter;
        notes = note -> reporter.publishEntry("note", note);
    }

    @BeforeAll
    static void open() throws IOException {
        Path models =
                Path.of(
                        System.getProperty(
                                "gpu.models", "../cli/src/main/resources/wavenet4j/models"));
        gpu = CheckedGpu.first();
        awkward = CheckedNetwork.awkward();
        digits = CheckedNetwork.bundled(models, "digits");
        piano = CheckedNetwork.bundled(models, "piano");
    }

    private void report(String figures) {
        reporter.publishEntry("figures", figures);
    }

    private static List<Trial> trials(int samples) {
        return List.of(
                new Trial(awkward, "reference", samples),
                new Trial(digits, "reference", samples),
                new Trial(piano, "cpu", samples));
    }

    @Test
    @Order(1)
    @DisplayName("no kernel spills registers into local memory")
    void spills() {
        var networks = List.of(awkward, digits, piano);
        report(ResourceChecks.spills(gpu, networks, List.of(1, 8), notes));
    }

    @Test
    @Order(2)
    @DisplayName(
            "a network generates the same levels in every layout that it fits, and is refused by"
                    + " the others with the reason")
    void structures() {
        var networks = List.of(awkward, digits, piano);
        int samples = QUICK ? 200 : 2_000;
        report(LevelChecks.structures(gpu, networks, List.of(1, 9), samples, notes));
    }

    @Test
    @Order(3)
    @DisplayName("in float32 the levels are those of the backend reference (or cpu, where named)")
    void strict() {
        report(LevelChecks.strict(gpu, trials(QUICK ? 2_000 : 20_000)));
    }

    @Test
    @Order(4)
    @DisplayName(
            "in float16 the logits lie within 0.01 of the largest, and 0.001 nats on average, of"
                    + " the reference's on the same rounded weights and history")
    void forced() {
        report(LogitChecks.forced(gpu, trials(QUICK ? 500 : 4_000)));
    }

    @Test
    @Order(5)
    @DisplayName(
            "bits per sample in float16 differ by at most 0.002 from the cpu backend's in float32")
    void bits() throws IOException {
        int samples = (QUICK ? 1 : 4) * piano.spec().sampleRate();
        String recording = System.getProperty("gpu.recording");
        int[] levels =
                recording == null
                        ? LogitChecks.take(piano, samples)
                        : LogitChecks.recording(Path.of(recording), piano.spec(), samples);
        report(LogitChecks.bits(gpu, piano, levels));
    }

    @Test
    @Order(6)
    @DisplayName("streams generated together equal, to the bit, each generated alone")
    void streams() {
        report(LevelChecks.streams(gpu, digits, List.of(8, 19, 130), QUICK ? 100 : 400));
    }

    @Test
    @Order(7)
    @DisplayName("compute-sanitizer's memcheck finds nothing in a short run of every layout")
    void memcheck() throws IOException, InterruptedException {
        report(new SanitizerCheck("compute-sanitizer", SanitizerCheck.self()).run("memcheck"));
    }

    @Test
    @Order(8)
    @DisplayName("compute-sanitizer's racecheck finds nothing in a short run of every layout")
    void racecheck() throws IOException, InterruptedException {
        report(new SanitizerCheck("compute-sanitizer", SanitizerCheck.self()).run("racecheck"));
    }

    @Test
    @Order(9)
    @DisplayName("a table of speeds; no figure is required, but every layout must run")
    void speed() {
        var networks = new ArrayList<>(CheckedNetwork.references());
        networks.add(piano);
        var check = new SpeedCheck(gpu, QUICK ? 0.2 : 1, LocalDate.now(ZoneOffset.UTC));
        report(check.run(networks, List.of(1, 16, 128, 1024), notes));
    }

    @Test
    @Order(10)
    @DisplayName("a long take needs no more memory at its end than at its beginning")
    void endurance() {
        int samples = (QUICK ? 2 : 60) * piano.spec().sampleRate();
        report(ResourceChecks.endurance(gpu, piano, 10, samples, notes));
    }

    @Test
    @Order(11)
    @DisplayName(
            "a table of the latencies that the kernel's design assumes, where NVRTC is installed")
    void latencies() {
        report(new Latencies(Latencies.byNvrtc(System.getenv())).run(gpu, notes));
    }

    /// The run under compute-sanitizer, which is some hundred times slower.
    @Test
    void sanitized() {
        report(
                LevelChecks.structures(
                        gpu, List.of(CheckedNetwork.small()), List.of(1, 9), 12, notes));
    }
}
