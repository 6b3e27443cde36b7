package wavenet4j.cuda.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SoftmaxTest {
    @Test
    void isTheLogarithmOfTheSoftmax() {
        double[] logs = Softmax.logProbabilities(new float[] {1000, 1000 + (float) Math.log(3)});
        assertThat(Math.exp(logs[0])).isCloseTo(0.25, within(1e-4));
        assertThat(Math.exp(logs[1])).isCloseTo(0.75, within(1e-4));
    }

    @Test
    void divergesFromOthersInNats() {
        var even = new float[] {0, 0};
        var uneven = new float[] {0, (float) Math.log(3)};
        double expected = 0.5 * Math.log(0.5 / 0.25) + 0.5 * Math.log(0.5 / 0.75);
        assertThat(Softmax.divergence(even, uneven)).isCloseTo(expected, within(1e-6));
        assertThat(Softmax.divergence(even, new float[] {7, 7})).isCloseTo(0, within(1e-12));
        assertThat(Softmax.divergence(even, new float[] {Float.NaN, 0})).isNaN();
    }
}
