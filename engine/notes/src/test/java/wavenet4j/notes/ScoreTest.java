package wavenet4j.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

final class ScoreTest {
    @Test
    void fractionsAreInLowestTermsAndExact() {
        assertThat(Fraction.of(6, -4)).isEqualTo(new Fraction(-3, 2)).hasToString("-3/2");
        assertThat(Fraction.of(1, 3).plus(Fraction.of(1, 6))).isEqualTo(Fraction.of(1, 2));
        assertThat(Fraction.of(-7, 2).floor()).isEqualTo(-4);
        assertThat(Fraction.of(-7, 2).modulo(Fraction.of(3))).isEqualTo(Fraction.of(5, 2));
        assertThat(Fraction.of(5, 2).round()).isEqualTo(3);
        assertThat(Fraction.of(Long.MAX_VALUE, 3))
                .isGreaterThan(Fraction.of(Long.MAX_VALUE - 1, 3));
        assertThat(Fraction.of(Long.MAX_VALUE, 3)).isLessThan(Fraction.of(Long.MAX_VALUE, 2));
        assertThatThrownBy(() -> Fraction.of(Long.MAX_VALUE).plus(Fraction.ONE))
                .isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "60,0,C",
        "61,0,C#",
        "63,0,Eb",
        "66,0,F#",
        "70,0,Bb",
        "61,-4,Db",
        "71,-7,Cb",
        "65,7,E#",
        "66,-2,F#",
        "63,3,D#"
    })
    void keysAreNamedByTheSignature(int key, int sharps, String name) {
        assertThat(PitchName.of(key, sharps)).hasToString(name);
        assertThat(PitchName.of(key, sharps).pitchClass()).isEqualTo(key % 12);
    }

    @Test
    void aRepeatedMeterCutsTheBarBeforeItShort() {
        var timeline =
                new Timeline(
                        List.of(
                                new Meter(Fraction.ZERO, 3, 4),
                                new Meter(Fraction.ONE, 3, 4),
                                new Meter(Fraction.of(7), 6, 8)),
                        List.of(),
                        List.of());
        List<Bar> bars = timeline.bars(Fraction.of(13));
        assertThat(bars).extracting(Bar::number).containsExactly(0, 1, 2, 3, 4);
        assertThat(bars)
                .extracting(bar -> bar.onset().floor())
                .containsExactly(0L, 1L, 4L, 7L, 10L);
        assertThat(bars.getFirst().isShort()).isTrue();
        assertThat(timeline.placeInBar(Fraction.of(11, 2))).isEqualTo(Fraction.of(3, 2));
        assertThat(bars.getLast().meter().beat()).isEqualTo(Fraction.of(3, 2));
    }

    @Test
    void secondsFollowEveryTempo() {
        var timeline =
                new Timeline(
                        List.of(),
                        List.of(Tempo.of(Fraction.ZERO, 120), Tempo.of(Fraction.of(2), 60)),
                        List.of());
        assertThat(timeline.seconds(Fraction.of(5))).isCloseTo(4, within(1e-12));
        assertThat(timeline.seconds(Fraction.ONE)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void moreBarsThanMemoryHoldsAreRefused() {
        var timeline =
                new Timeline(List.of(new Meter(Fraction.ZERO, 1, 128)), List.of(), List.of());
        String message = "1,000,000 quarters have 32,000,000 bars, more than 1,500,000";
        assertThatThrownBy(() -> timeline.bars(Fraction.of(1_000_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        var score =
                new Score(
                        Score.Credits.NONE,
                        Timeline.DEFAULT,
                        List.of(),
                        List.of(),
                        List.of(),
                        Fraction.of(1_000_000));
        assertThat(score.bars()).hasSize(250_000);
        assertThatThrownBy(() -> score.withTimeline(timeline)).hasMessage(message);
    }

    @Test
    void aNoteAfterTheEndAndAnAbsurdTimeAreRefused() {
        var note = new Note(Fraction.ONE, Fraction.ONE, 60, PitchName.of(60, 0), 64, 1);
        var part = new Part("", 0, List.of(note));
        assertThatThrownBy(() ->
                        new Score(
                                Score.Credits.NONE,
                                Timeline.DEFAULT,
                                List.of(),
                                List.of(part),
                                List.of(),
                                Fraction.ONE))
                .hasMessage("a note ends at quarter 2, after the score's end at 1");
        assertThatThrownBy(() -> new Meter(Fraction.of(10_000_000), 4, 4))
                .hasMessageContaining("10000000 quarters");
    }
}
