package wavenet4j.cli.model;

import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.ProgressLine;
import wavenet4j.train.data.DemoCorpus;

import java.io.IOException;
import java.nio.file.Path;

/// Finds recordings by what `--data` says.
public final class Recordings {
    private static final String DEMO = "demo";

    private Recordings() {}

    /// The folder; that of the demo, which is made where it is missing.
    public static Path folder(String data, Console console) throws IOException {
        if (!data.equals(DEMO)) return Path.of(data);
        try (var _ = new ProgressLine(console, "playing the demo")) {
            return DemoCorpus.render(Caches.folder().resolve(DEMO));
        }
    }
}
