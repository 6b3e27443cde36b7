package wavenet4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The machine's C and C++ compilers, for tests.
///
/// @param folder where libraries are put, one under its own name for each
public record NativeCompiler(Path folder) {
    /// Compiles a shared library; skips the test on a machine without a compiler.
    ///
    /// @param source `*.c` (C11) or `*.cpp` (C++17), from the module's folder
    public Path library(Path source, List<String> options)
            throws IOException, InterruptedException {
        boolean c = source.toString().endsWith(".c");
        Path library = Files.createTempFile(folder, source.getFileName() + "-", ".so");
        var command = new ArrayList<>(List.of(c ? "cc" : "c++", c ? "-std=c11" : "-std=c++17"));
        command.addAll(List.of("-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror"));
        command.addAll(options);
        command.addAll(List.of(source.toString(), "-o", library.toString(), "-ldl"));
        Process compiling;
        try {
            compiling = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return abort("this machine has no compiler %s".formatted(command.getFirst()));
        }
        try (var output = compiling.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readAllAsString()).as("%s", command).isEmpty();
        }
        assertThat(compiling.waitFor()).as("%s", command).isZero();
        return library;
    }
}
