package wavenet4j.train.config;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// How the network is trained. The keys of all groups but the previews are written side by side,
/// below `training`.
///
/// @param seed of the first weights, the split of the files and the order of the windows
public record TrainingConfig(
        long seed,
        @JsonUnwrapped ComputeConfig compute,
        @JsonUnwrapped BatchConfig batches,
        @JsonUnwrapped ScheduleConfig schedule,
        @JsonUnwrapped OptimizerConfig optimizer,
        @JsonUnwrapped EvaluationConfig evaluation,
        @JsonUnwrapped CheckpointConfig checkpoints,
        PreviewConfig previews) {
    /// @param tree the whole configuration, with every key
    static TrainingConfig of(ObjectNode tree) {
        return new TrainingConfig(
                ConfigYaml.bind(tree, long.class, "training", "seed"),
                ConfigYaml.bind(tree, ComputeConfig.class, "training"),
                ConfigYaml.bind(tree, BatchConfig.class, "training"),
                ConfigYaml.bind(tree, ScheduleConfig.class, "training"),
                ConfigYaml.bind(tree, OptimizerConfig.class, "training"),
                ConfigYaml.bind(tree, EvaluationConfig.class, "training"),
                ConfigYaml.bind(tree, CheckpointConfig.class, "training"),
                ConfigYaml.bind(tree, PreviewConfig.class, "training", "previews"));
    }
}
