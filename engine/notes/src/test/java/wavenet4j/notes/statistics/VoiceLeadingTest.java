package wavenet4j.notes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Score;
import wavenet4j.notes.TestData;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

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
        var other = Lines.score(4, Lines.quarters(50, 52), Lines.quarters(43, 45));
        VoiceLeading counts = VoiceLeading.of(List.of(one, other));
        assertThat(counts.per100Quarters(counts.fifths())).isCloseTo(50, within(1e-12));
        assertThat(counts.voices())
                .containsExactly(
                        new VoiceLeading.Range("", 50, 69), new VoiceLeading.Range("", 43, 62));
    }

    @Test
    void voicesAreLines() {
        List<Note> line = Lines.quarters(60, 62, 64, 65, 67, 65, 64, 62, 60, 60);
        var divided = new ArrayList<>(line);
        divided.add(Lines.note(Fraction.of(9), Fraction.ONE, 48));
        assertThat(VoiceLeading.hasVoices(Lines.score(10, line, divided))).isTrue();
        divided.add(Lines.note(Fraction.of(8), Fraction.ONE, 48));
        assertThat(VoiceLeading.hasVoices(Lines.score(10, line, divided))).isFalse();
        Score two = Lines.score(10, line, line);
        assertThat(VoiceLeading.hasVoices(two.withParts(List.of(two.parts().getFirst()))))
                .isFalse();
    }

    private static long fifths(List<Note> upper, List<Note> lower) {
        return VoiceLeading.of(Lines.score(4, upper, lower)).fifths();
    }

    @Test
    void timeIsCountedUpToTheLastNote() {
        var score = Lines.score(16, Lines.quarters(67, 69), Lines.quarters(60));
        assertThat(VoiceLeading.of(score).quarters()).isEqualTo(Fraction.of(2));
    }

    /// Others counted 1.74 and 1.79; with the voices shifted against each other, 3.52 and 4.12.
    @Test
    void choralesAvoidParallelsThatChanceWouldMake() throws IOException {
        List<Score> chorales = scores("chorales-jsfakes-ccby");
        VoiceLeading counts = VoiceLeading.of(chorales);
        assertThat(counts.per100Quarters(counts.fifths())).isCloseTo(1.74, within(.02));
        assertThat(counts.per100Quarters(counts.octaves())).isCloseTo(1.79, within(.02));
        var random = new Random(0);
        VoiceLeading chance =
                VoiceLeading.of(chorales.stream().map(score -> shifted(score, random)).toList());
        assertThat(chance.per100Quarters(chance.fifths())).isBetween(3.1, 4.1);
        assertThat(chance.per100Quarters(chance.octaves())).isBetween(3.5, 4.5);
    }

    /// Others counted 0.27 and 5.37.
    @Test
    void hymnsDoubleOctavesButAvoidFifths() throws IOException {
        VoiceLeading counts = VoiceLeading.of(scores("midi-hymns-satb-pd"));
        assertThat(counts.per100Quarters(counts.fifths())).isCloseTo(.27, within(.01));
        assertThat(counts.per100Quarters(counts.octaves())).isCloseTo(5.37, within(.05));
    }

    private static List<Score> scores(String collection) throws IOException {
        return List.copyOf(TestData.scores(collection).values());
    }

    /// Each voice later by sixteenths of its own; what comes after the end is at the beginning.
    private static Score shifted(Score score, Random random) {
        return score.withParts(
                score.parts().stream()
                        .map(part -> {
                            Fraction shift =
                                    Fraction.of(random.nextLong(score.end().times(4).floor()), 4);
                            return part.withNotes(
                                    part.notes().stream()
                                            .map(note -> {
                                                Fraction onset =
                                                        note.onset()
                                                                .plus(shift)
                                                                .modulo(score.end());
                                                return Lines.note(
                                                        onset,
                                                        note.length().min(score.end().minus(onset)),
                                                        note.key());
                                            })
                                            .toList());
                        })
                        .toList());
    }
}
