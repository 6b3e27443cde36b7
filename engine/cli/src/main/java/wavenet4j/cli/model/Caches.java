package wavenet4j.cli.model;

import java.nio.file.Path;

/// The folder for files that can be made again.
public final class Caches {
    private Caches() {}

    /// The program's folder among the user's caches.
    ///
    /// @throws IllegalArgumentException when the user has no home, as in some containers
    public static Path folder() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        if (xdg != null && !xdg.isBlank()) return Path.of(xdg, "wavenet4j");
        Path home = Path.of(System.getProperty("user.home", ""));
        if (!home.isAbsolute()) { // Java says ? of a user that the system does not know
            throw new IllegalArgumentException(
                    "this user has no home folder to keep PyTorch's libraries in; set HOME, or"
                            + " XDG_CACHE_HOME, to a folder that can be written");
        }
        return home.resolve(".cache").resolve("wavenet4j");
    }
}
