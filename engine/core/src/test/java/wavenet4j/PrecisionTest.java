package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.Random;

final class PrecisionTest {
    @Test
    void everyBfloat16IsItself() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Precision.fromBfloat16((short) bits);
            if (Float.isNaN(value)) {
                assertThat(Precision.BFLOAT16.round(value)).isNaN();
            } else {
                assertThat(Precision.toBfloat16(value)).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void theNearestIsTakenAndATieGoesToTheEven() {
        // Every finite neighbouring pair, and between them: just below the middle, it, just above.
        for (int low = 0; low < 0x7F7F; low++) {
            int middle = low << 16 | 0x8000;
            assertThat(rounded(middle - 1)).isEqualTo(low);
            assertThat(rounded(middle)).isEqualTo(low % 2 == 0 ? low : low + 1);
            assertThat(rounded(middle + 1)).isEqualTo(low + 1);
            assertThat(rounded(middle + 1 | 1 << 31)).isEqualTo(low + 1 | 0x8000);
        }
        assertThat(Precision.BFLOAT16.round(1 + 0x1p-8f)).isEqualTo(1f);
        assertThat(Precision.BFLOAT16.round(1 + 3 * 0x1p-8f)).isEqualTo(1 + 4 * 0x1p-8f);
    }

    @Test
    void theErrorIsAtMostHalfAUnit() {
        var random = new Random(4);
        for (int i = 0; i < 10_000; i++) {
            float value = (float) random.nextGaussian();
            var error =
                    new BigDecimal(value).subtract(new BigDecimal(Precision.BFLOAT16.round(value)));
            assertThat(error.abs().doubleValue()).isLessThanOrEqualTo(Math.ulp(value) * 32768);
            assertThat(Precision.FLOAT32.round(value)).isEqualTo(value);
        }
    }

    @Test
    void whatIsNotFiniteStaysSo() {
        assertThat(Precision.BFLOAT16.round(Float.NaN)).isNaN();
        for (int payload : new int[] {0x7FFFFFFF, 0x7F800001, 0xFFFFFFFF, 0xFFC00001}) {
            assertThat(Precision.BFLOAT16.round(Float.intBitsToFloat(payload))).isNaN();
        }
        assertThat(Precision.BFLOAT16.round(Float.POSITIVE_INFINITY)).isInfinite();
        assertThat(Precision.BFLOAT16.round(-Float.MAX_VALUE)).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    private static int rounded(int float32Bits) {
        return Short.toUnsignedInt(Precision.toBfloat16(Float.intBitsToFloat(float32Bits)));
    }
}
