package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.spec.Precision;

import java.math.BigDecimal;
import java.util.Random;

final class PrecisionTest {
    @Test
    void everyBfloat16IsItself() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Precision.fromBfloat16((short) bits);
            if (Float.isNaN(value)) {
                assertThat(bfloat16(value)).isNaN();
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
        assertThat(bfloat16(1 + 0x1p-8f)).isEqualTo(1f);
        assertThat(bfloat16(1 + 3 * 0x1p-8f)).isEqualTo(1 + 4 * 0x1p-8f);
    }

    @Test
    void theErrorIsAtMostHalfAUnit() {
        var random = new Random(4);
        for (int i = 0; i < 10_000; i++) {
            float value = (float) random.nextGaussian();
            var error = new BigDecimal(value).subtract(new BigDecimal(bfloat16(value)));
            assertThat(error.abs().doubleValue()).isLessThanOrEqualTo(Math.ulp(value) * 32768);
        }
    }

    @Test
    void whatIsNotFiniteStaysSo() {
        assertThat(bfloat16(Float.NaN)).isNaN();
        for (int payload : new int[] {0x7FFFFFFF, 0x7F800001, 0xFFFFFFFF, 0xFFC00001}) {
            assertThat(bfloat16(Float.intBitsToFloat(payload))).isNaN();
        }
        assertThat(bfloat16(Float.POSITIVE_INFINITY)).isInfinite();
        assertThat(bfloat16(-Float.MAX_VALUE)).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    /// Of rows whose greatest weights lie from 1e-30 to 1e30.
    @Test
    void int8IsWithinHalfAStep() {
        var random = new Random(5);
        for (int row = 0; row < 1_000; row++) {
            float greatest = (float) Math.pow(10, 60 * random.nextDouble() - 30);
            float scale = Precision.int8Scale(greatest);
            assertThat(Precision.toInt8(greatest, scale)).isEqualTo((byte) 127);
            assertThat(Precision.toInt8(-greatest, scale)).isEqualTo((byte) -127);
            for (int i = 0; i < 100; i++) {
                float weight = greatest * (2 * random.nextFloat() - 1);
                byte q = Precision.toInt8(weight, scale);
                assertThat(Math.abs((double) q * scale - weight)).isLessThanOrEqualTo(scale * 0.5);
            }
        }
    }

    @Test
    void everyInt8IsItself() {
        var random = new Random(6);
        for (int row = 0; row < 1_000; row++) {
            float scale = Precision.int8Scale(random.nextFloat());
            for (int q = -127; q <= 127; q++) {
                assertThat((double) (q * scale))
                        .as("the product is exact")
                        .isEqualTo((double) q * scale);
                assertThat(Precision.toInt8(q * scale, scale)).isEqualTo((byte) q);
            }
            assertThat(Precision.int8Scale(127 * scale)).isEqualTo(scale);
        }
    }

    @Test
    void aRowOfZerosHasTheScaleZero() {
        assertThat(Precision.int8Scale(0)).isZero();
        assertThat(Precision.toInt8(0, 0)).isZero();
    }

    private static float bfloat16(float value) {
        return Precision.fromBfloat16(Precision.toBfloat16(value));
    }

    private static int rounded(int float32Bits) {
        return Short.toUnsignedInt(Precision.toBfloat16(Float.intBitsToFloat(float32Bits)));
    }
}
