package wavenet4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class PeaksTest {
    private final Peaks peaks = new Peaks();
    private final Work work = new Work();

    @Test
    void theChainsEndWhereTheyShould() {
        float sum = peaks.multiplyAdd(new Peaks.Factor(), work);
        assertThat(sum).isEqualTo(12); // each of the 12 settles at 1 = 1 * 0.5 + 0.5
        assertThat(work.multiplyAdds).isPositive();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "MEMORY") // a gigabyte
    void everyByteIsRead(MemoryLevel level) {
        assumeThat(level.size()).as("the machine tells the size of its caches").isPositive();
        var bytes = new Peaks.Bytes();
        bytes.level = level;
        bytes.fill();
        assertThat(peaks.read(bytes, work)).isEqualTo(0x01010101);
        assertThat(work.bytes).isBetween(1L << 22, (1L << 22) + level.working());
        assertThat(MemoryLevel.holding(level.working())).isEqualTo(level);
    }
}
