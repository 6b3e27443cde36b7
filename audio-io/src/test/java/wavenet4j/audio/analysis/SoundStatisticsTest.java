package wavenet4j.audio.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import wavenet4j.audio.Clip;
import wavenet4j.audio.testing.TestSounds;

/// Signals with known statistics.
class SoundStatisticsTest {
    private static final int RATE = 16000;
    private static final double BIN = (double) RATE / FrameFeatures.SAMPLES;

    @Test
    void aSine() {
        var sine = SoundStatistics.of(TestSounds.sine(1000, .5, 2, RATE));
        assertThat(sine.levelDb()).isCloseTo(-9.03, within(.01));
        assertThat(sine.peakDb()).isCloseTo(-6.02, within(.01));
        assertThat(sine.silentShare()).isZero();
        assertThat(sine.dynamicsDb()).isLessThan(.1);
        assertThat(sine.flatness()).isLessThan(.01);
        assertThat(sine.centroidHz()).isCloseTo(1000, within(1.0));
        assertThat(sine.rolloffHz()).isCloseTo(1000, within(1.1 * BIN));
        assertThat(sine.crackleDb()).isLessThan(-80);
    }

    @Test
    void whiteNoise() {
        var noise = SoundStatistics.of(TestSounds.noise(.5, 10, RATE, 1));
        assertThat(noise.levelDb()).isCloseTo(20 * Math.log10(.5 / Math.sqrt(3)), within(.05));
        assertThat(noise.flatness()).isBetween(.95, 1.0);
        assertThat(noise.centroidHz()).isCloseTo(RATE / 4.0, within(50.0));
        assertThat(noise.rolloffHz()).isCloseTo(.95 * RATE / 2, within(50.0));
        assertThat(noise.crackleDb()).isCloseTo(10 * Math.log10(1 / 8.0), within(.1));
    }

    @Test
    void silence() {
        var silence = SoundStatistics.of(TestSounds.silence(1, RATE));
        assertThat(silence.levelDb()).isEqualTo(-100);
        assertThat(silence.peakDb()).isEqualTo(-100);
        assertThat(silence.silentShare()).isEqualTo(1);
        assertThat(silence.dynamicsDb()).isNaN();
        assertThat(silence.flatness()).isNaN();
        assertThat(silence.centroidHz()).isNaN();
        assertThat(silence.rolloffHz()).isNaN();
        assertThat(silence.crackleDb()).isNaN();
    }

    /// A square wave of period 64 has its k-th harmonic, k odd, at a magnitude of 1 / sin(pi k /
    /// 64).
    @Test
    void aSquareWave() {
        Clip square = TestSounds.silence(2, RATE);
        for (int i = 0; i < square.samples().length; i++) {
            square.samples()[i] = i % 64 < 32 ? 1 : -1;
        }
        double weighted = 0;
        double all = 0;
        for (int k = 1; k < 32; k += 2) {
            double power = Math.pow(Math.sin(Math.PI * k / 64), -2);
            weighted += power * k * RATE / 64;
            all += power;
        }
        var measured = SoundStatistics.of(square);
        assertThat(measured.levelDb()).isCloseTo(0, within(1e-6));
        assertThat(measured.peakDb()).isCloseTo(0, within(1e-6));
        assertThat(measured.centroidHz()).isCloseTo(weighted / all, within(2.0));
    }

    /// A click train's spectrum is as flat as white noise's.
    @Test
    void clicks() {
        Clip clicks = TestSounds.silence(4, RATE);
        for (int i = 0; i < clicks.samples().length; i += 100) clicks.samples()[i] = 1;
        var measured = SoundStatistics.of(clicks);
        assertThat(measured.levelDb()).isCloseTo(-20, within(.01));
        assertThat(measured.peakDb()).isZero();
        assertThat(measured.flatness()).isCloseTo(1, within(1e-9));
        assertThat(measured.centroidHz()).isCloseTo(RATE / 4.0, within(50.0));
        assertThat(measured.crackleDb()).isCloseTo(10 * Math.log10(1 / 8.0), within(.2));
    }

    @Test
    void crackleAtHalfTheSampleRate() {
        Clip tone = TestSounds.sine(500, .5, 1, RATE);
        double clean = SoundStatistics.of(tone).crackleDb();
        for (int i = 0; i < RATE; i++) tone.samples()[i] += i % 2 == 0 ? .05f : -.05f;
        assertThat(clean).isLessThan(-80);
        // An alternation of amplitude a has the power of a sine of amplitude a * sqrt(2).
        assertThat(SoundStatistics.of(tone).crackleDb())
                .isCloseTo(10 * Math.log10(.005 / .255), within(.3));
    }

    @Test
    void silenceAndDynamicsGoByFrames() {
        double frames = 100.0 * FrameFeatures.SAMPLES / RATE;
        Clip loud = TestSounds.noise(.5, frames, RATE, 1);
        Clip soft = TestSounds.noise(.05, frames, RATE, 2);
        Clip silent = TestSounds.noise(.0005, 2 * frames, RATE, 3);
        var measured = SoundStatistics.of(TestSounds.join(loud, soft, silent));
        assertThat(measured.silentShare()).isEqualTo(.5);
        assertThat(measured.dynamicsDb()).isCloseTo(10, within(.1));
        assertThat(measured.flatness()).isGreaterThan(.95);
    }

    @Test
    void rejectsShortClips() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SoundStatistics.of(new Clip(new float[1023], RATE)))
                .withMessageContaining("1023 samples");
    }
}
