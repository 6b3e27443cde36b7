package wavenet4j.audio.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import wavenet4j.audio.Clip;
import wavenet4j.audio.testing.TestSounds;

import java.util.ArrayList;
import java.util.List;

class SplitHalfBaselineTest {
    private static final int RATE = 8000;

    private static MelFrames noise(double seconds, long seed) {
        return MelFrames.of(TestSounds.noise(.5, seconds, RATE, seed));
    }

    private static MelFrames tone(double hertz) {
        Clip tone = TestSounds.sine(hertz, .5, 5, RATE);
        Clip hiss = TestSounds.noise(.001, 5, RATE, (long) hertz);
        for (int t = 0; t < tone.samples().length; t++) tone.samples()[t] += hiss.samples()[t];
        return MelFrames.of(tone);
    }

    @Test
    void samplesOfTheSameProcessReachTheBaseline() {
        var recordings = new ArrayList<MelFrames>();
        for (int n = 0; n < 6; n++) recordings.add(noise(10, n));
        MelFrames takes = noise(20, 99);
        var halves = new SplitHalfBaseline(recordings, takes.count(), 1);
        PercentileRange floor = halves.baseline();
        PercentileRange distance = halves.distance(takes);
        assertThat(floor.high()).isLessThan(1);
        assertThat(distance.median()).isCloseTo(floor.median(), within(.2 * floor.median()));
        assertThat(halves.distance(tone(500)).low()).isGreaterThan(20 * floor.high());
    }

    /// Halves of single frames would be alike for all recordings.
    @Test
    void aRecordingIsNotDivided() {
        var recordings = List.of(tone(300), tone(700), tone(1500), tone(3000));
        var halves = new SplitHalfBaseline(recordings, 1000, 1);
        var byFrame = MelFrames.concat(recordings).halves();
        assertThat(halves.baseline().low())
                .isGreaterThan(3 * byFrame.get(0).distance(byFrame.get(1)))
                .isGreaterThan(5);
    }

    @Test
    void aSingleRecordingIsCutInTheMiddle() {
        var halves = new SplitHalfBaseline(List.of(noise(20, 1)), 1000, 1);
        assertThat(halves.baseline().high()).isLessThan(1);
    }

    @Test
    void isDeterministic() {
        var recordings = List.of(tone(300), tone(700), tone(1500), tone(3000), tone(2000));
        assertThat(new SplitHalfBaseline(recordings, 50, 3).baseline())
                .isEqualTo(new SplitHalfBaseline(recordings, 50, 3).baseline());
    }
}
