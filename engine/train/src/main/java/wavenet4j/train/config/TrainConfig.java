package wavenet4j.train.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import wavenet4j.ModelSpec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The configuration of a training run: everything that decides its result but the recordings
/// themselves. As YAML it is laid over `defaults.yaml`, which explains each key.
public record TrainConfig(NetworkConfig network, DataConfig data, TrainingConfig training) {
    private static final String EARLIER = "data: {split: files}";

    /// Lays a configuration over the defaults, and single settings over both.
    ///
    /// @param yaml the configuration; may be empty
    /// @param settings values by dotted key, such as `training.batch` to `4`, as YAML
    /// @throws IllegalArgumentException with one sentence that names the key and the value
    public static TrainConfig parse(String yaml, Map<String, String> settings) {
        return of(ConfigYaml.overlay(List.of(defaultYaml(), yaml), settings));
    }

    /// The configuration that a run has in its folder. What a run of an earlier version lacks is as
    /// it was then.
    ///
    /// @param settings values by dotted key that replace its own
    /// @throws IllegalArgumentException with one sentence that names the key and the value
    public static TrainConfig parseOfRun(String yaml, Map<String, String> settings) {
        return of(ConfigYaml.overlay(List.of(defaultYaml(), EARLIER, yaml), settings));
    }

    private static TrainConfig of(ObjectNode tree) {
        return new TrainConfig(
                ConfigYaml.bind(tree, NetworkConfig.class, "network"),
                ConfigYaml.bind(tree, DataConfig.class, "data"),
                TrainingConfig.of(tree));
    }

    /// The dotted key that its last parts stand for, such as `training.batch` for `batch`.
    ///
    /// @throws IllegalArgumentException when it is none or may be several, with those meant
    public static String keyOf(String name) {
        return ConfigYaml.keyOf(name, defaultYaml());
    }

    /// The key, dotted, that another program has an option for, or what is to be set instead; null
    /// where that is unknown.
    public static @Nullable String keyOfOther(String option) {
        return ConfigYaml.keyOfOther(option, defaultYaml());
    }

    /// Every key with its default, and a comment that explains it.
    public static String defaultYaml() {
        try (InputStream defaults = TrainConfig.class.getResourceAsStream("defaults.yaml")) {
            return new String(
                    Objects.requireNonNull(defaults).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the defaults cannot be read", e);
        }
    }

    /// The same for the network of a model that training is to start from.
    public TrainConfig withNetworkOf(ModelSpec spec) {
        return new TrainConfig(network.of(spec), data, training);
    }

    /// The whole configuration as YAML, defaults included.
    public String toYaml() {
        return ConfigYaml.write(this);
    }

    /// Every key with its value.
    JsonNode toTree() {
        return ConfigYaml.tree(this);
    }
}
