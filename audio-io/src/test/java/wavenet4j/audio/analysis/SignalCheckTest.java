package wavenet4j.audio.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import wavenet4j.audio.testing.TestSounds;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

final class SignalCheckTest {
    private static final int RATE = 16_000;

    private static float[] sound(int samples, IntToDoubleFunction at) {
        var sound = new float[samples];
        for (int t = 0; t < samples; t++) sound[t] = (float) at.applyAsDouble(t);
        return sound;
    }

    private static List<SoundFault> faults(float[] take) {
        return SignalCheck.measure(take).faults(SoundMeasures.UNKNOWN);
    }

    private static List<SoundFault> faults(float[] take, float[] recording) {
        return SignalCheck.measure(take).faults(SignalCheck.measure(recording));
    }

    /// Three partials of a slowly swept tone, with some noise.
    private static float[] music(double gain) {
        var random = new Random(3);
        return sound(
                4 * RATE,
                t -> {
                    double phase = 0.1 * t + 1e-6 * t * t;
                    double tone = Math.sin(phase) + 0.5 * Math.sin(2.01 * phase);
                    return gain * (0.3 * tone + 0.02 * random.nextGaussian());
                });
    }

    @Test
    void soundHasNoFault() {
        assertThat(faults(music(1))).isEmpty();
        assertThat(faults(music(1), music(0.5))).isEmpty();
    }

    @Test
    void eachWayToGetStuckIsToldApart() {
        var random = new Random(1);
        assertThat(faults(new float[8000])).containsExactly(SoundFault.SILENCE);
        assertThat(faults(sound(8000, t -> 0.497))).containsExactly(SoundFault.ONE_LEVEL);
        assertThat(faults(sound(8000, t -> 0.5 + 0.1 * random.nextGaussian())))
                .containsExactly(SoundFault.OFFSET);
        assertThat(faults(sound(8000, t -> 0.2 * (random.nextInt(3) - 1))))
                .contains(SoundFault.FEW_LEVELS);
        assertThat(faults(sound(8000, t -> 0.5 * Math.sin(0.1 * t))))
                .containsExactly(SoundFault.ONE_PERIOD);
        assertThat(faults(sound(8000, t -> 0.3 * random.nextGaussian())))
                .containsExactly(SoundFault.NOISE);
        assertThat(faults(sound(8000, t -> Math.clamp(2 * random.nextGaussian(), -1, 1))))
                .contains(SoundFault.FULL_SCALE);
    }

    @Test
    void whatTheRecordingsDoIsNoFault() {
        var random = new Random(1);
        float[] sine = sound(8000, t -> 0.5 * Math.sin(0.1 * t));
        assertThat(faults(sine, sine)).isEmpty();
        // Nearly all of the recordings has one period, and so may all of a take.
        float[] nearly = sound(80_000, t -> t < 1000 ? 0 : 0.5 * Math.sin(0.1 * t));
        assertThat(faults(sine, nearly)).isEmpty();
        assertThat(faults(sound(8000, t -> 0.497), sine)).containsExactly(SoundFault.ONE_LEVEL);
        float[] noise = sound(8000, t -> 0.3 * random.nextGaussian());
        assertThat(faults(noise, noise)).isEmpty();
        float[] square = sound(8000, t -> t / 40 % 2 == 0 ? 1 : -1);
        assertThat(faults(square, square)).isEmpty();
        assertThat(faults(square)).containsExactly(SoundFault.FEW_LEVELS, SoundFault.FULL_SCALE);
    }

    @Test
    void whatIsFarQuieterThanTheRecordingsIsAFault() {
        assertThat(faults(music(0.03), music(1))).containsExactly(SoundFault.QUIET);
        assertThat(faults(music(0.03), music(0.05))).isEmpty();
    }

    /// A pause is nothing unusual, but a take of nothing else is.
    @Test
    void pausesOfTheRecordingsAreNoFaultOfATake() {
        float[] half = music(1);
        for (int t = 0; t < half.length / 2; t++) half[t] = 0;
        float[] mostly = music(1);
        for (int t = 0; t < mostly.length * 7 / 8; t++) mostly[t] = 0;
        assertThat(faults(mostly, half)).isEmpty();
        assertThat(faults(new float[8000], half)).containsExactly(SoundFault.SILENCE);
    }

    @Test
    void levelSilenceAndFlatnessAreMeasured() {
        var check = new SignalCheck();
        float[] sine = TestSounds.sine(500, 0.1, 0.512, 16_000).samples(); // 8 frames
        check.add(sine, sine.length);
        check.add(new float[sine.length], sine.length);
        SoundMeasures half = check.measures();
        assertThat(half.levelDb()).isCloseTo(-26, within(0.1)); // 0.1^2 / 2, half of the time
        assertThat(half.silent()).isEqualTo(0.5);
        assertThat(half.periodic()).isEqualTo(0.5);
        assertThat(half.flatness()).isLessThan(0.01);

        SoundMeasures noise = SignalCheck.measure(TestSounds.noise(1, 1, 16_000, 3).samples());
        assertThat(noise.levelDb()).isCloseTo(-4.8, within(0.1)); // a uniform distribution's
        assertThat(noise.silent()).isZero();
        assertThat(noise.flatness()).isBetween(0.95, 1.0);
    }
}
