package wavenet4j.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MulawTest {
    private final Mulaw mulaw = new Mulaw(256);

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 16, 255, 256, 257, 1024, 65536})
    void everyLevelComesBack(int levels) {
        Mulaw any = new Mulaw(levels);
        assertThat(any.levels()).isEqualTo(levels);
        for (int level = 0; level < levels; level++) {
            assertThat(any.encode(any.decode(level))).isEqualTo(level);
        }
        assertThat(any.decode(0)).isEqualTo(-1);
        assertThat(any.decode(levels - 1)).isCloseTo(1, within(1e-6f));
        assertThat(any.encode(0)).isEqualTo(levels / 2);
    }

    /// Worked out by hand from the formula: (log1p(255 * .1) / log1p(255) + 1) / 2 * 255 + .5 =
    /// (3.277145 / 5.545177 + 1) / 2 * 255 + .5 = 203.35.
    @Test
    void followsTheFormula() {
        assertThat(mulaw.encode(.1f)).isEqualTo(203);
        assertThat(mulaw.encode(-.1f)).isEqualTo(52);
        assertThat(mulaw.encode(1)).isEqualTo(255);
        assertThat(mulaw.encode(-1)).isZero();
        // (256^(2 * 203 / 255 - 1) - 1) / 255 = (256^0.592157 - 1) / 255.
        assertThat(mulaw.decode(203)).isCloseTo(.10067f, within(2e-5f));
    }

    @Test
    void decodesByTheInverse() {
        for (int level = 0; level < 256; level++) {
            double companded = 2.0 * level / 255 - 1;
            double expected =
                    Math.signum(companded) * (Math.pow(256, Math.abs(companded)) - 1) / 255;
            assertThat((double) mulaw.decode(level)).isCloseTo(expected, within(1e-7));
        }
    }

    @Test
    void neverLeavesTheLevels() {
        assertThat(mulaw.encode(7)).isEqualTo(255);
        assertThat(mulaw.encode(-7)).isZero();
        assertThat(mulaw.encode(Float.POSITIVE_INFINITY)).isEqualTo(255);
        assertThat(mulaw.encode(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(mulaw.encode(Float.NaN)).isEqualTo(128);
        assertThat(mulaw.encode(-0f)).isEqualTo(128);
        assertThat(mulaw.encode(Float.MIN_VALUE)).isEqualTo(128);
    }

    @Test
    void growsWithTheAmplitude() {
        int last = 0;
        for (int i = -10_000; i <= 10_000; i++) {
            int level = mulaw.encode(i / 10_000f);
            assertThat(level).isBetween(last, 255);
            last = level;
        }
        assertThat(last).isEqualTo(255);
    }

    @Test
    void codesWholeClips() {
        float[] samples = Sounds.noise(1, .1, 8000, 1).samples();
        byte[] encoded = mulaw.encode(samples);
        int[] levels = new int[samples.length];
        for (int i = 0; i < samples.length; i++) {
            assertThat(encoded[i] & 0xff).isEqualTo(mulaw.encode(samples[i]));
            levels[i] = encoded[i] & 0xff;
        }
        // Half a level, 1 / 255, spans ln(256) / 255 = 2.2 % of |a| + 1 / mu.
        float[] decoded = mulaw.decode(encoded);
        for (int i = 0; i < samples.length; i++) {
            assertThat(decoded[i])
                    .isCloseTo(samples[i], within(.022f * (Math.abs(samples[i]) + 1 / 255f)));
        }
        assertThat(mulaw.decode(levels)).isEqualTo(decoded);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Mulaw(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Mulaw(65537));
        assertThatIllegalStateException().isThrownBy(() -> new Mulaw(257).encode(new float[1]));
    }
}
