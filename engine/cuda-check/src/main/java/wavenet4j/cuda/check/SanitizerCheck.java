package wavenet4j.cuda.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Runs this program once more, shortly, under NVIDIA's compute-sanitizer.
///
/// @param sanitizer the program, by name or file
/// @param tool of it, such as `memcheck`
/// @param child the command of the short run
record SanitizerCheck(String sanitizer, String tool, List<String> child) implements Check {
    private static final int FOUND_ERRORS = 9;
    private static final int MOST_LINES = 12;

    @Override
    public String name() {
        return tool;
    }

    @Override
    public String claim() {
        return "compute-sanitizer's %s finds nothing in a short run of every launch structure"
                .formatted(tool);
    }

    @Override
    public CheckResult run(CheckedGpu rig, Consumer<String> notes) {
        var command = new ArrayList<>(List.of(sanitizer, "--tool", tool));
        command.addAll(List.of("--error-exitcode", Integer.toString(FOUND_ERRORS)));
        command.addAll(child);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException _) {
            return new CheckResult.Skipped(
                    "there is no %s on the PATH; it comes with the CUDA toolkit"
                            .formatted(sanitizer));
        }
        List<String> output;
        int exit;
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            output = reader.readAllLines();
            exit = process.waitFor();
        } catch (IOException | InterruptedException e) {
            process.destroy();
            return new CheckResult.Failed("%s was interrupted: %s".formatted(sanitizer, e));
        }
        String summary =
                output.stream()
                        .filter(line -> line.contains("SUMMARY"))
                        .reduce((_, last) -> last)
                        .map(line -> line.replaceFirst("^=+ *", ""))
                        .orElse("no summary");
        if (output.stream().anyMatch(line -> line.contains("Device not supported"))) {
            return new CheckResult.Skipped(
                    "%s does not support this card here".formatted(sanitizer));
        }
        // A sanitizer that never saw the run would have found nothing either.
        boolean ran = output.contains(ShortRun.DONE);
        if (exit == 0 && ran) return new CheckResult.Passed(summary);
        output.stream().limit(MOST_LINES).forEach(notes);
        return new CheckResult.Failed(
                "%s, exit code %d%s"
                        .formatted(summary, exit, ran ? "" : ", the short run did not end"));
    }
}
