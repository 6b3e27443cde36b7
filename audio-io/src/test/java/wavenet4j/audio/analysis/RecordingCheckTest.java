package wavenet4j.audio.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Random;

/// [RecordingCheck] measures passages of tones, noise and silence.
final class RecordingCheckTest {
    private static final int LENGTH = 40 * FrameFeatures.SAMPLES;

    private static float[] tone() {
        var samples = new float[LENGTH];
        for (int t = 0; t < LENGTH; t++) samples[t] = (float) (0.5 * Math.sin(0.1234 * t));
        return samples;
    }

    private static float[] noise() {
        var random = new Random(1);
        var samples = new float[LENGTH];
        for (int t = 0; t < LENGTH; t++) samples[t] = random.nextFloat(-1, 1);
        return samples;
    }

    private static SoundMeasures measures(float[]... passages) {
        var check = new RecordingCheck();
        for (float[] passage : passages) check.add(passage);
        return check.measures();
    }

    @Test
    void levelAndSilenceAreOfAllPassages() {
        SoundMeasures measures = measures(tone(), new float[LENGTH]);
        assertThat(measures.silent()).isEqualTo(0.5);
        // A sine of 0.5 has -9 dB, and half of the power -3 dB more.
        assertThat(measures.levelDb()).isCloseTo(-12.04, within(0.05));
    }

    @Test
    void flatnessAndFullScaleAreOfTheExtremePassage() {
        SoundMeasures measures = measures(tone(), noise(), tone());
        assertThat(measures.flatness()).isCloseTo(1, within(0.05));
        // Beyond 0.98 are two of a hundred even amplitudes.
        assertThat(measures.fullScale()).isCloseTo(0.02, within(0.003));
        assertThat(measures(tone()).flatness()).isLessThan(0.01);
        // So another noise is no fault.
        assertThat(SignalCheck.measure(noise()).faults(measures)).isEmpty();
        assertThat(SignalCheck.measure(noise()).faults(measures(tone())))
                .containsExactly(SoundFault.NOISE, SoundFault.FULL_SCALE);
    }
}
