package wavenet4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.ModelSpec;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.backend.Backend.Availability.Ready;
import wavenet4j.backend.Backends;
import wavenet4j.cpu.internal.kernels.Lanes;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.Labels;
import wavenet4j.testing.Channels;

import java.util.List;

class CpuBackendTest {
    private static final ModelSpec SPEC =
            Networks.spec(256, new Channels(4, 4, 4, 4), 2, List.of(1), Labels.NONE);

    @Test
    void isFoundAndTakenBeforeTheReference() {
        assertThat(Backends.fastest(SPEC).backend()).isInstanceOf(CpuBackend.class);
        assertThat(Backends.named("cpu", SPEC).reason()).contains("float32 lanes");
    }

    @Test
    void withoutTheVectorModuleItNamesTheFlag() {
        assertThat(new CpuBackend(true, 0).probe(SPEC))
                .isEqualTo(new Ready("Vector API, %d float32 lanes".formatted(Lanes.COUNT)));
        assertThat(new CpuBackend(false, 0).probe(SPEC))
                .isEqualTo(
                        new Ready(
                                "plain loops, several times slower than with java --add-modules"
                                        + " jdk.incubator.vector"));
    }

    @Test
    void aNetworkLargerThanAnArrayIsNotForIt() {
        int longest = DilatedConvolutions.MAX_RECEPTIVE_FIELD - 1;
        var spec = Networks.spec(2, new Channels(64, 1, 1, 1), 2, List.of(longest), Labels.NONE);
        assertThat(new CpuBackend().probe(spec)).isInstanceOf(Missing.class);
    }
}
