package wavenet4j.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExpTest {
    @Test
    void everyResultIsWithinTheErrorStated() {
        double worst = 0;
        // Every 97th float between -87 and 88: some 20 million.
        for (float end : new float[] {-87, 88}) {
            float sign = Math.signum(end);
            int last = Float.floatToIntBits(Math.abs(end));
            for (int bits = 0; bits <= last; bits += 97) {
                float x = sign * Float.intBitsToFloat(bits);
                double exact = StrictMath.exp(x);
                double error = Math.abs(Exp.exp(x) - exact) / Math.ulp((float) exact);
                worst = Math.max(worst, error);
            }
        }
        assertThat(worst).isGreaterThan(0.5).isLessThan(1.1);
    }

    @Test
    void zeroIsOneAndTheEndsAreHeld() {
        assertThat(Exp.exp(0f)).isEqualTo(1f);
        assertThat(Exp.exp(-0f)).isEqualTo(1f);
        assertThat(Exp.exp(Float.MIN_VALUE)).isEqualTo(1f);
        assertThat(Exp.exp(Float.NEGATIVE_INFINITY)).isEqualTo(Exp.exp(-87f));
        assertThat(Exp.exp(-1e30f)).isEqualTo(Exp.exp(-87f)).isGreaterThan(Float.MIN_NORMAL);
        assertThat(Exp.exp(Float.POSITIVE_INFINITY)).isEqualTo(Exp.exp(88f)).isLessThan(2e38f);
        assertThat(Exp.exp(Float.NaN)).isNaN();
    }
}
