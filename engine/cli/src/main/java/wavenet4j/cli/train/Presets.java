package wavenet4j.cli.train;

import wavenet4j.cli.model.Resources;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Training configurations: the presets in `configs/` by name, any other by file.
final class Presets {
    private static final String FOLDER = "/wavenet4j/configs/";
    private static final String SUFFIX = ".yaml";

    private Presets() {}

    /// The YAML of a preset, or of a file.
    ///
    /// @throws IllegalArgumentException when it is neither, with the presets there are
    static String read(String nameOrFile) throws IOException {
        if (nameOrFile.matches("[\\w-]+")) {
            try (InputStream in = Presets.class.getResourceAsStream(FOLDER + nameOrFile + SUFFIX)) {
                if (in != null) return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        Path file = Path.of(nameOrFile);
        if (Files.isRegularFile(file)) return Files.readString(file);
        throw new IllegalArgumentException(
                "there is no configuration %s; name a YAML file or one of %s"
                        .formatted(nameOrFile, String.join(", ", names())));
    }

    /// Each preset with the comment it begins with.
    static String describe() throws IOException {
        var lines = new ArrayList<String>();
        for (String name : names()) {
            String first = read(name).lines().findFirst().orElse("");
            lines.add("%-12s %s".formatted(name, first.replaceFirst("^# *", "")));
        }
        return String.join("\n", lines);
    }

    /// Those there are.
    static List<String> names() throws IOException {
        return Resources.names(FOLDER, SUFFIX);
    }
}
