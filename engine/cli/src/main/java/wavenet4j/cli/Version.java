package wavenet4j.cli;

import picocli.CommandLine.IVersionProvider;

import wavenet4j.ModelSpec;
import wavenet4j.backend.Backend;
import wavenet4j.backend.Backend.Availability.Absent;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.backend.Backend.Availability.Ready;
import wavenet4j.backend.Backends;
import wavenet4j.train.config.TrainConfig;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// What `--version` prints: the program and the commit it was built from, Java, and the backends.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        var built = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in == null) throw new FileNotFoundException("the program has no version");
            built.load(in);
        }
        var lines = new ArrayList<String>();
        lines.add("WaveNet4J " + built.getProperty("version") + commit(built));
        lines.add(
                "Java %s, %s, on %s %s"
                        .formatted(
                                Runtime.version(),
                                System.getProperty("java.vendor"),
                                System.getProperty("os.name"),
                                System.getProperty("os.arch")));
        // A backend answers for a network: the one that training makes unless told otherwise.
        ModelSpec spec = TrainConfig.parse("", Map.of()).network().spec(16_000, List.of());
        for (Backend backend : Backends.installed()) {
            lines.add(
                    "backend %s: %s"
                            .formatted(
                                    backend.name(),
                                    switch (backend.probe(spec)) {
                                        case Ready(var detail) -> "ready, " + detail;
                                        case Missing(var reason, var remedy) ->
                                                "not ready, %s; %s".formatted(reason, remedy);
                                        case Absent(var reason, var remedy) ->
                                                "not here, %s; %s".formatted(reason, remedy);
                                    }));
        }
        return lines.toArray(String[]::new);
    }

    /// Empty where the sources that were built came without one.
    static String commit(Properties built) {
        String commit = built.getProperty("commit", "");
        if (commit.isEmpty()) {
            String archived = built.getProperty("archived", "");
            return archived.matches("\\p{XDigit}+") ? ", commit " + archived : "";
        }
        boolean changed = Boolean.parseBoolean(built.getProperty("changed"));
        return ", commit " + commit + (changed ? " with changes" : "");
    }
}
