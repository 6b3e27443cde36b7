package wavenet4j.cli.train;

import wavenet4j.train.config.TrainConfig;

import java.util.LinkedHashMap;
import java.util.Map;

/// The keys of the configuration that a command line gives, each once, by their dotted names.
final class GivenKeys {
    private final Map<String, String> values = new LinkedHashMap<>();

    /// Gives a key as `--set` does.
    ///
    /// @param setting `KEY=VALUE`, of which the key may be short
    /// @throws IllegalArgumentException when there is no such key, or it is given already
    void set(String setting) {
        String[] parts = setting.split("=", 2);
        if (parts.length < 2 || parts[0].isEmpty()) {
            throw new IllegalArgumentException(
                    "--set is \"%s\"; it must be a key and its value, such as batch=4"
                            .formatted(setting));
        }
        give(TrainConfig.keyOf(parts[0].strip()), parts[1]);
    }

    /// Gives a key some text.
    void giveText(String key, String text) {
        give(key, "'" + text.replace("'", "''") + "'");
    }

    /// Gives a key a value, as YAML.
    void give(String key, String value) {
        if (values.put(key, value) != null) {
            throw new IllegalArgumentException(key + " is given twice; give it once");
        }
    }

    /// The value of a key that is not given.
    void orElse(String key, String value) {
        values.putIfAbsent(key, value);
    }

    /// By key, as YAML.
    Map<String, String> values() {
        return values;
    }
}
