package wavenet4j.cli.model;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Lists the resources of the program.
public final class Resources {
    private Resources() {}

    /// The names of its files that end in `suffix`, without it, sorted; none where there is no such
    /// folder.
    public static List<String> names(String folder, String suffix) throws IOException {
        URL url = Resources.class.getResource(folder);
        if (url == null) return List.of();
        try {
            URI uri = url.toURI();
            if (!uri.getScheme().equals("jar")) return names(Path.of(uri), suffix);
            try (var jar = FileSystems.newFileSystem(uri, Map.of())) {
                return names(jar.getPath(folder), suffix);
            }
        } catch (URISyntaxException e) {
            throw new IOException("the resources in %s cannot be listed".formatted(url), e);
        }
    }

    private static List<String> names(Path folder, String suffix) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(suffix))
                    .map(file -> file.substring(0, file.length() - suffix.length()))
                    .sorted()
                    .toList();
        }
    }
}
