package wavenet4j.cuda;

import wavenet4j.cuda.internal.compile.KernelSource;
import wavenet4j.cuda.internal.compile.Ptx;
import wavenet4j.cuda.internal.plan.Layout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// NVIDIA's compilers as commands, on machines that have them; no card is needed.
///
/// @param folder for what they read and write
record CudaToolkit(Path folder) {
    private static final Pattern USAGE =
            Pattern.compile(
                    "(\\d+) bytes spill stores, (\\d+) bytes spill loads.*Used (\\d+) registers",
                    Pattern.DOTALL);

    /// What a thread of a kernel takes.
    record Usage(int registers, int spillStores, int spillLoads) {}

    /// Whether both are on the path.
    static boolean isPresent() {
        try {
            run(List.of("nvcc", "--version"));
            run(List.of("ptxas", "--version"));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// The kernel as PTX, for old drivers, without the comments: these name the compiler.
    String compile(Layout layout, int architecture) throws IOException {
        String name = layout.name() + "-sm" + architecture;
        Path own = Files.createDirectories(folder.resolve(name));
        Path source = Files.writeString(own.resolve("kernel.cu"), KernelSource.main());
        for (var header : KernelSource.headers().entrySet()) {
            Files.writeString(own.resolve(header.getKey()), header.getValue());
        }
        Path ptx = own.resolve("kernel.ptx");
        var command = new ArrayList<>(List.of("nvcc", "--ptx", "-I" + own));
        command.addAll(KernelSource.options(layout, architecture));
        command.addAll(List.of(source.toString(), "-o", ptx.toString()));
        run(command);
        String text = Files.readString(ptx);
        String bare =
                text.lines()
                        .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("//"))
                        .collect(Collectors.joining("\n", "", "\n"));
        return Ptx.forOldDrivers(bare);
    }

    /// Assembles PTX for cards of that compute capability.
    Usage assemble(String ptx, int computeCapability) throws IOException {
        Path file = Files.createTempFile(folder, "kernel-", ".ptx");
        Files.writeString(file, ptx);
        String said =
                run(
                        List.of(
                                "ptxas",
                                "--verbose",
                                "--gpu-name=sm_" + computeCapability,
                                file.toString(),
                                "--output-file=" + file + ".cubin"));
        Matcher usage = USAGE.matcher(said);
        if (!usage.find()) throw new AssertionError("ptxas says no usage: " + said);
        return new Usage(number(usage, 3), number(usage, 1), number(usage, 2));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /// Runs a command to its end and answers what it says.
    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said;
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            said = output.readAllAsString();
        }
        try {
            int status = process.waitFor();
            if (status != 0)
                throw new AssertionError("%s: %d, %s".formatted(command, status, said));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return said;
    }
}
