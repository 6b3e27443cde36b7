package wavenet4j.cli.train;

import java.nio.file.Path;

/// The folder for files that can be made again.
final class Caches {
    private Caches() {}

    /// The program's folder among the user's caches.
    static Path folder() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches =
                xdg == null || xdg.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(xdg);
        return caches.resolve("wavenet4j");
    }
}
