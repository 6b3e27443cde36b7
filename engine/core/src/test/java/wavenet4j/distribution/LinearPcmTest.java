package wavenet4j.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LinearPcmTest {
    private final LinearPcm pcm = new LinearPcm();

    @Test
    void everyLevelIsA16BitValueOver32768AndComesBack() {
        for (int value = -32768; value < 32768; value++) {
            int level = value + 32768;
            assertThat(pcm.decode(level)).isEqualTo(value / 32768f);
            assertThat(pcm.encode(value / 32768f)).isEqualTo(level);
            // What lies nearer to it than to its neighbours is its own.
            assertThat(pcm.encode((value + 0.49f) / 32768f)).isEqualTo(level);
            assertThat(pcm.encode((value - 0.49f) / 32768f)).isEqualTo(level);
        }
        assertThat(pcm.levels()).isEqualTo(65536);
        assertThat(pcm.decode(pcm.silence())).isZero();
    }

    @Test
    void whatIsNoAmplitudeIsLimitedOrSilent() {
        assertThat(pcm.encode(1)).isEqualTo(65535);
        assertThat(pcm.encode(1e30f)).isEqualTo(65535);
        assertThat(pcm.encode(Float.POSITIVE_INFINITY)).isEqualTo(65535);
        assertThat(pcm.encode(-1.5f)).isZero();
        assertThat(pcm.encode(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(pcm.encode(Float.NaN)).isEqualTo(32768);
    }
}
