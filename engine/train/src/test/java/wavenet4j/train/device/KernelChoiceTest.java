package wavenet4j.train.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import wavenet4j.ModelSpec;
import wavenet4j.train.config.ComputeConfig.Kernels;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.network.FusedNetwork;
import wavenet4j.train.network.VectorNetwork;
import wavenet4j.train.testing.TinyRun;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Which kernels a processor computes the steps of a run with.
final class KernelChoiceTest {
    private final TrainingDevice device = TrainingDevice.processor();

    @Test
    void thoseThatAreAskedForWhateverTheRunBeganWith() {
        try (Computation opened = open(Kernels.VECTOR, "training.kernels=pytorch")) {
            assertThat(opened.loss()).isInstanceOf(FusedNetwork.class);
            assertThat(opened.kernels()).isEqualTo(Kernels.PYTORCH);
            assertThat(opened.describe())
                    .matches("(bfloat16|float32).* \\(as training.kernels asks for\\)");
        }
        try (Computation opened = open(Kernels.PYTORCH, "training.kernels=vector")) {
            assertThat(opened.loss()).isInstanceOf(VectorNetwork.class);
            assertThat(opened.kernels()).isEqualTo(Kernels.VECTOR);
        }
    }

    @Test
    void elseThoseThatTheRunBeganWith() {
        for (Kernels kept : List.of(Kernels.PYTORCH, Kernels.VECTOR)) {
            try (Computation opened = open(kept)) {
                assertThat(opened.kernels()).isEqualTo(kept);
                assertThat(opened.describe()).endsWith(" (as this run began)");
            }
        }
    }

    @Test
    void elseTheFasterOnesByAMeasurementMadeOnce() {
        // Large enough to be measured, and small beside what other tests measure of the memory.
        TrainConfig config =
                TrainConfig.parse(
                        "",
                        Map.of(
                                "network.channels", "{residual: 16, gate: 16, skip: 32, head: 32}",
                                "network.dilations", "2 x 1..32"));
        ModelSpec spec = config.network().spec(16_000, List.of());
        assertThat(spec.parameters()).isGreaterThan(10_000);
        String reason;
        Kernels chosen;
        try (Computation first = device.open(spec, config.training(), Kernels.AUTO)) {
            chosen = first.kernels();
            reason = first.describe();
            assertThat(chosen).isNotEqualTo(Kernels.AUTO);
            assertThat(reason)
                    .matches(
                            chosen == Kernels.VECTOR
                                    ? "float32, on the Vector API \\(\\d+\\.\\d\\d times PyTorch's"
                                            + " speed here\\)"
                                    : ".+\\(\\d+\\.\\d\\d times the Vector API's speed here\\)");
        }
        try (Computation second = device.open(spec, config.training(), Kernels.AUTO)) {
            assertThat(second.kernels()).isEqualTo(chosen);
            assertThat(second.describe()).isEqualTo(reason);
        }
    }

    @Test
    void windowsThatJavasHeapCannotHoldAreComputedByPyTorch() {
        ModelSpec spec = TinyRun.spec(16, 2, Collections.nCopies(60, 1));
        TrainConfig config = TinyRun.config("training.window=16777216");
        try (Computation opened = device.open(spec, config.training(), Kernels.AUTO)) {
            assertThat(opened.kernels()).isEqualTo(Kernels.PYTORCH);
            assertThat(opened.describe()).endsWith("(for want of Java's heap)");
        }
        TrainConfig vector = TinyRun.config("training.window=16777216", "training.kernels=vector");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> device.open(spec, vector.training(), Kernels.AUTO).close())
                .withMessageContainingAll("training.kernels is vector", "-Xmx", "pytorch");
    }

    private Computation open(Kernels kept, String... settings) {
        TrainConfig config = TinyRun.config(settings);
        return device.open(TinyRun.spec(16, 2, List.of(1, 2)), config.training(), kept);
    }
}
