package wavenet4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.SampleHead;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.device.OutOfDeviceMemoryException;
import wavenet4j.train.device.TrainingDevice;
import wavenet4j.train.network.AutogradNetwork;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

final class MicroBatchSizeTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    /// The estimate against what the process's memory grows by at most. Wide and short, narrow and
    /// deep; each some hundred megabytes, beside which the heap's own changes are small.
    @ParameterizedTest
    @CsvSource({"64,256,5,2,16000,1", "32,64,14,3,8000,3"})
    void theEstimateIsWithinAFactorOfTwo(
            int width, int skip, int layers, int kernelSize, int targets, int rows)
            throws IOException {
        assumeThat(STATUS).as("the system's account of this process").exists();
        assumeThat(CLEAR).as("the reset of its peak").isWritable();
        List<Integer> dilations = IntStream.range(0, layers).mapToObj(i -> 1 << i % 6).toList();
        var spec =
                new ModelSpec(
                        16_000,
                        new Distribution.Categorical(256),
                        new DilatedConvolutions(width, width, skip, kernelSize, dilations),
                        new SampleHead(skip),
                        Conditioning.NONE);
        var levels = new ArrayList<int[]>();
        for (int row = 0; row < rows; row++) {
            levels.add(TinyRun.noise(spec.receptiveField() + targets, 256, row));
        }
        Batch batch = TinyRun.batch(spec, levels, new float[0], 0);
        float[] weights = TrainingState.initial(spec, 1).weights();
        learn(
                spec,
                weights,
                TinyRun.batch(spec, List.of(TinyRun.noise(500, 256, 0)), new float[0], 0));

        System.gc();
        Files.writeString(CLEAR, "5");
        long before = kilobytes("VmRSS:");
        learn(spec, weights, batch);
        double took = 1024.0 * (kilobytes("VmHWM:") - before);
        double estimate = (double) rows * MicroBatchSize.bytesOfWindow(spec, targets);
        assertThat(estimate / took)
                .as("estimated %,.0f bytes, took %,.0f", estimate, took)
                .isBetween(0.5, 2.0);
    }

    private static void learn(ModelSpec spec, float[] weights, Batch batch) {
        try (NDManager manager = TrainingDevice.processor().newManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = manager.create(weights);
            leaf.setRequiresGradient(true);
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                gradients.backward(new AutogradNetwork(spec).loss(leaf, batch));
            }
            assertThat(leaf.getGradient().norm().getFloat()).isPositive();
        }
    }

    private static long kilobytes(String key) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void memoryHoldsWholeWindowsAndAtLeastOne() {
        ModelSpec spec = TinyRun.spec(16, 2, List.of(1, 2, 4));
        long one = MicroBatchSize.bytesOfWindow(spec, 100);
        assertThat(new MicroBatchSize.Memory(spec, 3 * one).rows(100)).isEqualTo(3);
        assertThat(new MicroBatchSize.Memory(spec, 3 * one - 1).rows(100)).isEqualTo(2);
        assertThat(new MicroBatchSize.Memory(spec, 1).rows(100)).isEqualTo(1);
        assertThat(MicroBatchSize.bytesOfWindow(spec, 200)).isBetween(one, 2 * one);
        var labelled = TinyRun.spec(16, 2, List.of(1, 2, 4), "a", "b");
        assertThat(MicroBatchSize.bytesOfWindow(labelled, 100)).isGreaterThan(one);
    }

    @Test
    void theProcessorsAllocatorIsUnderstoodAndNoOtherErrorIsMistakenForIt() {
        try (NDManager manager = TrainingDevice.processor().newManager()) {
            assertThatThrownBy(() -> manager.zeros(new Shape(1L << 50)))
                    .isInstanceOfSatisfying(
                            EngineException.class,
                            e ->
                                    assertThat(OutOfDeviceMemoryException.matches(e))
                                            .as(e.getMessage())
                                            .isTrue());
            assertThatThrownBy(() ->
                            manager.zeros(new Shape(2, 3)).matMul(manager.zeros(new Shape(4))))
                    .isInstanceOfSatisfying(
                            EngineException.class,
                            e ->
                                    assertThat(OutOfDeviceMemoryException.matches(e))
                                            .as(e.getMessage())
                                            .isFalse());
        }
    }
}
