package wavenet4j.audio.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.audio.Clip;
import wavenet4j.audio.testing.TestSounds;

import java.util.List;

class MelFramesTest {
    private static final int RATE = 16000;

    private static MelFrames noise(long seed) {
        return MelFrames.of(TestSounds.noise(.5, 20, RATE, seed));
    }

    /// `y(t) = (1 - a) x(t) + a y(t-1)`.
    private static Clip lowPassed(Clip clip, double a) {
        Clip passed = clip.slice(0, clip.samples().length);
        double y = 0;
        for (int t = 0; t < passed.samples().length; t++) {
            y = (1 - a) * passed.samples()[t] + a * y;
            passed.samples()[t] = (float) y;
        }
        return passed;
    }

    private static Clip scaled(Clip clip, double gain) {
        Clip scaled = clip.slice(0, clip.samples().length);
        for (int t = 0; t < scaled.samples().length; t++) scaled.samples()[t] *= (float) gain;
        return scaled;
    }

    @Test
    void samplesOfTheSameProcessAreNear() {
        assertThat(noise(1).distance(noise(2))).isLessThan(.5);
        assertThat(noise(1).distance(noise(1))).isCloseTo(0, within(1e-3));
    }

    /// The bias of an estimate from few frames.
    @Test
    void fewFramesIncreaseTheDistance() {
        double few =
                MelFrames.of(TestSounds.noise(.5, 4, RATE, 1))
                        .distance(MelFrames.of(TestSounds.noise(.5, 4, RATE, 2)));
        assertThat(few).isGreaterThan(1.5 * noise(1).distance(noise(2)));
    }

    @Test
    void growsWithFiltering() {
        MelFrames clean = noise(1);
        double last = clean.distance(noise(2));
        for (double a : new double[] {.2, .5, .8, .95}) {
            double distance = clean.distance(MelFrames.of(lowPassed(noiseClip(), a)));
            assertThat(distance).isGreaterThan(1.3 * last);
            last = distance;
        }
    }

    @Test
    void growsWithAddedNoise() {
        Clip tone = TestSounds.sine(440, .5, 20, RATE);
        double last = 0;
        for (double amplitude : new double[] {.005, .05, .5}) {
            Clip noisy = TestSounds.noise(amplitude, 20, RATE, 3);
            for (int t = 0; t < noisy.samples().length; t++) {
                noisy.samples()[t] += tone.samples()[t];
            }
            double distance = MelFrames.of(tone).distance(MelFrames.of(noisy));
            assertThat(distance).isGreaterThan(last + 3);
            last = distance;
        }
    }

    private static Clip noiseClip() {
        return TestSounds.noise(.5, 20, RATE, 2);
    }

    @Test
    void isSymmetricAndSatisfiesTheTriangleInequality() {
        MelFrames a = noise(1);
        MelFrames b = MelFrames.of(lowPassed(noiseClip(), .9));
        MelFrames c = MelFrames.of(TestSounds.sine(440, .5, 20, RATE));
        assertThat(a.distance(b)).isCloseTo(b.distance(a), within(1e-6));
        assertThat(a.distance(c)).isLessThanOrEqualTo(a.distance(b) + b.distance(c));
    }

    /// A gain changes the distance by its decibels.
    @ParameterizedTest
    @ValueSource(doubles = {3, 6, 20})
    void aGainIsItsOwnDistance(double db) {
        Clip noise = noiseClip();
        MelFrames soft = MelFrames.of(scaled(noise, Math.pow(10, -db / 20)));
        assertThat(MelFrames.of(noise).distance(soft)).isCloseTo(db, within(.01));
    }

    @Test
    void allSilencesAreEqual() {
        MelFrames digital = MelFrames.of(TestSounds.silence(2, RATE));
        MelFrames faint = MelFrames.of(TestSounds.noise(1e-4, 2, RATE, 1));
        assertThat(digital.distance(faint)).isCloseTo(0, within(.01));
    }

    /// The same sounds in another order: loud and soft in turn every second, or every 128 ms.
    @Test
    void orderCounts() {
        MelFrames slow = MelFrames.of(inTurn(16384));
        MelFrames fast = MelFrames.of(inTurn(2048));
        double withoutOrder = Math.sqrt(now(slow).squaredFrechetDistance(now(fast)) / LogMel.BANDS);
        assertThat(slow.distance(fast)).isGreaterThan(2 * withoutOrder).isGreaterThan(2);
    }

    private static Clip inTurn(int samples) {
        Clip clip = TestSounds.noise(.5, 32 * 1.024, RATE, 5);
        for (int t = 0; t < clip.samples().length; t++) {
            if (t / samples % 2 == 1) clip.samples()[t] *= .01f;
        }
        return clip;
    }

    /// The distribution of single frames instead of pairs.
    private static Gaussian now(MelFrames frames) {
        Gaussian both = frames.gaussian(frames.count());
        int last = LogMel.BANDS - 1;
        return new Gaussian(
                both.mean().getSubVector(0, LogMel.BANDS),
                both.covariance().getSubMatrix(0, last, 0, last));
    }

    @ParameterizedTest
    @ValueSource(ints = {4000, 8000, 16000, 22050, 44100})
    void aToneIsInItsBand(int rate) {
        double hertz = rate / 5.0;
        float[][] frames = new LogMel(rate).frames(TestSounds.sine(hertz, 1, 1, rate));
        double step = mel(rate / 2.0) / (LogMel.BANDS + 1);
        int band = (int) Math.round(mel(hertz) / step) - 1;
        assertThat(frames.length).isBetween(25, 50);
        for (float[] frame : frames) {
            assertThat(frame[band]).isBetween(-2f, 2f);
            assertThat(frame[0]).isLessThan(-60);
            assertThat(frame[LogMel.BANDS - 1]).isLessThan(-60);
        }
    }

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    @Test
    void concatenates() {
        MelFrames both = MelFrames.concat(List.of(noise(1), noise(2)));
        assertThat(both.count()).isEqualTo(2 * noise(1).count());
        assertThat(both.distance(noise(1))).isLessThan(noise(2).distance(noise(1)));
        List<MelFrames> halves = noise(1).halves();
        // The pairs across the middle are lost.
        assertThat(halves.get(0).count() + halves.get(1).count()).isEqualTo(noise(1).count() - 2);
    }

    @Test
    void rejectsIncomparableSets() {
        MelFrames other = MelFrames.of(TestSounds.noise(.5, 1, 8000, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> noise(1).distance(other))
                .withMessageContaining("16000 Hz and at 8000 Hz");
        MelFrames tooShort = MelFrames.of(TestSounds.noise(.5, .1, RATE, 1));
        assertThat(tooShort.count()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> noise(1).distance(tooShort))
                .withMessageContaining("too short");
        assertThatIllegalArgumentException().isThrownBy(() -> MelFrames.concat(List.of()));
    }
}
