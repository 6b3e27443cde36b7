package wavenet4j.train.device;

import org.jspecify.annotations.Nullable;

import wavenet4j.file.AtomicFile;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The libraries of PyTorch that DJL is to load. They are located before DJL loads any: a libtorch
/// that DJL's JNI library was not built for ends the process, and where DJL finds no CUDA runtime
/// it silently ignores CUDA libraries.
///
/// @param version such as `2.7.1`
/// @param flavor `cpu`, or the version of CUDA as in `cu128`
/// @param installed the folder of an installed PyTorch's libraries; null for those on the class
///   path
/// @param cudaRuntime the folder of a libcudart; null where there is none, or none is needed
public record TorchLibraries(
        String version, String flavor, @Nullable Path installed, @Nullable Path cudaRuntime) {
    private static final String TORCH = System.mapLibraryName("torch");
    private static final String TORCH_CUDA = System.mapLibraryName("torch_cuda");
    private static final String JNI = System.mapLibraryName("djl_torch");
    private static final Pattern CUDA_RUNTIME = Pattern.compile("libcudart[-.].*");
    private static final Pattern PLAIN_NAME = Pattern.compile("libcudart\\.so(\\.\\d+)*");
    private static final Pattern VERSION =
            Pattern.compile("(?m)^(?:__version__ *= *')?(\\d+\\.\\d+\\.\\d+)[\\w.+]*'? *$");
    private static final Pattern CUDA_VERSION =
            Pattern.compile("(?m)^cuda\\b.*= *'(\\d+)\\.(\\d+)[.\\d]*'");

    /// Locates the libraries.
    ///
    /// @param environment of the process: `PYTORCH_LIBRARY_PATH` names an installed PyTorch;
    ///   `PYTORCH_VERSION` and `PYTORCH_FLAVOR` complete what its own files tell
    /// @param cache a folder to unpack a libcudart into
    /// @throws IllegalArgumentException when DJL cannot load the installed PyTorch
    /// @throws IOException when the cache cannot be written
    public static TorchLibraries find(Map<String, String> environment, Path cache)
            throws IOException {
        String path = environment.getOrDefault("PYTORCH_LIBRARY_PATH", "");
        return path.isBlank() ? onClassPath(cache) : installed(path, environment, cache);
    }

    /// Whether they compute on NVIDIA's GPUs.
    boolean cuda() {
        return flavor.startsWith("cu");
    }

    /// The system properties by which DJL loads them, to be set before its first class is loaded.
    ///
    /// @param jnaPath the present value of `jna.library.path`, or null
    public Map<String, String> properties(@Nullable String jnaPath) {
        var properties = new LinkedHashMap<String, String>();
        if (installed != null) {
            properties.put("PYTORCH_VERSION", version);
            properties.put("PYTORCH_FLAVOR", flavor);
        }
        if (cudaRuntime != null) {
            String before =
                    jnaPath == null || jnaPath.isBlank() ? "" : jnaPath + File.pathSeparator;
            properties.put("jna.library.path", before + cudaRuntime);
        }
        return properties;
    }

    /// The libraries in jars, those for CUDA before those for processors.
    private static TorchLibraries onClassPath(Path cache) throws IOException {
        Properties best = new Properties();
        for (URL url : resources("native/lib/pytorch.properties")) {
            Properties found = read(url);
            boolean better = best.isEmpty() || found.getProperty("flavor", "").startsWith("cu");
            if (better) best = found;
        }
        String version = best.getProperty("version", "none").replaceFirst("-.*", "");
        String flavor = best.getProperty("flavor", "cpu");
        Path runtime = null;
        for (String library : best.getProperty("libraries", "").split(",", -1)) {
            if (!CUDA_RUNTIME.matcher(library).matches()) continue;
            String resource =
                    "pytorch/%s/%s/%s".formatted(flavor, best.getProperty("classifier"), library);
            URL url = loader().getResource(resource);
            if (url != null)
                runtime = unpack(url, cache.resolve("cudart-" + version + "-" + flavor));
        }
        return new TorchLibraries(version, flavor, null, runtime);
    }

    private static TorchLibraries installed(
            String path, Map<String, String> environment, Path cache) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator, -1)) {
            if (!entry.isBlank()) folders.add(Path.of(entry));
        }
        Path folder =
                folders.stream()
                        .filter(f -> Files.isRegularFile(f.resolve(TORCH)))
                        .findFirst()
                        .orElseThrow(() -> noLibtorch(path, folders))
                        .toAbsolutePath()
                        .normalize();
        String files = versionFiles(folder);
        String version = version(folder, files, environment.getOrDefault("PYTORCH_VERSION", ""));
        String flavor = flavor(folder, files, environment.getOrDefault("PYTORCH_FLAVOR", ""));
        Path runtime = flavor.startsWith("cu") ? cudaRuntime(folder, folders, cache) : null;
        return new TorchLibraries(version, flavor, folder, runtime);
    }

    private static IllegalArgumentException noLibtorch(String path, List<Path> folders) {
        boolean exists = folders.stream().anyMatch(Files::exists);
        return new IllegalArgumentException(
                "PYTORCH_LIBRARY_PATH is %s, which %s; it must be the folder of an installed PyTorch's %s, such as .../site-packages/torch/lib"
                        .formatted(path, exists ? "holds no " + TORCH : "does not exist", TORCH));
    }

    /// The files beside the folder of the libraries that tell the version: `version.py` of a Python
    /// package, `build-version` of a libtorch.
    private static String versionFiles(Path folder) throws IOException {
        var text = new StringBuilder();
        for (String name : List.of("version.py", "build-version")) {
            Path file = folder.resolveSibling(name);
            if (Files.isRegularFile(file)) text.append(Files.readString(file)).append('\n');
        }
        return text.toString();
    }

    private static String version(Path folder, String files, String configured) {
        var written = VERSION.matcher(files);
        String version = written.find() ? written.group(1) : configured;
        String needed = jniVersion();
        if (version.isBlank()) {
            throw new IllegalArgumentException(
                    "%s does not say of which PyTorch it is; set PYTORCH_VERSION, which must be %s"
                            .formatted(folder, needed));
        }
        if (!configured.isBlank() && !configured.equals(version)) {
            throw new IllegalArgumentException(
                    "PYTORCH_VERSION is %s, but %s is of PyTorch %s; unset it"
                            .formatted(configured, folder, version));
        }
        if (!version.equals(needed) && ownJni(folder) == null) {
            throw new IllegalArgumentException(
                    "%s is of PyTorch %s, and DJL's JNI library in this build takes %s alone (another would end the process); install PyTorch %s, or put a %s built for %s into that folder"
                            .formatted(folder, version, needed, needed, JNI, version));
        }
        return version;
    }

    /// The flavor of DJL's JNI library for them: that of their CUDA version where there is one,
    /// else one of the same major version, within which CUDA's libraries are compatible.
    private static String flavor(Path folder, String files, String configured) throws IOException {
        List<String> available = jniFlavors();
        boolean own = ownJni(folder) != null;
        if (!configured.isBlank()) {
            if (own || available.contains(configured)) return configured;
            throw new IllegalArgumentException(
                    "PYTORCH_FLAVOR is %s; DJL's JNI library is here for %s"
                            .formatted(configured, String.join(", ", available)));
        }
        if (!Files.exists(folder.resolve(TORCH_CUDA))) return "cpu";
        var cuda = CUDA_VERSION.matcher(files);
        String major = cuda.find() ? cuda.group(1) : "";
        String exact = major.isEmpty() ? "" : "cu" + major + cuda.group(2);
        if (available.contains(exact) || (own && !exact.isEmpty())) return exact;
        return available.stream()
                .filter(flavor -> flavor.startsWith("cu" + major))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "%s is for CUDA %s, and DJL's JNI library is here for %s; install a PyTorch for one of these"
                                        .formatted(folder, major, String.join(", ", available))));
    }

    /// A JNI library in the folder, built for that libtorch; DJL prefers it.
    private static @Nullable Path ownJni(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(JNI))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
    }

    /// The folder of a libcudart: beside libtorch, in NVIDIA's Python packages, in the other
    /// folders of the path, or in CUDA's own.
    private static @Nullable Path cudaRuntime(Path folder, List<Path> others, Path cache)
            throws IOException {
        var folders = new ArrayList<Path>();
        folders.add(folder);
        folders.add(folder.resolve("../../nvidia/cuda_runtime/lib").normalize());
        folders.addAll(others);
        folders.add(Path.of("/usr/local/cuda/lib64"));
        for (Path in : folders) {
            if (!Files.isDirectory(in)) continue;
            try (Stream<Path> files = Files.list(in)) {
                var runtime =
                        files.filter(f ->
                                        CUDA_RUNTIME.matcher(f.getFileName().toString()).matches())
                                .findFirst();
                if (runtime.isEmpty()) continue;
                String name = runtime.get().getFileName().toString();
                if (PLAIN_NAME.matcher(name).matches()) return in.toAbsolutePath();
                return unpack(runtime.get().toUri().toURL(), cache.resolve(name));
            }
        }
        return null;
    }

    /// Copies a libcudart to a file of the name that JNA looks for; some builds of PyTorch add a
    /// checksum to its name.
    private static Path unpack(URL library, Path folder) throws IOException {
        Path file = folder.resolve("libcudart.so");
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            try (InputStream in = library.openStream()) {
                AtomicFile.write(file, in::transferTo);
            }
        }
        return folder.toAbsolutePath();
    }

    /// The version of PyTorch that the JNI library on the class path was built for.
    private static String jniVersion() {
        try {
            URL url = loader().getResource("jnilib/pytorch.properties");
            String version = url == null ? "" : read(url).getProperty("jni_version", "");
            return version.replaceFirst("-.*", "");
        } catch (IOException e) {
            throw new UncheckedIOException("jnilib/pytorch.properties cannot be read", e);
        }
    }

    /// The flavors of the JNI library on the class path.
    private static List<String> jniFlavors() throws IOException {
        var flavors = new ArrayList<String>();
        for (URL url : resources("native/lib/pytorch.properties")) {
            String classifier = read(url).getProperty("classifier", "");
            for (String flavor : List.of("cpu", "cu128", "cu124")) {
                String library = "jnilib/%s/%s/%s".formatted(classifier, flavor, JNI);
                if (loader().getResource(library) != null && !flavors.contains(flavor)) {
                    flavors.add(flavor);
                }
            }
        }
        return flavors;
    }

    private static Properties read(URL url) throws IOException {
        var properties = new Properties();
        try (InputStream in = url.openStream()) {
            properties.load(in);
        }
        return properties;
    }

    private static List<URL> resources(String name) throws IOException {
        return Collections.list(loader().getResources(name));
    }

    /// The class loader that DJL uses.
    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? TorchLibraries.class.getClassLoader() : context;
    }
}
