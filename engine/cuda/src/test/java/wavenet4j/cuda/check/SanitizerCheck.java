package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A short run in a process of its own under NVIDIA's compute-sanitizer.
///
/// @param sanitizer the program, by name or file
/// @param child the command of the short run, which prints [#DONE]
record SanitizerCheck(String sanitizer, List<String> child) {
    /// What [GpuCheck] prints when [GpuChecksTest#sanitized] passed.
    static final String DONE = "ok      sanitized";

    private static final int FOUND_ERRORS = 9;

    /// The command of this process, with the short run as its argument.
    static List<String> self() {
        var runtime = ManagementFactory.getRuntimeMXBean();
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(runtime.getInputArguments());
        command.addAll(
                List.of("-cp", runtime.getClassPath(), GpuCheck.class.getName(), "sanitized"));
        return command;
    }

    /// Fails when the sanitizer finds something; aborts where there is none for this GPU.
    ///
    /// @param tool such as `memcheck`
    /// @return its summary
    String run(String tool) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(sanitizer, "--tool", tool));
        command.addAll(List.of("--error-exitcode", Integer.toString(FOUND_ERRORS)));
        command.addAll(child);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException _) {
            return abort("there is no %s; it is part of the CUDA toolkit".formatted(sanitizer));
        }
        String output;
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            output = reader.readAllAsString();
        }
        int exit = process.waitFor();
        if (output.contains("Device not supported")) {
            return abort("%s does not support this GPU".formatted(sanitizer));
        }
        assertThat(exit).as("the exit code of %s, which printed: %s", tool, output).isZero();
        // A sanitizer that never saw the run finds nothing either.
        assertThat(output).contains(DONE);
        return output.lines()
                .filter(line -> line.contains("SUMMARY"))
                .reduce((_, last) -> last)
                .map(line -> line.replaceFirst("^=+ *", ""))
                .orElse("no summary");
    }
}
