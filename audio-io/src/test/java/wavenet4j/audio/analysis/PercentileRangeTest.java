package wavenet4j.audio.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

class PercentileRangeTest {
    @Test
    void percentiles() {
        double[] values = IntStream.rangeClosed(1, 101).mapToDouble(i -> 102 - i).toArray();
        assertThat(PercentileRange.trimmed(5, values)).isEqualTo(new PercentileRange(6, 51, 96));
        assertThat(PercentileRange.full(values)).isEqualTo(new PercentileRange(1, 51, 101));
        assertThat(PercentileRange.full(1, 2)).isEqualTo(new PercentileRange(1, 1.5, 2));
        assertThat(PercentileRange.trimmed(5, 7)).isEqualTo(new PercentileRange(7, 7, 7));
    }

    @Test
    void ignoresNan() {
        assertThat(PercentileRange.full(Double.NaN, 3, 5)).isEqualTo(new PercentileRange(3, 4, 5));
        PercentileRange none = PercentileRange.full(Double.NaN);
        assertThat(none.median()).isNaN();
        assertThat(none.contains(0)).isFalse();
    }

    @Test
    void containsValuesBetween() {
        PercentileRange spread = new PercentileRange(1, 2, 3);
        assertThat(spread.contains(1)).isTrue();
        assertThat(spread.contains(3)).isTrue();
        assertThat(spread.contains(3.1)).isFalse();
        assertThat(spread.contains(.9)).isFalse();
        assertThat(spread.contains(Double.NaN)).isFalse();
    }
}
