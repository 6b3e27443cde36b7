package wavenet4j.train.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// Runs and configurations of earlier versions can still be read.
final class EarlierConfigTest {
    /// The configuration that a run of an earlier version has in its folder, every key with a value
    /// of its own.
    private static final String EARLIER =
            """
            network:
              sampleRate: 8000
              output: "logistics"
              levels: 300
              mixtures: 4
              channels:
                residual: 6
                gate: 5
                skip: 7
                head: 8
              kernelSize: 3
              dilations:
              - 1
              - 2
              labelEmbedding: 9
            data:
              labels: "folders"
              heldOut: 0.25
              trimDb: -41.0
              normalize: true
              leadIn: true
              tailSeconds: 0.5
              licence: "CC0"
            training:
              seed: 11
              batch: 12
              window: 13
              coldStarts: 0.14
              factors: "float32"
              inputNoise: 0.15
              labelDropout: 0.16
              steps: 17
              minutes: 18.5
              optimizer: "adam"
              learningRate: 0.19
              warmupSteps: 20
              finalRate: 0.21
              clipNorm: 22.5
              averaging: 0.23
              validateEvery: 24
              validationWindows: 25
              patience: 26
              checkpointEvery: 27
              checkpointsKept: 28
              previews:
                every: 29
                seconds: 30.5
                temperatures:
                - 0.31
                - 0.32
            """;

    @Test
    void aRunOfAnEarlierVersionIsReadKeyByKey() {
        assertThat(TrainConfig.parseOfRun(EARLIER, Map.of()))
                .isEqualTo(
                        new TrainConfig(
                                new NetworkConfig(
                                        8000,
                                        "logistics",
                                        300,
                                        4,
                                        new NetworkConfig.Channels(6, 5, 7, 8),
                                        3,
                                        new DilationPattern(List.of(1, 2)),
                                        9),
                                new DataConfig(
                                        "folders",
                                        DataConfig.SplitRule.FILES,
                                        0.25,
                                        -41.0,
                                        true,
                                        true,
                                        0.5,
                                        null,
                                        "CC0",
                                        true),
                                new TrainingConfig(
                                        11,
                                        new ComputeConfig(
                                                ComputeConfig.MatmulPrecision.FLOAT32,
                                                ComputeConfig.Kernels.AUTO),
                                        new BatchConfig(12, 13, 0.14, 0.15, 0.16),
                                        new ScheduleConfig(17, 18.5, 0.19, 20, 0.21),
                                        new OptimizerConfig(
                                                OptimizerConfig.Algorithm.ADAM, 22.5, 0.23),
                                        new EvaluationConfig(24, 25, 26),
                                        new CheckpointConfig(27, 28),
                                        new PreviewConfig(29, 30.5, List.of(0.31, 0.32)))));
    }

    /// Keys that earlier versions did not have.
    private static final List<String> NEW =
            List.of("excerpts: true", "split: \"files\"", "cache: null", "kernels: \"auto\"");

    /// Only keys that are new or have a new name are written otherwise than before.
    @Test
    void theKeysAreThoseOfEarlierVersions() {
        String now = TrainConfig.parseOfRun(EARLIER, Map.of()).toYaml();
        assertThat(now.lines().map(String::strip).filter(line -> !NEW.contains(line)))
                .containsExactlyInAnyOrderElementsOf(
                        EARLIER.lines()
                                .map(line -> line.replace("factors", "matmulPrecision").strip())
                                .toList());
        assertThat(TrainConfig.parse("", Map.of("training.factors", "float32")))
                .isEqualTo(TrainConfig.parse("", Map.of("training.matmulPrecision", "float32")))
                .isNotEqualTo(TrainConfig.parse("", Map.of()));
    }
}
