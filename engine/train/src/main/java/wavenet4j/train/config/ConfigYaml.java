package wavenet4j.train.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import org.jspecify.annotations.Nullable;

import wavenet4j.train.names.KeyNames;
import wavenet4j.train.text.DecimalPoint;
import wavenet4j.train.text.ParseProblem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads and writes configurations as YAML. Every error is one sentence that names the key.
final class ConfigYaml {
    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    // Groups share a map of keys; the overlay has refused unknown ones.
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    // YAML 1.1 takes 1e-3 for text: text may be a number, but nothing else may.
                    .withCoercionConfig(
                            LogicalType.Boolean,
                            to -> to.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
                    .withCoercionConfig(
                            LogicalType.Textual,
                            to ->
                                    to.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                            .setCoercion(
                                                    CoercionInputShape.Float, CoercionAction.Fail)
                                            .setCoercion(
                                                    CoercionInputShape.Boolean,
                                                    CoercionAction.Fail))
                    .build();

    private static final Set<String> NULLABLE =
            Set.of("network.sampleRate", "data.trimDb", "data.cache", "data.licence");

    /// Former names of keys, which runs and configurations may still have.
    private static final Map<String, String> RENAMED =
            Map.of("training.factors", "matmulPrecision");

    private ConfigYaml() {}

    /// Lays configurations over each other, and single settings over all.
    ///
    /// @param layers as YAML; the first has every key
    static ObjectNode overlay(List<String> layers, Map<String, String> settings) {
        var tree = (ObjectNode) read("the defaults", layers.getFirst());
        for (String yaml : layers.subList(1, layers.size())) {
            JsonNode over = read("the configuration", yaml);
            if (over.isObject()) {
                overlay(tree, (ObjectNode) over, keys(tree, ""), "");
            } else if (!over.isMissingNode() && !over.isNull()) {
                throw new IllegalArgumentException(
                        "the configuration is not a map of keys to values");
            }
        }
        List<String> keys = keys(tree, "");
        for (var setting : settings.entrySet()) {
            String key = keyOf(setting.getKey(), keys);
            overlay(tree, nest(key, read(key, setting.getValue())), keys, "");
        }
        return tree;
    }

    /// The key that a name stands for, by [KeyNames].
    ///
    /// @param defaults every key, as YAML
    static String keyOf(String name, String defaults) {
        return keyOf(name, keys((ObjectNode) read("the defaults", defaults), ""));
    }

    /// The key that an option of another program stands for, by [KeyNames]; null for none.
    ///
    /// @param defaults every key, as YAML
    static @Nullable String keyOfOther(String option, String defaults) {
        return KeyNames.ofOption(option, keys((ObjectNode) read("the defaults", defaults), ""));
    }

    private static String keyOf(String name, List<String> keys) {
        return RENAMED.containsKey(name) ? name : KeyNames.resolve(name, keys);
    }

    /// Every key, dotted, those of groups included.
    private static List<String> keys(ObjectNode node, String path) {
        var keys = new ArrayList<String>();
        for (var field : node.properties()) {
            String key = path + field.getKey();
            keys.add(key);
            if (field.getValue() instanceof ObjectNode below) keys.addAll(keys(below, key + "."));
        }
        return keys;
    }

    /// @param name of what is read, for the error
    private static JsonNode read(String name, String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "%s is not valid YAML: %s".formatted(name, ParseProblem.of(e)), e);
        }
    }

    private static ObjectNode nest(String dottedKey, JsonNode value) {
        int dot = dottedKey.indexOf('.');
        var node = YAML.createObjectNode();
        if (dot < 0) {
            node.set(dottedKey, value);
        } else {
            node.set(dottedKey.substring(0, dot), nest(dottedKey.substring(dot + 1), value));
        }
        return node;
    }

    private static void overlay(ObjectNode base, ObjectNode over, List<String> keys, String path) {
        for (var field : over.properties()) {
            String key = RENAMED.getOrDefault(path + field.getKey(), field.getKey());
            JsonNode below = base.get(key);
            if (below == null) throw KeyNames.unknown(path + key, keys);
            JsonNode value = field.getValue();
            if (below.isObject() && value.isObject()) {
                overlay((ObjectNode) below, (ObjectNode) value, keys, path + key + ".");
            } else if (below.isObject()
                    || value.isMissingNode()
                    || (value.isNull() && !NULLABLE.contains(path + key))) {
                throw new IllegalArgumentException(
                        "%s%s is %s; it must be like %s"
                                .formatted(
                                        path, key, value.isMissingNode() ? "empty" : value, below));
            } else {
                base.set(key, value);
            }
        }
    }

    /// The value at a path of a tree that has every key.
    static <T> T bind(ObjectNode tree, Class<T> type, String... path) {
        JsonNode value = tree;
        for (String step : path) value = value.path(step);
        try {
            return YAML.treeToValue(value, type);
        } catch (JsonMappingException e) {
            // The records' own sentences are better than Jackson's.
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof IllegalArgumentException) {
                    throw new IllegalArgumentException(cause.getMessage(), e);
                }
            }
            var key = new StringBuilder(String.join(".", path));
            for (var step : e.getPath()) {
                if (step.getFieldName() == null) break; // within a list
                value = value.path(step.getFieldName());
                key.append('.').append(step.getFieldName());
            }
            throw new IllegalArgumentException(
                    "%s is %s; it must be %s%s"
                            .formatted(key, value, wanted(e), DecimalPoint.hint(value.asText())),
                    e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "%s is %s; it must be smaller".formatted(String.join(".", path), value), e);
        }
    }

    /// The kind of value that a key takes.
    private static String wanted(JsonMappingException e) {
        Class<?> type =
                e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (type == null) return "smaller";
        if (type == String.class) return "text, in quotes";
        if (type == boolean.class) return "true or false";
        if (type == ComputeConfig.MatmulPrecision.class) return "float32 or bfloat16";
        if (type == ComputeConfig.Kernels.class) return "auto, pytorch or vector";
        if (type == DataConfig.SplitRule.class) return "parts or files";
        if (type == OptimizerConfig.Algorithm.class) return "adam or muon";
        if (type == double.class || type == Double.class) return "a number";
        if (type == DilationPattern.class
                || e.getPath().stream().anyMatch(step -> "dilations".equals(step.getFieldName()))) {
            return "such as 2 x 1..512, or a list of whole numbers";
        }
        if (List.class.isAssignableFrom(type)) return "a list of numbers, such as [0.8, 1]";
        return "a whole number of at most " + (type == long.class ? "64" : "32") + " bits";
    }

    static String write(TrainConfig config) {
        try {
            return YAML.writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a configuration that cannot be written", e);
        }
    }

    /// Every key with its value.
    static JsonNode tree(TrainConfig config) {
        return YAML.valueToTree(config);
    }
}
