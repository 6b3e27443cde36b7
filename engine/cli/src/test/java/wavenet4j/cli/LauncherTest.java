package wavenet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.cli.testing.CommandProcess;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/// The scripts in `bin/`, on a copy of the source tree that counts as built.
final class LauncherTest {
    @TempDir Path folder;
    private Path root = Path.of("");

    @BeforeEach
    void copyTree() throws IOException {
        assumeTrue(File.separatorChar == '/', "the launchers are for systems with a POSIX shell");
        root = Files.createDirectory(folder.resolve("a tree"));
        Path sources = Path.of(System.getProperty("wavenet4j.root"));
        Files.createDirectory(root.resolve("bin"));
        Files.copy(sources.resolve("bin/launcher"), root.resolve("bin/launcher"));
        Files.setPosixFilePermissions(
                root.resolve("bin/launcher"), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String command : List.of("wavenet-sample", "wavenet-eval", "wavenet-train")) {
            assertThat(sources.resolve("bin").resolve(command)).isSymbolicLink();
            Files.createSymbolicLink(root.resolve("bin").resolve(command), Path.of("launcher"));
        }
        for (String room : List.of("configs", "audio-io", "engine/cli/src/main")) {
            Files.createDirectories(root.resolve(room));
        }
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Path launcher = Files.createDirectories(root.resolve("engine/cli/target/launcher"));
        Files.writeString(launcher.resolve("java.options"), "-Djava.awt.headless=true");
        Files.writeString(launcher.resolve("built"), "");
        Files.setLastModifiedTime(
                launcher.resolve("built"), FileTime.from(Instant.now().plusSeconds(5)));
    }

    /// A JDK that only shows what it was started with.
    private Path fakeJdk(String version) throws IOException {
        Path home = folder.resolve("jdk-" + version);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Files.writeString(
                java,
                """
                #!/bin/sh
                echo "java=$0"
                echo "omp=${OMP_WAIT_POLICY:-}"
                for argument; do echo "[$argument]"; done
                exit 7
                """);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    private record Ran(int status, String output) {}

    private Ran run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeAll(List.of("OMP_WAIT_POLICY", "JAVA_OPTS", "WAVENET4J_PROFILE"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }

    @Test
    void theScriptIsValid() throws IOException, InterruptedException {
        assertThat(run(Map.of(), "sh", "-n", root.resolve("bin/launcher").toString()))
                .isEqualTo(new Ran(0, ""));
    }

    @Test
    void aLinkFromElsewhereRunsTheCommandWithItsArguments()
            throws IOException, InterruptedException {
        Path jdk = fakeJdk("25.0.3");
        Path link = folder.resolve("my-sampler");
        Files.createSymbolicLink(link, root.resolve("bin/wavenet-sample"));
        Ran ran = run(Map.of("JAVA_HOME", jdk.toString()), "./my-sampler", "--out", "a b.wav");
        assertThat(ran.status()).isEqualTo(7);
        assertThat(ran.output())
                .contains("java=" + jdk.resolve("bin/java"))
                .contains("[wavenet4j.cli.Main]\n[wavenet-sample]\n[--out]\n[a b.wav]\n")
                .contains("omp=\n");
    }

    @Test
    void aLinkToTheFolderOfTheCommandsServesToo() throws IOException, InterruptedException {
        Files.createSymbolicLink(folder.resolve("commands"), root.resolve("bin"));
        Ran ran =
                run(
                        Map.of("JAVA_HOME", fakeJdk("25").toString()),
                        "commands/wavenet-sample",
                        "--list");
        assertThat(ran.output())
                .contains("[-Dwavenet4j.bin=" + root.toRealPath().resolve("bin") + "]")
                .contains("[wavenet-sample]\n[--list]\n");
        assertThat(folder.resolve("engine")).doesNotExist();
    }

    @Test
    void trainingThreadsDoNotSpin() throws IOException, InterruptedException {
        Ran ran =
                run(
                        Map.of("JAVA_HOME", fakeJdk("26").toString()),
                        root.resolve("bin/wavenet-train").toString());
        assertThat(ran.output()).contains("omp=PASSIVE\n", "[wavenet-train]");
    }

    @Test
    void anOlderJavaIsPassedOver() throws IOException, InterruptedException {
        Path old = fakeJdk("17.0.1");
        Ran ran =
                run(
                        Map.of(
                                "JAVA_HOME",
                                old.toString(),
                                "PATH",
                                "/usr/bin:/bin",
                                "HOME",
                                folder.toString()),
                        root.resolve("bin/wavenet-eval").toString(),
                        "--help");
        assertThat(ran.output()).doesNotContain("java=" + old);
    }

    @Test
    void noHomeAndNoJavaHomeAreNeeded() throws IOException, InterruptedException {
        Path bin = Files.createDirectories(fakeJdk("25").resolve("bin"));
        Ran ran =
                run(
                        Map.of(),
                        "env",
                        "-i",
                        "PATH=" + bin + ":/usr/bin:/bin",
                        root.resolve("bin/wavenet-train").toString());
        assertThat(ran.output()).contains("java=" + bin.resolve("java"), "[wavenet-train]");
        assertThat(ran.status()).isEqualTo(7);
    }

    @Test
    void aChangedSourceAsksForABuild() throws IOException, InterruptedException {
        Path source = Files.writeString(root.resolve("engine/cli/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        // No Maven on this PATH, so that the build ends at once.
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("sh", "cat", "dirname", "readlink", "sed", "find", "head")) {
            for (String bin : List.of("/bin", "/usr/bin")) {
                Path file = Path.of(bin, tool);
                if (Files.exists(file) && !Files.exists(tools.resolve(tool))) {
                    Files.createSymbolicLink(tools.resolve(tool), file);
                }
            }
        }
        Ran ran =
                run(
                        Map.of("JAVA_HOME", fakeJdk("25").toString(), "PATH", tools.toString()),
                        root.resolve("bin/wavenet-sample").toString());
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.output())
                .isEqualTo(
                        "wavenet-sample: needs Maven 3.8 or newer to build itself, and there is no"
                                + " mvn on the PATH\n");
    }

    /// The first on the class path, by its name: there it is seen before DJL's JNI library.
    @Test
    void theTrainingModuleComesFirst() throws IOException, InterruptedException {
        Path lib = Files.createDirectory(root.resolve("engine/cli/target/lib"));
        Path jar = Files.createFile(lib.resolve("wavenet4j-train-9.jar"));
        Ran ran =
                run(
                        Map.of("JAVA_HOME", fakeJdk("25").toString()),
                        root.resolve("bin/wavenet-train").toString());
        assertThat(ran.output()).contains("[-cp]\n[" + jar + ":" + lib + "/*]\n");
    }

    @Test
    void aProfileIsBuiltOnceAndKept() throws IOException, InterruptedException {
        Path jdk = fakeJdk("25");
        Path tools = Files.createDirectory(folder.resolve("fake tools"));
        Path mvn = tools.resolve("mvn");
        Files.writeString(
                mvn,
                """
                #!/bin/sh
                for argument; do echo "mvn[$argument]"; done
                mkdir engine/cli/target/launcher
                """);
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        String path = tools + ":" + System.getenv("PATH");
        Map<String, String> asked =
                Map.of("JAVA_HOME", jdk.toString(), "PATH", path, "WAVENET4J_PROFILE", "gpu");
        Map<String, String> silent = Map.of("JAVA_HOME", jdk.toString(), "PATH", path);
        String command = root.resolve("bin/wavenet-train").toString();

        assertThat(run(silent, command).output()).doesNotContain("mvn[");
        assertThat(run(asked, command).output()).contains("mvn[-P]\nmvn[gpu]\nmvn[package]\n");
        assertThat(run(asked, command).output()).doesNotContain("mvn[");
        assertThat(run(silent, command).output()).doesNotContain("mvn[");

        Path source = Files.writeString(root.resolve("engine/cli/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run(silent, command).output()).contains("mvn[gpu]");
        assertThat(
                        run(
                                        Map.of(
                                                "JAVA_HOME",
                                                jdk.toString(),
                                                "PATH",
                                                path,
                                                "WAVENET4J_PROFILE",
                                                ""),
                                        command)
                                .output())
                .contains("mvn[package]")
                .doesNotContain("mvn[-P]");
    }

    @Test
    void commandsThatAreCalledAtOnceBuildOnce() throws IOException, InterruptedException {
        Path tools = Files.createDirectory(folder.resolve("fake tools"));
        Path mvn = tools.resolve("mvn");
        Files.writeString(
                mvn,
                """
                #!/bin/sh
                echo mvn
                sleep 1
                mkdir engine/cli/target/launcher
                """);
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.delete(root.resolve("engine/cli/target/launcher/built"));
        // Left by a build that was killed.
        Path lock = Files.createDirectories(root.resolve("engine/cli/target/building"));
        Files.writeString(lock.resolve("pid"), "999999999");
        Ran ran =
                run(
                        Map.of(
                                "JAVA_HOME",
                                fakeJdk("25").toString(),
                                "PATH",
                                tools + ":" + System.getenv("PATH")),
                        "sh",
                        "-c",
                        "for n in 1 2 3; do bin/wavenet-eval $n & done; wait"
                                .replace("bin", "'%s'/bin".formatted(root)));
        assertThat(ran.output().split("mvn\n", -1)).as(ran.output()).hasSize(2);
        assertThat(ran.output()).contains("[1]\n", "[2]\n", "[3]\n");
        assertThat(lock).doesNotExist();
    }

    @Test
    void theRealProgramStarts() throws IOException, InterruptedException {
        linkProgram();
        Ran ran =
                run(
                        Map.of("JAVA_HOME", System.getProperty("java.home")),
                        root.resolve("bin/wavenet-train").toString(),
                        "--config=list");
        assertThat(ran.status()).as(ran.output()).isZero();
        assertThat(ran.output()).contains("digits", "piano");
    }

    /// As in cron and containers: Java would read ASCII alone.
    @Test
    void foreignLettersAreReadInTheLocaleC() throws IOException, InterruptedException {
        linkProgram();
        String call = root.resolve("bin/wavenet-sample") + "' \"$(printf 'Fl\\303\\266te')\"";
        Ran ran =
                run(
                        Map.of("JAVA_HOME", System.getProperty("java.home"), "LC_ALL", "C"),
                        "sh",
                        "-c",
                        "exec '" + call);
        assertThat(ran.output()).startsWith("wavenet-sample: there is no model Flöte;");
        assertThat(ran.status()).isEqualTo(1);
    }

    /// Without the launcher, the program says what the locale lacks.
    @Test
    void lettersThatTheLocaleLacksAreRefused() throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of("sh", "-c", "exec \"$@\" \"$(printf 'Fl\\303\\266te')\"", ""));
        command.addAll(CommandProcess.command(List.of("wavenet-train", "--labels")));
        Ran ran = run(Map.of("LC_ALL", "C"), command.toArray(String[]::new));
        assumeTrue(!ran.output().contains("--data DIR"), "this system reads UTF-8 in every locale");
        assertThat(ran.output())
                .contains(
                        "letters that the locale of this process cannot read; set LC_ALL=C.UTF-8");
        assertThat(ran.status()).isEqualTo(1);
    }

    private void linkProgram() throws IOException {
        Path lib = Files.createDirectory(root.resolve("engine/cli/target/lib"));
        int count = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            Path jar = lib.resolve(count++ + ".jar");
            if (Files.isDirectory(path)) {
                jar(path, jar);
            } else if (Files.exists(path)) {
                Files.createSymbolicLink(jar, path);
            }
        }
    }

    private static void jar(Path classes, Path jar) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(classes)) {
            files = new ArrayList<>(walk.filter(file -> !file.equals(classes)).toList());
        }
        try (OutputStream out = Files.newOutputStream(jar);
                var entries = new JarOutputStream(out)) {
            for (Path file : files) {
                boolean isFolder = Files.isDirectory(file);
                entries.putNextEntry(
                        new ZipEntry(classes.relativize(file) + (isFolder ? "/" : "")));
                if (!isFolder) Files.copy(file, entries);
            }
        }
    }
}
