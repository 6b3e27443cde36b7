package wavenet4j.train.device;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import wavenet4j.ModelSpec;
import wavenet4j.train.config.TrainConfig;

import java.util.List;
import java.util.Map;

final class TrainingMemoryTest {
    private static final long GIB = 1L << 30;

    private static ModelSpec network(String yaml) {
        return TrainConfig.parse(yaml, Map.of()).network().spec(16_000, List.of());
    }

    /// 2^26 inputs of 512 channels alone are 128 GiB.
    @Test
    void aReceptiveFieldOfAnHourIsRefused() {
        ModelSpec spec =
                network(
                        "network: {dilations: [67108863], kernelSize: 2, channels: {residual:"
                                + " 512}}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingMemory.require(spec, 4 * GIB, 128 * GIB))
                .withMessageMatching(
                        "the shortest window that trains this network, which has a receptive field"
                            + " of 67,108,864 samples, takes [\\d,]+ MB of memory, and this machine"
                            + " has 131,072 MB; take shorter network.dilations or smaller"
                            + " network.channels");
    }

    /// Four values of four bytes for each parameter.
    @Test
    void aStateLargerThanJavasMemoryIsRefused() {
        ModelSpec spec = network("network: {channels: {residual: 512, gate: 512}}");
        long state = 16 * spec.parameters();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingMemory.require(spec, state - 1, 1 << 30))
                .withMessageContaining("%,d parameters".formatted(spec.parameters()))
                .withMessageContaining("or let Java use more by -Xmx");
        TrainingMemory.require(spec, state, 1024 * GIB);
    }

    @Test
    void theDefaultsAreTrainedInALittleMemory() {
        TrainingMemory.require(network(""), GIB / 2, GIB);
    }
}
