package wavenet4j.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

class SpreadTest {
    @Test
    void percentiles() {
        double[] values = IntStream.rangeClosed(1, 101).mapToDouble(i -> 102 - i).toArray();
        assertThat(Spread.between(5, values)).isEqualTo(new Spread(6, 51, 96));
        assertThat(Spread.range(values)).isEqualTo(new Spread(1, 51, 101));
        assertThat(Spread.range(1, 2)).isEqualTo(new Spread(1, 1.5, 2));
        assertThat(Spread.between(5, 7)).isEqualTo(new Spread(7, 7, 7));
    }

    @Test
    void whatIsNoNumberDoesNotCount() {
        assertThat(Spread.range(Double.NaN, 3, 5)).isEqualTo(new Spread(3, 4, 5));
        Spread none = Spread.range(Double.NaN);
        assertThat(none.median()).isNaN();
        assertThat(none.holds(0)).isFalse();
    }

    @Test
    void itHoldsWhatLiesBetween() {
        Spread spread = new Spread(1, 2, 3);
        assertThat(spread.holds(1)).isTrue();
        assertThat(spread.holds(3)).isTrue();
        assertThat(spread.holds(3.1)).isFalse();
        assertThat(spread.holds(.9)).isFalse();
        assertThat(spread.holds(Double.NaN)).isFalse();
    }
}
