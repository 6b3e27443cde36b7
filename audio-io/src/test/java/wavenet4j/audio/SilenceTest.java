package wavenet4j.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SilenceTest {
    private static final int RATE = 8000;

    /// However loud the recording, the same is cut.
    @ParameterizedTest
    @ValueSource(doubles = {1, .1, .001, 1e-6})
    void trimsRelativeToThePeak(double gain) {
        Clip hiss = Sounds.noise(.001 * gain, 1, RATE, 1);
        Clip tone = Sounds.sine(440, gain, .5, RATE);
        Clip trimmed = new Silence(-40, 0).trim(Sounds.join(hiss, tone, hiss, hiss));
        // The tone passes -40 dB within a sample of its start and end.
        assertThat(trimmed.samples()).hasSizeBetween(RATE / 2 - 2, RATE / 2);
        assertThat(trimmed.peak()).isEqualTo(tone.peak());
    }

    @Test
    void leavesAMargin() {
        Clip clip =
                Sounds.join(
                        Sounds.silence(1, RATE),
                        new Clip(new float[] {.5f}, RATE),
                        Sounds.silence(1, RATE));
        assertThat(Silence.below(-40).trim(clip).samples()).hasSize(1 + 2 * RATE / 20);
        assertThat(new Silence(-40, 60).trim(clip)).isSameAs(clip);
    }

    @Test
    void keepsPausesInside() {
        Clip tone = Sounds.sine(440, .5, .5, RATE);
        Clip clip = Sounds.join(tone, Sounds.silence(1, RATE), tone);
        assertThat(new Silence(-40, 0).trim(clip).seconds()).isGreaterThan(1.99);
    }

    @Test
    void neverDropsAll() {
        Clip silence = Sounds.silence(1, RATE);
        assertThat(Silence.below(-40).trim(silence)).isSameAs(silence);
        Clip empty = Sounds.silence(0, RATE);
        assertThat(Silence.below(-40).trim(empty)).isSameAs(empty);
    }

    @Test
    void refusesSenselessThresholds() {
        assertThatIllegalArgumentException().isThrownBy(() -> Silence.below(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Silence.below(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Silence(-40, -1));
    }
}
