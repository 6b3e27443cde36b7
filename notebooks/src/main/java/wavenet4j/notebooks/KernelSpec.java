package wavenet4j.notebooks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import wavenet4j.file.AtomicFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How Jupyter starts the kernel: rapaio-jupyter-kernel with this project on its class path, so
/// that notebooks begin with their imports.
///
/// @param argv the command; `{connection_file}` stands for the file that Jupyter names
/// @param env what is added to the environment
public record KernelSpec(List<String> argv, Map<String, String> env) {
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /// What the notebooks call the kernel; it is to be installed under that name.
    static final String NAME = "wavenet4j";

    /// The kernel on this process's own Java and class path.
    ///
    /// @param flags of its JVM, apart from the class path
    static KernelSpec ofThisProcess(List<String> flags) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var argv =
                Stream.of(
                                Stream.of(java.toString()),
                                flags.stream(),
                                Stream.of(
                                        "-Djava.awt.headless=true",
                                        "-Dai.djl.offline=true",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        KernelMain.class.getName(),
                                        "{connection_file}"))
                        .flatMap(part -> part);
        // PyTorch's threads wait without spinning, and DJL does not call home.
        return new KernelSpec(
                argv.toList(), Map.of("OMP_WAIT_POLICY", "PASSIVE", "OPT_OUT_TRACKING", "true"));
    }

    /// As `kernel.json`.
    String toJson() {
        return JSON.toJson(
                Map.of(
                        "display_name",
                        "Java (WaveNet4J)",
                        "language",
                        "java",
                        "interrupt_mode",
                        "message",
                        "argv",
                        argv,
                        "env",
                        env));
    }

    /// Writes it.
    ///
    /// @param args the file, and the flags of the kernel's JVM in one argument
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        String json = ofThisProcess(List.of(args[1].split(" "))).toJson();
        AtomicFile.write(file, out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
    }
}
