package wavenet4j.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.data.LabelRule;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

final class TrainConfigTest {
    private static TrainConfig parse(String yaml) {
        return TrainConfig.parse(yaml, Map.of());
    }

    static List<Path> presets() throws IOException {
        Path configs = Path.of(System.getProperty("wavenet4j.root", "../..")).resolve("configs");
        try (Stream<Path> files = Files.list(configs)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetIsANetworkThatCanBeTrained(Path preset) throws IOException {
        TrainConfig config = parse(Files.readString(preset));
        ModelSpec spec = config.network().spec(16_000, List.of("a", "b"));
        assertThat(spec.parameters()).isBetween(100_000L, 10_000_000L);
        assertThat(TrainingState.initial(spec, 1).weights())
                .hasSize(Math.toIntExact(spec.parameters()));
        LabelRule.parse(config.data().labels(), Path.of(""));
        assertThat(parse(config.toYaml())).isEqualTo(config);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "null", "---\n", "training:\n  batch: 1\n"})
    void whatIsLeftOutIsAsInTheDefaults(String yaml) {
        TrainConfig config = parse(yaml);
        assertThat(config.network().sampleRate()).isNull();
        assertThat(config.network().levels()).isEqualTo(256);
        assertThat(config.network().dilations().list()).hasSize(20).startsWith(1, 2, 4);
        assertThat(config.data().trimDb()).isNull();
        assertThat(config.training().schedule().learningRate()).isEqualTo(0.01);
        assertThat(config.training().previews())
                .isEqualTo(new PreviewConfig(500, 3, List.of(0.9, 1.0, 1.1)));
    }

    @Test
    void whatTheNetworkPutsOutIsAChoice() {
        assertThat(output("{}")).isEqualTo(new Distribution.Categorical(256));
        assertThat(output("{levels: 1024}")).isEqualTo(new Distribution.Categorical(1024));
        assertThat(output("{output: logistics}")).isEqualTo(new Distribution.LogisticMixture(10));
        assertThat(output("{output: logistics, mixtures: 4}"))
                .isEqualTo(new Distribution.LogisticMixture(4));
    }

    private static Distribution output(String network) {
        return parse("network: " + network).network().spec(8000, List.of()).distribution();
    }

    @Test
    void theNetworkOfAModelIsTakenOverWithItsOutput() {
        TrainConfig config = parse("network: {levels: 64}");
        for (Distribution output :
                List.of(new Distribution.Categorical(1024), new Distribution.LogisticMixture(4))) {
            ModelSpec spec = TinyRun.spec(output, 2, List.of(1, 2));
            NetworkConfig network = config.withNetworkOf(spec).network();
            assertThat(network.spec(16_000, List.of())).isEqualTo(spec);
        }
    }

    @Test
    void settingsLieOverTheFileWhichLiesOverTheDefaults() {
        String yaml = "training: {batch: 3, window: 50}\ndata: {trimDb: -40}\n";
        TrainConfig config =
                TrainConfig.parse(
                        yaml,
                        Map.of(
                                "training.batch", "7",
                                "network.channels.skip", "9",
                                "data.trimDb", "null",
                                "network.sampleRate", "8000",
                                "network.dilations", "[1, 3]"));
        assertThat(config.training().batches().size()).isEqualTo(7);
        assertThat(config.training().batches().window()).isEqualTo(50);
        assertThat(config.network().channels())
                .isEqualTo(new NetworkConfig.Channels(64, 64, 9, 256));
        assertThat(config.data().trimDb()).isNull();
        assertThat(config.network().sampleRate()).isEqualTo(8000);
        assertThat(config.network().dilations().list()).containsExactly(1, 3);
    }

    /// YAML 1.1 wants a point in a number with an exponent; people leave it out.
    @ParameterizedTest
    @CsvSource({"1e-3,0.001", "1.0e-3,0.001", "5E-4,0.0005", "1,1", ".5,0.5"})
    void numbersAreReadAsPeopleWriteThem(String words, double value) {
        assertThat(
                        parse("training: {learningRate: %s}".formatted(words))
                                .training()
                                .schedule()
                                .learningRate())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "folders",
                "pattern:(?<a>x: y) # z",
                "csv:C:\\labels 1.csv",
                "true",
                "1e3",
                "null",
                "pattern:{}[]'\"\n\t*&!",
                " spaced ",
                "",
                "~",
                "péché",
                "- x"
            })
    void whatIsWrittenReadsBackEqual(String labels) {
        var data =
                new DataConfig(
                        labels,
                        DataConfig.SplitRule.FILES,
                        0.3,
                        -45.5,
                        true,
                        true,
                        0.125,
                        "/big disk/x",
                        "CC0: \"mine\"",
                        false);
        TrainConfig plain = parse("");
        var config = new TrainConfig(plain.network(), data, plain.training());
        assertThat(parse(config.toYaml())).isEqualTo(config);
    }

    @Test
    void extremeNumbersReadBackEqual() {
        TrainConfig config =
                parse(
                        """
                        network: {sampleRate: 44100, dilations: [512, 1, 7]}
                        training:
                          seed: -9223372036854775808
                          learningRate: 1.0e-12
                          clipNorm: 1.0e9
                          finalRate: 0
                          averaging: 0.9999999999
                          steps: 9223372036854775807
                        """);
        assertThat(parse(config.toYaml())).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 x 1..512 | 20",
                "1x1..1 | 1",
                "3 x 2..16 | 12",
                "10 x 3..5 | 10",
                "\" 2 x 1 .. 4 \" | 6",
                "[1] | 1",
                "[4, 2, 1] | 3"
            })
    void dilationsAreCyclesOrAList(String words, int layers) {
        assertThat(parse("network: {dilations: %s}".formatted(words)).network().dilations().list())
                .hasSize(layers);
    }

    @Test
    void cyclesDouble() {
        assertThat(DilationPattern.parse("2 x 1..8").list())
                .containsExactly(1, 2, 4, 8, 1, 2, 4, 8);
        assertThat(DilationPattern.parse("1 x 3..20").list()).containsExactly(3, 6, 12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // keys
                "nonsense: 1 | nonsense | network, data, training",
                "training: {batches: 2} | training.batches | training.batch?",
                "network: {channels: {skips: 2}} | network.channels.skips | network.channels.skip?",
                // kinds
                "training: {batch: four} | training.batch | \"four\"",
                "training: {batch: 1.5} | training.batch | 1.5",
                "training: {batch: true} | training.batch | true",
                "training: {batch: [1]} | training.batch | [1]",
                "training: {batch: {a: 1}} | training.batch | {\"a\":1}",
                "training: {batch: null} | training.batch | null",
                "training: {batch: } | training.batch | null",
                "training: {batch: 5000000000} | training.batch | 5000000000",
                "training: {seed: 99999999999999999999} | training.seed | 99999999999999999999",
                "training: {matmulPrecision: float16} | training.matmulPrecision | float32 or",
                "training: {optimizer: sgd} | training.optimizer | adam or muon",
                "training: {checkpointsKept: 1} | training.checkpointsKept | 1",
                "training: {learningRate: fast} | training.learningRate | \"fast\"",
                "training: {learningRate: true} | training.learningRate | true",
                "training: {learningRate: [0.1]} | training.learningRate | [0.1]",
                "training: 5 | training | 5",
                "training: [1, 2] | training | [1,2]",
                "training: null | training | null",
                "network: {channels: 64} | network.channels | 64",
                "network: {channels: [1, 2, 3, 4]} | network.channels | [1,2,3,4]",
                "network: {sampleRate: high} | network.sampleRate | \"high\"",
                "network: {sampleRate: 8000.5} | network.sampleRate | 8000.5",
                "network: {dilations: 512} | network.dilations | 512",
                "network: {dilations: 1..512} | network.dilations | \"1..512\"",
                "network: {dilations: 2 x 0..512} | network.dilations | \"2 x 0..512\"",
                "network: {dilations: [1, two]} | network.dilations | [1,\"two\"]",
                "network: {dilations: [1, 2.5]} | network.dilations | [1,2.5]",
                "network: {dilations: [1, null]} | network.dilations | [1,null]",
                "network: {dilations: {a: 1}} | network.dilations | {\"a\":1}",
                "network: {dilations: null} | network.dilations | null",
                "data: {labels: 5} | data.labels | 5",
                "data: {labels: [a]} | data.labels | [\"a\"]",
                "data: {normalize: maybe} | data.normalize | \"maybe\"",
                "data: {normalize: 1} | data.normalize | 1",
                "data: {trimDb: soft} | data.trimDb | \"soft\"",
                // ranges
                "training: {batch: 0} | training.batch | 0",
                "training: {batch: -3} | training.batch | -3",
                "training: {window: 0} | training.window | 0",
                "training: {window: 99999999} | training.window | 99999999",
                "training: {steps: -1} | training.steps | -1",
                "training: {steps: 0} | training.steps | training.minutes",
                "training: {minutes: -1} | training.minutes | -1",
                "training: {minutes: NaN} | training.minutes | NaN",
                "training: {learningRate: 0} | training.learningRate | 0",
                "training: {learningRate: 2} | training.learningRate | 2",
                "training: {learningRate: NaN} | training.learningRate | NaN",
                "training: {warmupSteps: -1} | training.warmupSteps | -1",
                "training: {finalRate: 1.5} | training.finalRate | 1.5",
                "training: {clipNorm: 0} | training.clipNorm | 0",
                "training: {averaging: 1} | training.averaging | 1",
                "training: {validateEvery: 0} | training.validateEvery | 0",
                "training: {validationWindows: 0} | training.validationWindows | 0",
                "training: {checkpointEvery: 0} | training.checkpointEvery | 0",
                "training: {previews: {every: -1}} | training.previews.every | -1",
                "training: {previews: {seconds: 0}} | training.previews.seconds | 0",
                "training: {previews: {seconds: 61}} | training.previews.seconds | 61",
                "training: {previews: 5} | training.previews | 5",
                "training: {previews: {temperatures: 1}} | training.previews.temperatures | list",
                "training: {previews: {temperatures: []}} | training.previews.temperatures | []",
                "training: {previews: {temperatures: [hot]}} | training.previews.temperatures |"
                        + " hot",
                "training: {previews: {temperatures: [null]}} | training.previews.temperatures |"
                        + " null",
                "training: {previews: {temperatures: [-1]}} | training.previews.temperatures | -1",
                "training: {previews: {temperatures: [101]}} | training.previews.temperatures |"
                        + " 101",
                "training: {previews: {temperatures: [0.9, 0.9]}} | previews.temperatures | 0.9",
                "training: {previews: {temperatures: [0.901, 0.904]}} | previews.temperatures |"
                        + " 0.9",
                "data: {heldOut: 0} | data.heldOut | 0",
                "data: {heldOut: 1} | data.heldOut | 1",
                "data: {trimDb: 3} | data.trimDb | 3",
                "data: {tailSeconds: 61} | data.tailSeconds | 61",
                "network: {levels: 1} | network.levels | 1",
                "network: {levels: 65537} | network.levels | 65,536",
                "network: {output: gaussians} | network.output | mulaw or logistics",
                "network: {mixtures: 0} | network.mixtures | 0",
                "network: {output: logistics, mixtures: 1025} | network.mixtures | 1025",
                "network: {sampleRate: 0} | sampleRate | 0",
                "network: {kernelSize: 0} | kernelSize | 0",
                "network: {labelEmbedding: 0} | network.labelEmbedding | 0",
                "network: {channels: {gate: 0}} | channels.gate | 0",
                "network: {channels: {gate: 99999}} | channels.gate | 99,999",
                "network: {dilations: []} | dilations | 0",
                "network: {dilations: [0]} | dilations | 0",
                "network: {dilations: 0 x 1..512} | dilations | 0",
                "network: {dilations: 999 x 1..99999999} | dilations | 1,000",
                "network: {dilations: [99999999]} | dilations | 99,999,999",
                "network: {channels: {residual: 9999, gate: 9999}} | parameters | 268435456",
                // no configuration at all
                "5 | configuration | map",
                "just words | configuration | map",
                "[1, 2] | configuration | map",
                "training: {batch: 1 | configuration | line 1",
                "training: {batch: 1, batch: 2} | configuration | batch",
                "a: b: c | configuration | line 1",
                "'\t' | configuration | map",
                "`\t` | configuration | line 1",
                "training: {clipNorm: Infinity} | training.clipNorm | Infinity",
                "training: {clipNorm: .inf} | configuration | .inf",
            })
    void whatDoesNotFitIsOneSentence(String yaml, String key, String value) {
        assertThatThrownBy(() -> parse(yaml))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value)
                .hasMessageNotContainingAny("\n", "wavenet4j.", "com.fasterxml", "Cannot");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.batch | four | training.batch is \"four\"",
                "training.batch | '' | training.batch is empty",
                "training.batch | [1 | training.batch is not valid YAML",
                "training | 5 | training is 5",
                "bach | 5 | no key bach; did you mean training.batch?",
                "training.batch.more | 5 | training.batch is {\"more\":5}",
                "'' | 5 | no key ;",
                ". | 5 | no key .;",
            })
    void aSettingThatDoesNotFitIsOneSentence(String key, String value, String sentence) {
        assertThatThrownBy(() -> TrainConfig.parse("", Map.of(key, value)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContainingAny("\n", "wavenet4j.", "com.fasterxml", "Cannot");
    }

    /// Damage may still leave a configuration; anything else must be a sentence.
    @Test
    void damagedTextIsReadOrRefusedInOneSentence() {
        byte[] whole = parse(TinyRun.CONFIG).toYaml().getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            byte[] damaged = whole.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            int length = seed % 4 == 0 ? random.nextInt(damaged.length) : damaged.length;
            try {
                parse(new String(damaged, 0, length, StandardCharsets.ISO_8859_1));
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage())
                        .as("seed %d", seed)
                        .isNotBlank()
                        .doesNotContain("\n", "wavenet4j.", "com.fasterxml");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }
}
