package wavenet4j.cuda.internal.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.cuda.internal.plan.Planner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Without a compiler: what is there is what the present source and planner ask for.
final class PrecompiledKernelsTest {
    // In a jar that audio tools embed.
    private static final long MOST_BYTES = 1_500_000;

    @Test
    void thereIsOneForEachLayoutAndNoOther() throws IOException {
        var wanted = PrecompiledFiles.all().stream().map(PrecompiledFiles::name).toList();
        assertThat(wanted).hasSizeGreaterThan(20);
        try (Stream<Path> files = Files.list(PrecompiledFiles.FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("call mvn -Pmake-ptx, as engine/cuda/pom.xml says")
                    .containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    @Test
    void noneIsStale() throws IOException {
        for (PrecompiledFiles kernel : PrecompiledFiles.all()) {
            var found = PrecompiledKernels.find(kernel.layout(), kernel.architecture());
            assertThat(found)
                    .as("%s: call mvn -Pmake-ptx, as engine/cuda/pom.xml says", kernel.name())
                    .isPresent();
            assertThat(new String(found.get(), StandardCharsets.US_ASCII))
                    .contains("\n.target sm_" + kernel.architecture() + "\n")
                    .contains(".entry " + KernelSource.FUNCTION + "(")
                    .doesNotContain("used_bytes_mask");
        }
    }

    @Test
    void theyAreFewBytes() throws IOException {
        try (Stream<Path> files = Files.list(PrecompiledFiles.FOLDER)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum())
                    .isLessThan(MOST_BYTES);
        }
    }

    @Test
    void aKernelOfOtherThanThePresentSourceIsNone() throws IOException {
        var kernel = PrecompiledFiles.all().getFirst();
        byte[] file = Files.readAllBytes(PrecompiledFiles.FOLDER.resolve(kernel.name()));
        String header = PrecompiledKernels.header(kernel.layout(), kernel.architecture());
        assertThat(PrecompiledKernels.unpack(file, header)).isPresent();
        String stale = header.replaceFirst("[0-9a-f]{8}\n", "01234567\n");
        assertThat(PrecompiledKernels.unpack(file, stale)).isEmpty();
    }

    @Test
    void aLayoutOfItsOwnHasNone() throws IOException {
        var kernel = PrecompiledFiles.all().getFirst();
        var own = new Planner(PrecompiledFiles.CARDS.getFirst(), 96);
        var plan = NvrtcTest.found(own.plan(PrecompiledFiles.medium(), false, 1));
        assertThat(PrecompiledKernels.find(plan.layout(), kernel.architecture())).isEmpty();
    }
}
