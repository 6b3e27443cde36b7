package wavenet4j.cuda.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LaunchTest {
    @ParameterizedTest
    @CsvSource({
        "0, 32, 1, 0, 0 blocks",
        "1, 0, 1, 0, 0 threads",
        "1, 1025, 1, 0, 1025 threads",
        "4, 32, 0, 0, 0 blocks of a cluster",
        "17, 32, 17, 0, 17 blocks of a cluster",
        "6, 32, 4, 0, 6 blocks cannot be parted into clusters of 4",
        "1, 32, 1, -1, -1 bytes of shared memory"
    })
    void namesTheNumberThatCannotBe(
            int blocks, int threads, int clusterBlocks, int sharedBytes, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Launch(blocks, threads, clusterBlocks, sharedBytes, false))
                .withMessageContaining(message);
    }

    @Test
    void theStructsAreLaidOutAsDocumented() {
        assertThat(LaunchConfig.CONFIG.byteSize()).isEqualTo(56);
        assertThat(offset("gridDimX")).isEqualTo(0);
        assertThat(offset("gridDimY")).isEqualTo(4);
        assertThat(offset("gridDimZ")).isEqualTo(8);
        assertThat(offset("blockDimX")).isEqualTo(12);
        assertThat(offset("blockDimY")).isEqualTo(16);
        assertThat(offset("blockDimZ")).isEqualTo(20);
        assertThat(offset("sharedMemBytes")).isEqualTo(24);
        assertThat(offset("hStream")).isEqualTo(32);
        assertThat(offset("attrs")).isEqualTo(40);
        assertThat(offset("numAttrs")).isEqualTo(48);
        assertThat(LaunchConfig.ATTRIBUTE.byteSize()).isEqualTo(72);
        assertThat(LaunchConfig.ATTRIBUTE.byteOffset(groupElement("id"))).isEqualTo(0);
        assertThat(LaunchConfig.ATTRIBUTE.byteOffset(groupElement("value"))).isEqualTo(8);
    }

    private static long offset(String field) {
        return LaunchConfig.CONFIG.byteOffset(groupElement(field));
    }
}
