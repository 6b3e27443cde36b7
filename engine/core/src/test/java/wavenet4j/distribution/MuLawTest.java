package wavenet4j.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class MuLawTest {
    private final MuLaw mulaw = new MuLaw(256);

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 16, 255, 256, 257, 1024, 65536})
    void everyLevelComesBack(int levels) {
        MuLaw any = new MuLaw(levels);
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
        var random = new Random(1);
        var samples = new float[8000];
        for (int i = 0; i < samples.length; i++) samples[i] = 2 * random.nextFloat() - 1;
        int[] encoded = mulaw.encode(samples);
        for (int i = 0; i < samples.length; i++) {
            assertThat(encoded[i]).isEqualTo(mulaw.encode(samples[i]));
        }
        // Half a level, 1 / 255, spans ln(256) / 255 = 2.2 % of |a| + 1 / mu.
        float[] decoded = mulaw.decode(encoded);
        for (int i = 0; i < samples.length; i++) {
            assertThat(decoded[i])
                    .isCloseTo(samples[i], within(.022f * (Math.abs(samples[i]) + 1 / 255f)));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MuLaw(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new MuLaw(65537));
    }
}
