package wavenet4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.ModelSpec;
import wavenet4j.cuda.CudaToolkit.Usage;
import wavenet4j.cuda.internal.compile.PrecompiledFiles;
import wavenet4j.cuda.internal.plan.Layout;
import wavenet4j.cuda.internal.plan.Planner;

import java.io.IOException;
import java.nio.file.Path;

/// Compiles the present source for the cards of seven generations, none of which need be there.
final class PtxasTest {
    // A block of 512 threads has 128 for each on every card.
    private static final int MOST_REGISTERS = 128;

    @TempDir private static Path folder;

    @BeforeAll
    static void requireToolkit() {
        assumeTrue(CudaToolkit.isPresent(), "there is no nvcc or no ptxas on the path");
    }

    @Test
    void theLargestKernelSpillsNothing() throws IOException {
        spillsNothing("medium", true, 8, Layout.Link.CLUSTER, 2, 90, "90");
    }

    /// @param architecture that the PTX is compiled for
    /// @param cards compute capabilities that it is assembled for
    @Tag("slow")
    @ParameterizedTest(name = "{0}, float32 {1}, {2} columns, {3}, {4} layers: {5} on {6}")
    @CsvSource({
        "medium, false, 1, CLUSTER, 2, 90, 90 100 120",
        "medium, false, 8, CLUSTER, 2, 90, 90",
        "medium, true,  1, CLUSTER, 2, 90, 90",
        "medium, true,  8, CLUSTER, 2, 90, 120",
        "medium, false, 1, GRID,    1, 80, 80 86 89",
        "medium, true,  8, GRID,    1, 80, 80",
        "medium, false, 8, GRID,    1, 75, 75",
        "small,  false, 1, CLUSTER, 4, 90, 90",
        "ibab,   false, 1, NONE,   56, 75, 75",
        "ibab,   true,  8, NONE,   56, 75, 75"
    })
    void spillsNothing(
            String shape,
            boolean strict,
            int columns,
            Layout.Link link,
            int layers,
            int architecture,
            String cards)
            throws IOException {
        var toolkit = new CudaToolkit(folder);
        var layout = Layout.of(spec(shape), columns, strict, link, layers, Planner.THREADS);
        String ptx = toolkit.compile(layout, architecture);
        for (String card : cards.split(" ", -1)) {
            Usage usage = toolkit.assemble(ptx, Integer.parseInt(card));
            assertThat(usage.registers()).as("on %s", card).isBetween(32, MOST_REGISTERS);
            assertThat(usage).as("on %s", card).isEqualTo(new Usage(usage.registers(), 0, 0));
        }
    }

    private static ModelSpec spec(String shape) {
        return switch (shape) {
            case "medium" -> PrecompiledFiles.medium();
            case "small" -> PrecompiledFiles.small();
            case "ibab" -> PrecompiledFiles.ibab();
            default -> throw new IllegalArgumentException(shape);
        };
    }
}
