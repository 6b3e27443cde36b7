package wavenet4j.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.audio.testing.TestSounds;

class ClipTest {
    @ParameterizedTest
    @CsvSource({
        "44100, 16000",
        "48000, 16000",
        "8000, 16000",
        "16000, 8000",
        "22050, 16000",
        "11025, 44100",
        "192000, 16000",
        "768000, 8000",
        "4000, 48000"
    })
    void resamplingKeepsLevelAndFrequency(int from, int to) {
        Clip resampled = TestSounds.sine(1000, .5, 1, from).resampled(to);
        assertThat(resampled.sampleRate()).isEqualTo(to);
        assertThat(resampled.samples()).hasSize(to);
        // Away from the ends, where the filter looks past them.
        int edge = to / 10;
        assertThat(TestSounds.amplitude(resampled, 1000, edge, to - edge))
                .isCloseTo(.5, within(.003));
        double rms = TestSounds.rms(resampled, edge, to - edge);
        assertThat(rms).isCloseTo(.5 / Math.sqrt(2), within(.003));
    }

    @ParameterizedTest
    @CsvSource({"48000, 16000, 11000", "44100, 8000, 6000", "16000, 8000, 5500"})
    void resamplingSuppressesAliases(int from, int to, double hertz) {
        Clip resampled = TestSounds.sine(hertz, .5, 1, from).resampled(to);
        double decibels =
                20
                        * Math.log10(
                                TestSounds.rms(resampled, to / 10, to - to / 10)
                                        * Math.sqrt(2)
                                        / .5);
        assertThat(decibels).isLessThan(-70);
    }

    @Test
    void resamplingDoesNotShift() {
        Clip click = TestSounds.silence(1, 44100);
        click.samples()[22050] = 1;
        Clip resampled = click.resampled(16000);
        int loudest = 0;
        for (int i = 0; i < 16000; i++) {
            if (resampled.samples()[i] > resampled.samples()[loudest]) loudest = i;
        }
        assertThat(loudest).isEqualTo(8000);
    }

    @Test
    void resamplingStaysInFullScale() {
        Clip square = TestSounds.sine(100, 1, .5, 44100);
        for (int i = 0; i < square.samples().length; i++) {
            square.samples()[i] = Math.signum(square.samples()[i]);
        }
        assertThat(square.resampled(16000).peak()).isEqualTo(1);
    }

    @Test
    void resamplesVeryShortClips() {
        assertThat(TestSounds.silence(0, 8000).resampled(16000).samples()).isEmpty();
        assertThat(new Clip(new float[] {.5f}, 8000).resampled(16000).samples()).hasSize(2);
        assertThat(new Clip(new float[] {.5f}, 48000).resampled(8000).samples()).isEmpty();
        Clip clip = TestSounds.sine(100, 1, .1, 8000);
        assertThat(clip.resampled(8000)).isSameAs(clip);
    }

    @Test
    void reportsDurationAndPeak() {
        Clip clip = new Clip(new float[] {.25f, -.75f, .5f, 0}, 8);
        assertThat(clip.seconds()).isEqualTo(.5);
        assertThat(clip.peak()).isEqualTo(.75f);
        assertThat(clip.slice(1, 3).samples()).containsExactly(-.75f, .5f);
        assertThat(clip.normalized().samples()).containsExactly(1 / 3f, -1, 2 / 3f, 0);
        assertThat(TestSounds.silence(0, 8000).peak()).isZero();
        assertThat(TestSounds.silence(1, 8000).normalized().peak()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> new Clip(new float[1], 0));
    }
}
