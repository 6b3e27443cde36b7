package wavenet4j.cli.model;

import org.jspecify.annotations.Nullable;

import wavenet4j.Model;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Finds models by name or path.
public final class Models {
    private static final String FOLDER = "/wavenet4j/models/";
    private static final String SUFFIX = ".safetensors";

    private Models() {}

    /// Loads a model.
    ///
    /// @param name of a bundled model, or the path of a model file or of a training run's folder,
    ///   of which the best model is loaded
    /// @throws IllegalArgumentException when there is no such model; the message lists those there
    ///   are
    /// @throws IOException when its file cannot be read
    public static Model load(String name) throws IOException {
        URL bundled = bundled(name);
        return bundled == null ? Model.load(file(name)) : Model.load(bundled);
    }

    /// The file of a model that may be written to.
    ///
    /// @param name the path of a model file or of a training run's folder, of which it is the best
    ///   model
    /// @throws IllegalArgumentException when there is no such file, or the model comes with the
    ///   program
    public static Path file(String name) throws IOException {
        if (bundled(name) != null) {
            throw new IllegalArgumentException(
                    "the model %s comes with the program and is not written to; name a model file or a run"
                            .formatted(name));
        }
        Path path = Path.of(name);
        if (Files.isRegularFile(path)) return path;
        if (Files.isDirectory(path)) {
            Path best = path.resolve("best" + SUFFIX);
            if (Files.exists(best)) return best;
            throw new IllegalArgumentException(
                    Files.exists(path.resolve("config.yaml"))
                            ? "the run %s has no model yet; let it train until its first evaluation on held-out recordings"
                                    .formatted(path)
                            : "the folder %s holds no training run; name a run, a .safetensors file, or %s"
                                    .formatted(path, choice()));
        }
        throw new IllegalArgumentException(
                "there is no model %s; name a .safetensors file, the folder of a training run, or %s"
                        .formatted(name, choice()));
    }

    /// The names of the models that come with the program.
    public static List<String> bundled() throws IOException {
        return Resources.names(FOLDER, SUFFIX);
    }

    /// The card of a bundled model, in Markdown; null for any other model.
    static @Nullable String card(String name) throws IOException {
        if (bundled(name) == null) return null;
        try (InputStream in = Models.class.getResourceAsStream(FOLDER + name + ".md")) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String choice() throws IOException {
        List<String> names = bundled();
        return names.isEmpty()
                ? "a bundled model (this build has none)"
                : "one of the bundled models: " + String.join(", ", names);
    }

    private static @Nullable URL bundled(String name) {
        return name.matches("[\\w-]+") ? Models.class.getResource(FOLDER + name + SUFFIX) : null;
    }
}
