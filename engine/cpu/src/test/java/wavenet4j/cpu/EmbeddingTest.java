package wavenet4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.Model;
import wavenet4j.spec.Labels;
import wavenet4j.testing.Channels;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// What embedding takes: a process that has core, cpu and their own dependencies on its class path
/// and nothing else makes the same sound, and opens no socket.
@Timeout(120)
final class EmbeddingTest {
    /// No class of the JDK opens a connection without one of these.
    private static final List<String> SOCKETS =
            List.of(
                    "java.net.Socket ",
                    "java.net.ServerSocket ",
                    "java.net.DatagramSocket ",
                    "sun.nio.ch.Net ",
                    "sun.nio.ch.SocketChannelImpl ",
                    "sun.nio.ch.NioSocketImpl ");

    private static final List<String> VECTORS = List.of("--add-modules=jdk.incubator.vector");

    @TempDir Path folder;
    private Path model = Path.of("");

    /// The program's output, and the log of every class that its JVM loaded.
    private record Ran(String output, String classes) {}

    @BeforeEach
    void writeModel() throws IOException {
        model = folder.resolve("tiny.safetensors");
        var spec = Networks.spec(256, new Channels(8, 8, 16, 16), 2, List.of(1, 2), Labels.NONE);
        Model.initial(spec, 1).save(model);
    }

    @Test
    void needsNoPyTorchAndNoNetwork() throws IOException, InterruptedException, URISyntaxException {
        Ran ran = run(VECTORS, model.toString());
        assertThat(ran.output()).isEqualTo(EmbeddedProgram.sound(model) + "\n");
        assertThat(ran.classes())
                .contains("wavenet4j.cpu.CpuNetwork ")
                .doesNotContain("ai.djl")
                .doesNotContain("wavenet4j.audio.", "wavenet4j.train.", "be.tarsos")
                .doesNotContain(SOCKETS);
    }

    @Test
    void makesTheSameSoundWithoutTheVectorModule()
            throws IOException, InterruptedException, URISyntaxException {
        Ran ran = run(List.of(), model.toString());
        assertThat(ran.output()).isEqualTo(EmbeddedProgram.sound(model) + "\n");
        assertThat(ran.classes())
                .contains("wavenet4j.cpu.internal.kernels.ScalarProduct ")
                .doesNotContain("jdk.incubator.vector");
    }

    @Test
    void aSocketWouldBeNoticed() throws IOException, InterruptedException, URISyntaxException {
        assertThat(run(VECTORS, model.toString(), "socket").classes())
                .contains("java.net.ServerSocket ", "sun.nio.ch.Net ");
    }

    private Ran run(List<String> flags, String... args)
            throws IOException, InterruptedException, URISyntaxException {
        Path log = folder.resolve("classes.log");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-Xlog:class+load:file=" + log);
        command.addAll(List.of("-cp", classPath(), EmbeddedProgram.class.getName()));
        command.addAll(List.of(args));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var output = process.inputReader()) {
            String text = output.lines().collect(Collectors.joining("\n", "", "\n"));
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            return new Ran(text, Files.readString(log));
        } finally {
            process.destroyForcibly();
        }
    }

    /// Core, cpu, what they depend on, and the program's one class.
    private String classPath() throws IOException, URISyntaxException {
        var entries = new ArrayList<String>();
        for (Class<?> of : List.of(Model.class, CpuBackend.class, Gson.class, NullMarked.class)) {
            var source = of.getProtectionDomain().getCodeSource().getLocation();
            entries.add(Path.of(source.toURI()).toString());
        }
        String name = EmbeddedProgram.class.getName().replace('.', '/') + ".class";
        Path program = folder.resolve("program").resolve(name);
        Files.createDirectories(program.getParent());
        try (InputStream bytes = EmbeddedProgram.class.getResourceAsStream("/" + name)) {
            Files.write(program, bytes.readAllBytes());
        }
        entries.add(folder.resolve("program").toString());
        return String.join(File.pathSeparator, entries);
    }
}
