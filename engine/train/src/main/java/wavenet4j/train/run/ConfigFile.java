package wavenet4j.train.run;

import wavenet4j.train.config.TrainConfig;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The text of a run's `config.yaml`. What a file leaves out has defaults, so that one which is cut
/// short would be another configuration: the first and the last line tell that it is whole.
final class ConfigFile {
    private static final String FIRST = "# The whole configuration of this run; ... ends it.\n";
    private static final String LAST = "...\n"; // YAML's own

    /// What the files of earlier versions begin and end with.
    private static final List<String> SECTIONS =
            List.of("network:\n", "\ndata:\n", "\ntraining:\n");

    private static final String LAST_KEY = "(?s).*\n    temperatures:\n(    - [^\n]+\n)+";

    private ConfigFile() {}

    static String text(TrainConfig config) {
        return FIRST + config.toYaml() + LAST;
    }

    /// Reads the file as YAML.
    ///
    /// @throws IllegalArgumentException when it is not whole
    static String read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not text in UTF-8", e);
        }
        if (isWhole(text)) return text;
        throw new IllegalArgumentException(
                "%s is cut short, and its end cannot be guessed; put a copy of it there, or begin another run, which may start --from this one's best model"
                        .formatted(file));
    }

    private static boolean isWhole(String text) {
        if (text.startsWith(FIRST)) return text.endsWith("\n" + LAST);
        return SECTIONS.stream().allMatch(text::contains)
                && (text.matches(LAST_KEY) || text.endsWith("\n    temperatures: []\n"));
    }
}
