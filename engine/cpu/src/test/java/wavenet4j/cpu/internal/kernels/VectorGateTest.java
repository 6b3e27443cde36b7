package wavenet4j.cpu.internal.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Random;

class VectorGateTest {
    @Test
    void isTanhTimesSigmoid() {
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            double filter = random.nextGaussian() * Math.exp(3 * random.nextGaussian());
            double gate = random.nextGaussian() * Math.exp(3 * random.nextGaussian());
            requireClose((float) filter, (float) gate);
        }
    }

    @Test
    void reachesItsLimits() {
        float[] values = {
            0,
            -0f,
            Float.MIN_VALUE,
            1e-10f,
            1,
            9.9f,
            10.1f,
            20,
            59,
            61,
            88,
            89,
            1e30f,
            Float.MAX_VALUE,
            Float.POSITIVE_INFINITY
        };
        for (float filter : values) {
            for (float gate : values) {
                requireClose(filter, gate);
                requireClose(-filter, gate);
                requireClose(filter, -gate);
                requireClose(-filter, -gate);
            }
        }
    }

    @Test
    void whatIsNotANumberStaysSo() {
        assertThat(gate(Float.NaN, 1)).isNaN();
        assertThat(gate(1, Float.NaN)).isNaN();
    }

    private static void requireClose(float filter, float gate) {
        double expected = StrictMath.tanh(filter) / (1 + StrictMath.exp(-(double) gate));
        assertThat(gate(filter, gate))
                .as("tanh(%s) sigmoid(%s)", filter, gate)
                .isCloseTo((float) expected, within((float) (1e-6 * Math.abs(expected) + 1e-25)));
    }

    private static float gate(float filter, float gate) {
        var h = new float[2 * Product.LANES];
        var z = new float[Product.LANES];
        h[3] = filter;
        h[Product.LANES + 3] = gate;
        new VectorKernels().gate(h, Product.LANES, z, 0);
        assertThat(z[2]).isZero();
        float onVectors = z[3];
        new ScalarKernels().gate(h, Product.LANES, z, 0);
        assertThat(z[2]).isZero();
        assertThat(Float.floatToIntBits(z[3]))
                .as("the bits in plain loops")
                .isEqualTo(Float.floatToIntBits(onVectors));
        return onVectors;
    }
}
