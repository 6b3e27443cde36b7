package wavenet4j.audio.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import wavenet4j.audio.testing.TestSounds;

import java.util.Arrays;

class PowerSpectrumTest {
    private static final int SIZE = 256;

    private static double[] spectrum(float[] samples, int start) {
        return new PowerSpectrum(SIZE).at(samples, start);
    }

    @Test
    void aFullScaleSineHasPowerOneAtItsBin() {
        double[] power = spectrum(TestSounds.sine(1000, 1, 1, 16000).samples(), 0);
        assertThat(power[16]).isCloseTo(1, within(.01));
        assertThat(power[15]).isCloseTo(.25, within(.01));
        assertThat(Arrays.stream(power).limit(12).sum()).isLessThan(1e-4);
        assertThat(Arrays.stream(power).skip(21).sum()).isLessThan(1e-4);
    }

    /// The transform stores these two bins side by side.
    @Test
    void separatesDcFromNyquist() {
        var still = new float[SIZE];
        var alternating = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            still[i] = 1;
            alternating[i] = i % 2 == 0 ? 1 : -1;
        }
        assertThat(spectrum(still, 0)[0]).isCloseTo(2, within(.05));
        assertThat(spectrum(still, 0)[SIZE / 2]).isLessThan(1e-4);
        assertThat(spectrum(alternating, 0)[SIZE / 2]).isCloseTo(2, within(.05));
        assertThat(spectrum(alternating, 0)[0]).isLessThan(1e-4);
    }

    @Test
    void padsWithZeros() {
        float[] sine = TestSounds.sine(1000, 1, .1, 16000).samples();
        var padded = new float[sine.length + 2 * SIZE];
        System.arraycopy(sine, 0, padded, SIZE, sine.length);
        assertThat(spectrum(sine, -100)).containsExactly(spectrum(padded, SIZE - 100));
        int late = sine.length - 100;
        assertThat(spectrum(sine, late)).containsExactly(spectrum(padded, SIZE + late));
        assertThat(spectrum(sine, -SIZE)).containsOnly(0);
        assertThat(spectrum(sine, sine.length + 5)).containsOnly(0);
    }
}
