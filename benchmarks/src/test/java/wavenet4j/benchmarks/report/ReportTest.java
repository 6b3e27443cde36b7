package wavenet4j.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.benchmarks.MemoryLevel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

class ReportTest {
    private static final Run RUN =
            new Run(
                    "2026-01-31 14:05 UTC",
                    "abc",
                    new Machine("a processor", 2, "L1 48 kB", 24, "a system", "a JVM", 0.25),
                    MeasurementsForTests.all());

    @Test
    void comparesProgramsWithTheBestRival() {
        assertThat(LoopTable.of(Program.among(RUN.results())).lines())
                .containsExactly(
                        "| program | small | medium | ibab | times the best rival |"
                                + " heap bytes a sample |",
                        "|---|--:|--:|--:|--:|--:|",
                        "| WaveNet4J, cpu, bfloat16, 2 threads | 50,000 ± 4 % | 25,000 ± 4 % | |"
                                + " 5 / 6.25 / – | 0 |",
                        "| ONNX Runtime, a tick as a tuned graph, 1 thread | 10,000 ± 4 % |"
                                + " 4,000 ± 4 % | | 1 / 1 / – | 0 |",
                        "| DJL NDArrays, whole receptive field for each sample, 2 threads | 80 ± 4"
                                + " % | | | 0.01 / – / – | 0 |");
    }

    @Test
    void showsKernelsAsSharesOfThePeak() {
        assumeThat(MemoryLevel.L1.size()).as("the size of the cache").isGreaterThan(16_000);
        assertThat(PieceTable.of(RUN.results()))
                .contains("| multiply-adds of float32 in registers | 80 G |")
                .contains("| reading L1 cache | 200 GB |")
                .contains(
                        "| product, output | medium | bfloat16 | 0.2 | 40 | 50 % |"
                                + " 16 kB, L1 | 80 | 40 % |")
                .contains("| gate | medium |  | 0.5 | 20 | 25 % |  |  |  |");
    }

    @Test
    void showsUnknownBenchmarksByClassAndMethod() {
        var cpu = RUN.results().get(3);
        var streams = new Measurement("SampleLoop.new", cpu.parameters(), 1, null, cpu.besides());
        assertThat(LoopTable.of(Program.among(List.of(streams))))
                .contains("| SampleLoop.new, bfloat16, 2 threads | 1 |");
    }

    @Test
    void writesMachineAndPlot(@TempDir Path folder) throws IOException {
        new Report(RUN, true).write(folder);
        assertThat(folder.resolve("RESULTS.md"))
                .content()
                .contains("A quick run")
                .contains("| processor | a processor, 2 cores |")
                .contains("](results.png)");
        var plot = ImageIO.read(folder.resolve("results.png").toFile());
        assertThat(plot.getWidth()).isGreaterThan(plot.getHeight());
        new Report(RUN, false).write(folder);
        assertThat(folder.resolve("RESULTS.md")).content().doesNotContain("quick");
    }

    @Test
    void appendsOneLineForEachRun(@TempDir Path folder) throws IOException {
        Path history = folder.resolve("perf-history.jsonl");
        RUN.appendTo(history);
        RUN.appendTo(history);
        List<String> lines = Files.readAllLines(history);
        assertThat(lines).hasSize(2).element(1).isEqualTo(lines.getFirst());
        var run = JsonParser.parseString(lines.getFirst()).getAsJsonObject();
        assertThat(run.get("commit").getAsString()).isEqualTo("abc");
        assertThat(run.get("machine").getAsJsonObject().get("cores").getAsInt()).isEqualTo(2);
        var result = run.get("results").getAsJsonArray().get(3).getAsJsonObject();
        assertThat(result.get("benchmark").getAsString()).isEqualTo("SampleLoop.cpu");
        assertThat(result.get("score").getAsDouble()).isEqualTo(50_000);
    }
}
