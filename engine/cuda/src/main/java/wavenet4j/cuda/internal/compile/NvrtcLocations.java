package wavenet4j.cuda.internal.compile;

import wavenet4j.cuda.internal.driver.NativeLibrary;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The places where NVRTC may be installed.
///
/// @param environment the process's environment variables
record NvrtcLocations(Map<String, String> environment) {
    /// The names by which the system's loader knows it, the newest first.
    private static final List<String> NAMES =
            NativeLibrary.ON_WINDOWS
                    ? List.of("nvrtc64_130_0.dll", "nvrtc64_120_0.dll", "nvrtc64_112_0.dll")
                    : List.of(
                            "libnvrtc.so", "libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2");

    /// libtorch's carries a checksum in its name.
    private static final String FILES =
            NativeLibrary.ON_WINDOWS ? "nvrtc64_*.dll" : "libnvrtc*.so*";

    /// Its built-in functions and a variant lie beside it.
    private static final Pattern OTHERS = Pattern.compile("builtins|\\.alt\\.");

    private static final List<String> LIBRARY_FOLDERS = List.of("lib64", "lib", "bin", "bin/x64");

    /// pip's packages of CUDA 11 and 12, and of 13.
    private static final List<String> PIP_FOLDERS = List.of("nvidia/cuda_nvrtc", "nvidia/cu13");

    private static final Path LOCAL = Path.of("/usr/local");

    /// Files, and names for the system's loader, the first to be tried first.
    List<String> candidates() {
        return Stream.of(
                        toolkits().flatMap(NvrtcLocations::inToolkit),
                        NAMES.stream(),
                        list(LOCAL, "cuda*").stream().flatMap(NvrtcLocations::inToolkit),
                        folder("PYTORCH_LIBRARY_PATH").flatMap(NvrtcLocations::nearTorch))
                .flatMap(found -> found)
                .toList();
    }

    private Stream<Path> toolkits() {
        return Stream.of("CUDA_HOME", "CUDA_PATH").flatMap(this::folder);
    }

    private Stream<Path> folder(String variable) {
        String value = environment.get(variable);
        if (value == null || value.isBlank()) return Stream.empty();
        try {
            return Stream.of(Path.of(value));
        } catch (InvalidPathException _) {
            return Stream.empty();
        }
    }

    private static Stream<String> inToolkit(Path toolkit) {
        return LIBRARY_FOLDERS.stream().map(toolkit::resolve).flatMap(NvrtcLocations::in);
    }

    /// In libtorch's own folder, `torch/lib` under pip, or among pip's packages beside `torch`.
    private static Stream<String> nearTorch(Path libraries) {
        Path site = libraries.toAbsolutePath().resolve("../..").normalize();
        Stream<Path> packages = PIP_FOLDERS.stream().map(site::resolve);
        return Stream.concat(in(libraries), packages.flatMap(NvrtcLocations::inToolkit));
    }

    private static Stream<String> in(Path folder) {
        return list(folder, FILES).stream()
                .filter(file -> !OTHERS.matcher(file.getFileName().toString()).find())
                .map(Path::toString);
    }

    /// What of a folder's content has such a name, in the order of names; nothing where it cannot
    /// be read.
    private static List<Path> list(Path folder, String names) {
        if (!Files.isDirectory(folder)) return List.of();
        try (var content = Files.newDirectoryStream(folder, names)) {
            var sorted = new TreeSet<Path>();
            content.forEach(sorted::add);
            return List.copyOf(sorted);
        } catch (IOException | DirectoryIteratorException _) {
            return List.of();
        }
    }
}
