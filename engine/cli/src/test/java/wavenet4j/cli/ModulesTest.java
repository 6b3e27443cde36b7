package wavenet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.Model;
import wavenet4j.audio.Clip;
import wavenet4j.cpu.CpuBackend;
import wavenet4j.cuda.CudaBackend;
import wavenet4j.nd4j.Nd4jBackend;
import wavenet4j.train.config.TrainConfig;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

import javax.tools.ToolProvider;

/// The jars of the library as Java modules: their names are fixed, no package is in two of them,
/// and a program with a module descriptor of its own finds its backend.
final class ModulesTest {
    private static final Map<String, Class<?>> MODULES =
            Map.of(
                    "wavenet4j.core", Model.class,
                    "wavenet4j.cpu", CpuBackend.class,
                    "wavenet4j.cuda", CudaBackend.class,
                    "wavenet4j.nd4j", Nd4jBackend.class,
                    "wavenet4j.audio", Clip.class,
                    "wavenet4j.train", TrainConfig.class);

    private static final Pattern NAME = Pattern.compile("<module.name>([\\w.]+)</module.name>");

    private static final String PROGRAM =
            """
            package my.program;
            import wavenet4j.Model;
            import wavenet4j.backend.Backends;
            import java.nio.file.Path;
            class Main {
                public static void main(String[] args) throws Exception {
                    var model = Model.load(Path.of(args[0]));
                    var backend = Backends.fastest(model.spec()).backend();
                    try (var generator = backend.open(model, model.precision(), 1)) {
                        generator.generate(new float[10], 0, 10);
                    }
                    System.out.print(backend + " in " + backend.getClass().getModule());
                }
            }
            """;

    @TempDir Path folder;

    @Test
    void namesAreFixedAndPackagesWhole() throws IOException, URISyntaxException {
        var packages = new HashSet<String>();
        for (var module : MODULES.entrySet()) {
            var found = ModuleFinder.of(jar(module.getValue())).findAll();
            assertThat(found).hasSize(1);
            var descriptor = found.iterator().next().descriptor();
            assertThat(descriptor.name()).isEqualTo(module.getKey());
            assertThat(descriptor.packages())
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(packages.add(name)).as(name).isTrue());
        }
    }

    @Test
    void aProgramThatIsAModuleFindsItsBackend()
            throws IOException, InterruptedException, URISyntaxException {
        var jars = new ArrayList<String>();
        for (Class<?> of : List.of(Model.class, CpuBackend.class, Gson.class, NullMarked.class)) {
            jars.add(jar(of).toString());
        }
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(
                source.resolve("module-info.java"),
                "module my.program { requires wavenet4j.core; }");
        Files.writeString(source.resolve("Main.java"), PROGRAM);
        String path = String.join(File.pathSeparator, jars);
        Path classes = folder.resolve("classes");
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-p",
                                path,
                                "-d",
                                classes.toString(),
                                source.resolve("module-info.java").toString(),
                                source.resolve("Main.java").toString());
        assertThat(failed).isZero();
        Path model = folder.resolve("tiny.safetensors");
        Model.initial(TrainConfig.parse("", Map.of()).network().spec(8000, List.of()), 1)
                .save(model);
        var java =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules",
                                "jdk.incubator.vector,com.google.gson",
                                "-p",
                                path + File.pathSeparator + classes,
                                "-m",
                                "my.program/my.program.Main",
                                model.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var output = java.inputReader()) {
            assertThat(output.lines().collect(Collectors.joining()))
                    .isEqualTo("cpu in module wavenet4j.cpu");
            assertThat(java.waitFor()).isZero();
        } finally {
            java.destroyForcibly();
        }
    }

    /// The jar of a class. Where the build has not packaged it yet, one of its folder with the name
    /// that its POM gives.
    private Path jar(Class<?> of) throws IOException, URISyntaxException {
        var location = of.getProtectionDomain().getCodeSource().getLocation();
        Path found = Path.of(location.toURI());
        if (!Files.isDirectory(found)) return found;
        var name = NAME.matcher(Files.readString(found.resolve("../../pom.xml").normalize()));
        assertThat(name.find()).isTrue();
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Automatic-Module-Name", name.group(1));
        Path jar = folder.resolve(name.group(1) + ".jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var files = Files.walk(found)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String entry = found.relativize(file).toString().replace(File.separatorChar, '/');
                out.putNextEntry(new ZipEntry(entry));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}
