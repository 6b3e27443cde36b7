package wavenet4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.ModelSpec;
import wavenet4j.train.device.OutOfDeviceMemoryException;
import wavenet4j.train.device.TrainingDevice;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.util.List;

final class MicroBatchSizeTest {
    /// The estimate against what the memory of a fresh process grows by at most. Wide and short,
    /// narrow and deep; each some hundred megabytes, beside which the heap's own changes are small.
    @ParameterizedTest
    @CsvSource({"64,256,5,2,16000,1", "32,64,14,3,8000,3"})
    void theEstimateIsWithinAFactorOfTwo(
            int width, int skip, int layers, int kernelSize, int targets, int rows)
            throws IOException, InterruptedException {
        assumeThat(PeakMemory.STATUS).as("the system's account of a process").exists();
        assumeThat(PeakMemory.CLEAR).as("the reset of its peak").isWritable();
        var network = new PeakMemory.Network(width, skip, layers, kernelSize);
        double took = PeakMemory.measureInFreshProcess(network, targets, rows);
        double estimate = (double) rows * MicroBatchSize.bytesOfWindow(network.spec(), targets);
        assertThat(estimate / took)
                .as("estimated %,.0f bytes, took %,.0f", estimate, took)
                .isBetween(0.5, 2.0);
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
