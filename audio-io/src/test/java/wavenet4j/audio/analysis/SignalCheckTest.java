package wavenet4j.audio.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import wavenet4j.audio.testing.TestSounds;

import java.util.List;
import java.util.Random;

final class SignalCheckTest {
    private static List<String> warnings(float[] take) {
        var check = new SignalCheck();
        check.add(take, take.length);
        return check.warnings();
    }

    @Test
    void acceptsATone() {
        assertThat(warnings(TestSounds.sine(300, 0.6, 2, 4000).samples())).isEmpty();
    }

    @Test
    void warnsOfSilence() {
        assertThat(warnings(new float[8000])).singleElement().asString().contains("silence");
    }

    @Test
    void warnsOfNoise() {
        var random = new Random(1);
        var noise = new float[8000];
        for (int i = 0; i < noise.length; i++) noise[i] = 0.3f * (float) random.nextGaussian();
        assertThat(warnings(noise)).anyMatch(warning -> warning.contains("white noise"));
    }

    @Test
    void warnsOfClipping() {
        var square = new float[8000];
        for (int i = 0; i < square.length; i++) square[i] = i / 40 % 2 == 0 ? 1 : -1;
        assertThat(warnings(square)).singleElement().asString().contains("full scale");
    }

    @Test
    void levelSilenceAndFlatnessAreMeasured() {
        var check = new SignalCheck();
        float[] sine = TestSounds.sine(500, 0.1, 0.512, 16_000).samples(); // 8 frames
        check.add(sine, sine.length);
        check.add(new float[sine.length], sine.length);
        assertThat(check.decibels()).isCloseTo(-26, within(0.1)); // 0.1^2 / 2, half of the time
        assertThat(check.silentShare()).isEqualTo(0.5);
        assertThat(check.flatness()).isLessThan(0.01);

        var noise = new SignalCheck();
        noise.add(TestSounds.noise(1, 1, 16_000, 3).samples(), 16_000);
        assertThat(noise.decibels()).isCloseTo(-4.8, within(0.1)); // a uniform distribution's
        assertThat(noise.silentShare()).isZero();
        assertThat(noise.flatness()).isBetween(0.95, 1.0);
    }
}
