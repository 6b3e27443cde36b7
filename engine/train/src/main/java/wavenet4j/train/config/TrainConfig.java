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

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.SampleHead;
import wavenet4j.train.data.LabelRule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Everything that decides what a training run does, apart from where its recordings lie. As YAML
/// it is laid over `defaults.yaml`, which explains each key.
public record TrainConfig(Network network, Data data, Training training) {
    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
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

    private static final String MULAW = "mulaw";
    private static final String LOGISTICS = "logistics";

    private static final Set<String> NULLABLE =
            Set.of("network.sampleRate", "data.trimDb", "data.licence");

    /// All weights lie in one array; far more than a WaveNet has.
    private static final long MOST_PARAMETERS = 1 << 28;

    /// The shape of the network to train.
    ///
    /// @param sampleRate in Hz, or null for the one most of the recordings have
    /// @param output `mulaw` or `logistics`: see [Distribution]
    /// @param levels Q, of `mulaw`
    /// @param mixtures M, of `logistics`
    /// @param labelEmbedding E, where the recordings have labels
    public record Network(
            @Nullable Integer sampleRate,
            String output,
            int levels,
            int mixtures,
            Channels channels,
            int kernelSize,
            DilationPattern dilations,
            int labelEmbedding) {
        public Network {
            require(
                    labelEmbedding >= 1 && labelEmbedding <= 1 << 14,
                    "network.labelEmbedding",
                    labelEmbedding,
                    "1 to 16,384");
            require(
                    output.equals(MULAW) || output.equals(LOGISTICS),
                    "network.output",
                    output,
                    MULAW + " or " + LOGISTICS);
            require(levels >= 2 && levels <= 1 << 16, "network.levels", levels, "2 to 65,536");
            require(mixtures >= 1 && mixtures <= 1024, "network.mixtures", mixtures, "1 to 1,024");
            var shape =
                    new ModelSpec(
                            sampleRate == null ? 16_000 : sampleRate,
                            distribution(output, levels, mixtures),
                            channels.trunk(kernelSize, dilations),
                            new SampleHead(channels.head()),
                            Conditioning.NONE);
            require(
                    shape.parameters() <= MOST_PARAMETERS,
                    "the number of the network's parameters",
                    shape.parameters(),
                    "at most " + MOST_PARAMETERS);
        }

        /// What the network puts out.
        public Distribution distribution() {
            return distribution(output, levels, mixtures);
        }

        private static Distribution distribution(String output, int levels, int mixtures) {
            return output.equals(LOGISTICS)
                    ? new Distribution.LogisticMixture(mixtures)
                    : new Distribution.Categorical(levels);
        }

        /// The shape for recordings of that rate with those labels.
        public ModelSpec spec(int recordedRate, List<String> labels) {
            return new ModelSpec(
                    sampleRate == null ? recordedRate : sampleRate,
                    distribution(),
                    channels.trunk(kernelSize, dilations),
                    new SampleHead(channels.head()),
                    Conditioning.onLabels(labels, labelEmbedding));
        }

        /// The widths of the network's layers.
        ///
        /// @param residual R
        /// @param gate G
        /// @param skip S
        /// @param head A
        public record Channels(int residual, int gate, int skip, int head) {
            private DilatedConvolutions trunk(int kernelSize, DilationPattern dilations) {
                return new DilatedConvolutions(residual, gate, skip, kernelSize, dilations.list());
            }
        }
    }

    /// What is made of the recordings.
    ///
    /// @param labels a [LabelRule] in words
    /// @param heldOut the share of the files that is never trained on
    /// @param trimDb trims silence this far below each file's own peak, in dB below 0; null trims
    ///   nothing
    /// @param normalize scales each recording to a peak of 1
    /// @param leadIn puts a receptive field of silence before each recording, the state in which a
    ///   take begins, so that beginnings are learned too
    /// @param tailSeconds of silence put after each recording, so that endings are learned too
    /// @param licence of the recordings, with their attribution, as the model file will carry it;
    ///   null says nothing
    public record Data(
            String labels,
            double heldOut,
            @Nullable Double trimDb,
            boolean normalize,
            boolean leadIn,
            double tailSeconds,
            @Nullable String licence) {
        public Data {
            require(heldOut > 0 && heldOut < 1, "data.heldOut", heldOut, "above 0 and below 1");
            require(
                    trimDb == null || (trimDb < 0 && trimDb >= -200),
                    "data.trimDb",
                    trimDb,
                    "below 0 and at least -200");
            require(
                    tailSeconds >= 0 && tailSeconds <= 60,
                    "data.tailSeconds",
                    tailSeconds,
                    "0 to 60");
        }
    }

    /// How the network learns.
    ///
    /// @param seed of the first weights and of the order of the windows
    /// @param batch windows in a step
    /// @param window targets in a window, at most
    /// @param coldStarts the share of the windows that begin with a context of silence, as a take
    ///   does
    /// @param factors how exactly those of matrix products are taken
    /// @param inputNoise the standard deviation, in levels, of noise on what the network hears
    /// @param labelDropout the share of the windows that are learned without their labels
    /// @param steps to make; 0 when `minutes` decides
    /// @param minutes to train for; 0 when `steps` decides
    /// @param optimizer that makes the steps
    /// @param learningRate after the warm-up
    /// @param warmupSteps over which the rate rises from 0
    /// @param finalRate what the rate falls to along a cosine, as a share of `learningRate`
    /// @param clipNorm the largest global norm of a step's gradient
    /// @param averaging the decay per step of the averaged weights, which are what is kept and
    ///   sampled
    /// @param validateEvery steps between looks at the held-out recordings
    /// @param validationWindows held-out windows looked at, spread evenly
    /// @param patience looks at the held-out recordings in a row without a better one, after which
    ///   training ends; 0 for no such end
    /// @param checkpointEvery steps between checkpoints
    /// @param checkpointsKept how many of them are kept, the newest
    /// @param previews takes that are made meanwhile
    public record Training(
            long seed,
            int batch,
            int window,
            double coldStarts,
            MatmulPrecision factors,
            double inputNoise,
            double labelDropout,
            long steps,
            double minutes,
            OptimizerChoice optimizer,
            double learningRate,
            int warmupSteps,
            double finalRate,
            double clipNorm,
            double averaging,
            int validateEvery,
            int validationWindows,
            int patience,
            int checkpointEvery,
            int checkpointsKept,
            Preview previews) {
        public Training {
            require(batch >= 1 && batch <= 4096, "training.batch", batch, "1 to 4096");
            require(window >= 1 && window <= 1 << 24, "training.window", window, "1 to 16,777,216");
            require(
                    coldStarts >= 0 && coldStarts <= 1,
                    "training.coldStarts",
                    coldStarts,
                    "0 to 1");
            require(
                    inputNoise >= 0 && inputNoise <= 1000,
                    "training.inputNoise",
                    inputNoise,
                    "0 to 1000");
            require(
                    labelDropout >= 0 && labelDropout <= 1,
                    "training.labelDropout",
                    labelDropout,
                    "0 to 1");
            require(steps >= 0, "training.steps", steps, "at least 0");
            require(minutes >= 0 && minutes < 1e6, "training.minutes", minutes, "0 to a million");
            require(
                    learningRate > 0 && learningRate <= 1,
                    "training.learningRate",
                    learningRate,
                    "above 0 and at most 1");
            require(warmupSteps >= 0, "training.warmupSteps", warmupSteps, "at least 0");
            require(finalRate >= 0 && finalRate <= 1, "training.finalRate", finalRate, "0 to 1");
            require(
                    clipNorm > 0 && clipNorm <= 1e9,
                    "training.clipNorm",
                    clipNorm,
                    "above 0 and at most a billion");
            require(
                    averaging >= 0 && averaging < 1,
                    "training.averaging",
                    averaging,
                    "0 to below 1");
            require(validateEvery >= 1, "training.validateEvery", validateEvery, "at least 1");
            require(
                    validationWindows >= 1,
                    "training.validationWindows",
                    validationWindows,
                    "at least 1");
            require(patience >= 0, "training.patience", patience, "at least 0");
            require(
                    checkpointEvery >= 1,
                    "training.checkpointEvery",
                    checkpointEvery,
                    "at least 1");
            // Behind the newest, which a disk may damage, another must stand.
            require(
                    checkpointsKept >= 2,
                    "training.checkpointsKept",
                    checkpointsKept,
                    "at least 2");
            if (steps == 0 && minutes == 0) {
                throw new IllegalArgumentException(
                        "training.steps and training.minutes are both 0; one must say when to"
                                + " stop");
            }
        }
    }

    /// The takes by which the progress of a training is heard.
    ///
    /// @param every steps between them, and at the end; 0 for none
    /// @param seconds each is long
    /// @param temperatures each take's
    public record Preview(int every, double seconds, List<Double> temperatures) {
        private static final int MOST_TAKES = 16;

        public Preview {
            require(every >= 0, "training.previews.every", every, "at least 0");
            require(
                    seconds > 0 && seconds <= 60,
                    "training.previews.seconds",
                    seconds,
                    "above 0 and at most 60");
            // The takes' files are named by two decimals.
            var hundredths = new HashSet<Long>();
            boolean fit = !temperatures.isEmpty() && temperatures.size() <= MOST_TAKES;
            for (Double t : temperatures) {
                fit = fit && t != null && t >= 0 && t <= 100 && hundredths.add(Math.round(100 * t));
            }
            require(
                    fit,
                    "training.previews.temperatures",
                    temperatures,
                    "1 to 16 numbers from 0 to 100, each another in its first two decimals");
            temperatures = List.copyOf(temperatures);
        }
    }

    /// Lays a configuration over the defaults, and single settings over both.
    ///
    /// @param yaml the configuration; may be empty
    /// @param settings values by dotted key, such as `training.batch` to `4`, as YAML
    /// @throws IllegalArgumentException with one sentence that names the key and the value
    public static TrainConfig parse(String yaml, Map<String, String> settings) {
        try {
            JsonNode tree = YAML.readTree(defaultYaml());
            JsonNode over = read("the configuration", yaml);
            if (over.isObject()) {
                overlay((ObjectNode) tree, (ObjectNode) over, "");
            } else if (!over.isMissingNode() && !over.isNull()) {
                throw new IllegalArgumentException(
                        "the configuration is not a map of keys to values");
            }
            for (var setting : settings.entrySet()) {
                JsonNode value = read(setting.getKey(), setting.getValue());
                overlay((ObjectNode) tree, nest(setting.getKey(), value), "");
            }
            return bind(tree);
        } catch (IOException e) {
            throw new IllegalStateException("the defaults cannot be read", e);
        }
    }

    /// @param what is read, for the error
    private static JsonNode read(String what, String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            String place =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw new IllegalArgumentException(
                    "%s is not valid YAML: %s%s".formatted(what, firstLine(e), place), e);
        }
    }

    private static TrainConfig bind(JsonNode tree) {
        try {
            return YAML.treeToValue(tree, TrainConfig.class);
        } catch (JsonMappingException e) {
            // The records' own sentences say it best.
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof IllegalArgumentException) {
                    throw new IllegalArgumentException(cause.getMessage(), e);
                }
            }
            JsonNode value = tree;
            var key = new StringBuilder();
            for (var step : e.getPath()) {
                if (step.getFieldName() == null) break; // within a list
                key.append(key.isEmpty() ? "" : ".").append(step.getFieldName());
                value = value.path(step.getFieldName());
            }
            throw new IllegalArgumentException(
                    "%s is %s; it must be %s".formatted(key, value, wanted(e)), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the configuration: " + firstLine(e), e);
        }
    }

    /// What would have fitted, in words.
    private static String wanted(JsonMappingException e) {
        Class<?> type =
                e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (type == null) return "smaller";
        if (type == String.class) return "text, in quotes";
        if (type == boolean.class) return "true or false";
        if (type == MatmulPrecision.class) return "float32 or bfloat16";
        if (type == OptimizerChoice.class) return "adam or muon";
        if (type == double.class || type == Double.class) return "a number";
        if (List.class.isAssignableFrom(type)) return "a list of numbers, such as [0.8, 1]";
        if (type == DilationPattern.class)
            return "such as \"2 x 1..512\", or a list of whole numbers";
        return "a whole number of at most " + (type == long.class ? "64" : "32") + " bits";
    }

    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("");
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
        DilatedConvolutions trunk = spec.convolutions();
        int embedding = spec.labels().embedding();
        String output = MULAW;
        int levels = network.levels();
        int mixtures = network.mixtures();
        switch (spec.distribution()) {
            case Distribution.Categorical(int q) -> levels = q;
            case Distribution.LogisticMixture(int m) -> {
                output = LOGISTICS;
                mixtures = m;
            }
        }
        return new TrainConfig(
                new Network(
                        spec.sampleRate(),
                        output,
                        levels,
                        mixtures,
                        new Network.Channels(
                                trunk.residual(), trunk.gate(), trunk.skip(), spec.head().hidden()),
                        trunk.kernelSize(),
                        new DilationPattern(trunk.dilations()),
                        embedding == 0 ? network.labelEmbedding() : embedding),
                data,
                training);
    }

    /// The whole configuration as YAML, defaults included.
    public String toYaml() {
        try {
            return YAML.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a configuration that cannot be written", e);
        }
    }

    /// Every key with its value.
    JsonNode toTree() {
        return YAML.valueToTree(this);
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

    private static void overlay(ObjectNode base, ObjectNode over, String path) {
        for (var field : over.properties()) {
            JsonNode below = base.get(field.getKey());
            if (below == null) {
                throw new IllegalArgumentException(
                        "the configuration has no key %s%s; there are %s"
                                .formatted(path, field.getKey(), keys(base)));
            }
            JsonNode value = field.getValue();
            if (below.isObject() && value.isObject()) {
                overlay((ObjectNode) below, (ObjectNode) value, path + field.getKey() + ".");
            } else if (below.isObject()
                    || value.isMissingNode()
                    || (value.isNull() && !NULLABLE.contains(path + field.getKey()))) {
                throw new IllegalArgumentException(
                        "%s%s is %s; it must be like %s"
                                .formatted(
                                        path,
                                        field.getKey(),
                                        value.isMissingNode() ? "empty" : value,
                                        below));
            } else {
                base.set(field.getKey(), value);
            }
        }
    }

    private static String keys(ObjectNode node) {
        return String.join(", ", (Iterable<String>) node::fieldNames);
    }

    private static void require(boolean holds, String key, @Nullable Object value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be " + range);
        }
    }
}
