package wavenet4j.benchmarks.report;

import wavenet4j.file.AtomicFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The Markdown report of a run.
///
/// @param run the measurements
/// @param quick whether there were few iterations
record Report(Run run, boolean quick) {
    private static final String PLOT = "results.png";

    /// Writes `RESULTS.md` and its plot.
    public void write(Path folder) throws IOException {
        Chart.write(Program.among(run.results()), folder.resolve(PLOT));
        String text = markdown();
        AtomicFile.write(
                folder.resolve("RESULTS.md"),
                out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String markdown() {
        Machine machine = run.machine();
        List<Program> programs = Program.among(run.results());
        return """
        # Benchmark results

        Written by `java -jar benchmarks/target/benchmarks.jar%s`. %s

        | | |
        |---|---|
        | date | %s |
        | commit | %s |
        | processor | %s, %d cores |
        | caches of a core | %s |
        | memory | %d GB |
        | system | %s |
        | Java | %s |
        | load before the run | %s cores |

        ## The sample loop

        Samples a second of one stream, or of all streams at once, sampling included, on networks with random weights: small (R = G = 32,
        S = 128, A = 256, 20 layers), medium (R = G = 64, S = A = 256, 20 layers) and ibab (R = G = 32,
        S = A = 512, 50 layers), 256 levels, kernel size 2. The rivals compute in float32, with as many
        threads within an operator as stated; a test proves that they compute the same as the reference.
        Their memory outside the Java heap is not counted.

        %s
        ![Samples a second by program and network](%s)

        ## The kernels of a tick

        All calls that one tick makes, on one thread, with separate weights for each layer. The products of
        the older taps, computed for eight ticks at once, are not included.

        %s\
        """
                .formatted(
                        quick ? " --quick" : "",
                        quick
                                ? "**A quick run with few iterations: the errors are large.**"
                                : "The errors are half of 99.9 % confidence intervals.",
                        run.date(),
                        run.commit(),
                        machine.processor(),
                        machine.cores(),
                        machine.caches(),
                        machine.memory(),
                        machine.system(),
                        machine.jvm(),
                        machine.load() < 0 ? "unknown" : "%.2f".formatted(machine.load()),
                        LoopTable.of(programs),
                        PLOT,
                        PieceTable.of(run.results()));
    }
}
