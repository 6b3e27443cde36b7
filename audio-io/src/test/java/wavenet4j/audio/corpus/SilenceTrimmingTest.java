package wavenet4j.audio.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.audio.Clip;
import wavenet4j.audio.testing.TestSounds;

class SilenceTrimmingTest {
    private static final int RATE = 8000;

    /// The cut does not depend on the level of the recording.
    @ParameterizedTest
    @ValueSource(doubles = {1, .1, .001, 1e-6})
    void trimsRelativeToThePeak(double gain) {
        Clip hiss = TestSounds.noise(.001 * gain, 1, RATE, 1);
        Clip tone = TestSounds.sine(440, gain, .5, RATE);
        Clip trimmed = new SilenceTrimming(-40, 0).trim(TestSounds.join(hiss, tone, hiss, hiss));
        // The tone passes -40 dB within a sample of its start and end.
        assertThat(trimmed.samples()).hasSizeBetween(RATE / 2 - 2, RATE / 2);
        assertThat(trimmed.peak()).isEqualTo(tone.peak());
    }

    @Test
    void leavesAMargin() {
        Clip clip =
                TestSounds.join(
                        TestSounds.silence(1, RATE),
                        new Clip(new float[] {.5f}, RATE),
                        TestSounds.silence(1, RATE));
        assertThat(SilenceTrimming.below(-40).trim(clip).samples()).hasSize(1 + 2 * RATE / 20);
        assertThat(new SilenceTrimming(-40, 60).trim(clip)).isSameAs(clip);
    }

    @Test
    void keepsPausesInside() {
        Clip tone = TestSounds.sine(440, .5, .5, RATE);
        Clip clip = TestSounds.join(tone, TestSounds.silence(1, RATE), tone);
        assertThat(new SilenceTrimming(-40, 0).trim(clip).seconds()).isGreaterThan(1.99);
    }

    @Test
    void keepsClipsOfZeros() {
        Clip silence = TestSounds.silence(1, RATE);
        assertThat(SilenceTrimming.below(-40).trim(silence)).isSameAs(silence);
        Clip empty = TestSounds.silence(0, RATE);
        assertThat(SilenceTrimming.below(-40).trim(empty)).isSameAs(empty);
    }

    @Test
    void rejectsInvalidThresholds() {
        assertThatIllegalArgumentException().isThrownBy(() -> SilenceTrimming.below(0));
        assertThatIllegalArgumentException().isThrownBy(() -> SilenceTrimming.below(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new SilenceTrimming(-40, -1));
    }
}
