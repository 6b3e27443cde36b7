package wavenet4j.cuda.internal.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.cuda.internal.driver.CudaException;
import wavenet4j.cuda.internal.driver.StubLibrary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class PtxCacheTest {
    private static final List<String> OPTIONS = List.of("-DR=64");

    @TempDir private Path folder;
    private StubLibrary stub;
    private Nvrtc nvrtc;
    private PtxCache cache;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        stub = NvrtcTest.compile(folder);
        nvrtc = NvrtcTest.found(Nvrtc.find(stub.file(), Map.of()));
        cache = new PtxCache(folder.resolve("caches/ptx"));
    }

    @AfterEach
    void close() {
        nvrtc.close();
    }

    private Path onlyFile() throws IOException {
        try (var files = Files.list(cache.folder())) {
            var all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    private void assertCompilations(int count) {
        assertThat(stub.number("compilations")).isEqualTo(count);
    }

    @Test
    void compilesOnce() {
        byte[] ptx = cache.compile(nvrtc, "int x;", Map.of(), OPTIONS);
        assertThat(ptx).isEqualTo(nvrtc.compile("int x;", Map.of(), OPTIONS));
        assertCompilations(2);
        assertThat(cache.compile(nvrtc, "int x;", Map.of(), OPTIONS)).isEqualTo(ptx);
        var later = new PtxCache(cache.folder());
        assertThat(later.compile(nvrtc, "int x;", Map.of(), OPTIONS)).isEqualTo(ptx);
        assertCompilations(2);
    }

    @Test
    void takesNothingForTheSameThatIsNot() {
        record Program(String source, Map<String, String> headers, List<String> options) {}
        var programs =
                List.of(
                        new Program("ab", Map.of(), List.of()),
                        new Program("a", Map.of(), List.of("b")),
                        new Program("a", Map.of(), List.of("b", "c")),
                        new Program("a", Map.of(), List.of("c", "b")),
                        new Program("a", Map.of(), List.of("bc")),
                        new Program("a", Map.of("b", "c"), List.of()),
                        new Program("a", Map.of("bc", ""), List.of()),
                        new Program("a", Map.of("", "bc"), List.of()));
        var results = new HashSet<String>();
        for (int round = 0; round < 2; round++) {
            for (var program : programs) {
                byte[] ptx = cache.compile(nvrtc, program.source, program.headers, program.options);
                results.add(new String(ptx, StandardCharsets.UTF_8));
            }
            assertThat(results).hasSameSizeAs(programs);
            assertCompilations(programs.size());
        }
    }

    @Test
    void theOrderOfHeadersIsNoDifference() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("b", "2");
        headers.put("a", "1");
        cache.compile(nvrtc, "x", headers, OPTIONS);
        cache.compile(nvrtc, "x", Map.of("a", "1", "b", "2"), OPTIONS);
        assertCompilations(1);
    }

    @Test
    void aDamagedFileIsMadeAnew() throws IOException {
        byte[] ptx = cache.compile(nvrtc, "x", Map.of(), OPTIONS);
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        int compilations = 1;
        for (int length : new int[] {0, 10, whole.length - ptx.length, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(cache.compile(nvrtc, "x", Map.of(), OPTIONS)).isEqualTo(ptx);
            assertCompilations(++compilations);
            assertThat(file).hasBinaryContent(whole);
        }
        for (int at : new int[] {0, 40, whole.length - 1}) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(file, damaged);
            assertThat(cache.compile(nvrtc, "x", Map.of(), OPTIONS)).isEqualTo(ptx);
            assertCompilations(++compilations);
        }
        assertThat(cache.compile(nvrtc, "x", Map.of(), OPTIONS)).isEqualTo(ptx);
        assertCompilations(compilations);
    }

    @Test
    void aFolderThatCannotBeOnlyCostsTheKeeping() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        var impossible = new PtxCache(file.resolve("ptx"));
        assertThat(impossible.compile(nvrtc, "x", Map.of(), OPTIONS))
                .isEqualTo(impossible.compile(nvrtc, "x", Map.of(), OPTIONS))
                .isNotEmpty();
        assertCompilations(2);
    }

    @Test
    void anErrorIsNotKept() {
        for (int i = 1; i <= 2; i++) {
            assertThatExceptionOfType(CudaException.class)
                    .isThrownBy(() -> cache.compile(nvrtc, "#error", Map.of(), OPTIONS));
            assertCompilations(i);
        }
        assertThat(cache.folder()).doesNotExist();
    }
}
