package wavenet4j.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class SamplingTest {
    @Test
    void theEndsOfTheRangesAreAllowed() {
        assertThat(new Sampling(0, 0, Float.MIN_VALUE).temperature()).isZero();
        assertThat(new Sampling(100, Integer.MAX_VALUE, 1).topP()).isOne();
    }

    @Test
    void whatIsOutsideIsNamed() {
        for (float temperature : new float[] {-0.1f, 101, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Sampling(temperature, 0, 1))
                    .withMessage(
                            "the temperature is %s; it must be between 0 and 100", temperature);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sampling(1, -1, 1))
                .withMessage("top-k is -1; it must be at least 0");
        for (float topP : new float[] {0, -1, 1.01f, Float.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Sampling(1, 0, topP))
                    .withMessage("top-p is %s; it must be above 0 and at most 1", topP);
        }
    }
}
