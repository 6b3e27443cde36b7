package wavenet4j.notes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;

import java.util.List;

final class VoiceLeadingTest {
    @Test
    void voicesThatKeepAFifthOrAnOctaveAreParallel() {
        List<Note> upper = Lines.quarters(67, 69, 71, 72);
        List<Note> lower = Lines.quarters(60, 62, 64, 60);
        VoiceLeading counts = VoiceLeading.of(Lines.score(4, upper, lower));
        assertThat(counts.fifths()).isEqualTo(2);
        assertThat(counts.octaves()).isZero();
        assertThat(VoiceLeading.of(Lines.score(3, Lines.quarters(72, 74, 76), lower.subList(0, 3))))
                .extracting(VoiceLeading::fifths, VoiceLeading::octaves)
                .containsExactly(0L, 2L);
    }

    @Test
    void aRestOfAllVoicesIsPassedOver() {
        assertThat(fifths(Lines.quarters(67, 0, 69), Lines.quarters(60, 0, 62))).isEqualTo(1);
    }

    @Test
    void aRepeatedFifthARestOfOneVoiceAndContraryMotionAreNone() {
        assertThat(fifths(Lines.quarters(67, 67), Lines.quarters(60, 60))).isZero();
        assertThat(fifths(Lines.quarters(67, 0, 69), Lines.quarters(60, 60, 62))).isZero();
        assertThat(fifths(Lines.quarters(67, 69), Lines.quarters(60, 50))).isZero();
    }

    @Test
    void voicesThatMoveOneAfterTheOtherAreNotParallel() {
        List<Note> eighths =
                List.of(
                        Lines.note(Fraction.ZERO, Fraction.ONE, 60),
                        Lines.note(Fraction.ONE, Fraction.of(1, 2), 65),
                        Lines.note(Fraction.of(3, 2), Fraction.of(1, 2), 62));
        assertThat(fifths(Lines.quarters(67, 69), eighths)).isZero();
    }

    @Test
    void crossingsLeapsAndRangesAreCounted() {
        List<Note> upper = Lines.quarters(72, 60, 59, 72, 80);
        List<Note> lower = Lines.quarters(55, 62, 62, 0, 55);
        VoiceLeading counts = VoiceLeading.of(Lines.score(5, lower, upper));
        assertThat(counts.crossings()).as("one that lasts").isEqualTo(1);
        assertThat(counts.leapsOverFifth()).isEqualTo(3);
        assertThat(counts.leapsOverOctave()).isEqualTo(1);
        assertThat(counts.voices())
                .containsExactly(
                        new VoiceLeading.Range("", 59, 80), new VoiceLeading.Range("", 55, 62));
    }

    @Test
    void ofACorpusCountsAreSums() {
        var one = Lines.score(4, Lines.quarters(67, 69), Lines.quarters(60, 62));
        var other = Lines.score(16, Lines.quarters(50, 52), Lines.quarters(43, 45));
        VoiceLeading counts = VoiceLeading.of(List.of(one, other));
        assertThat(counts.per100Quarters(counts.fifths())).isCloseTo(10, within(1e-12));
        assertThat(counts.voices())
                .containsExactly(
                        new VoiceLeading.Range("", 50, 69), new VoiceLeading.Range("", 43, 62));
    }

    private static long fifths(List<Note> upper, List<Note> lower) {
        return VoiceLeading.of(Lines.score(4, upper, lower)).fifths();
    }
}
