package wavenet4j.notes.harmony;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Score;

import java.util.List;

final class ChordFinderTest {
    private static List<String> found(Score score) {
        return ChordFinder.find(score).stream()
                .map(symbol -> symbol.onset() + " " + ChordText.format(symbol))
                .toList();
    }

    @Test
    void blockChordsAreNamedWhereTheyBegin() {
        var chords =
                TestScores.part(
                        "",
                        "48+60+64+67:4 50+60+65+69:2 43+59+65+67:2 48+60+64+67:2 47+62+65+68:2");
        assertThat(found(TestScores.score(chords)))
                .containsExactly("0 C", "4 Dm7", "6 G7", "8 C", "10 Bdim7");
    }

    @Test
    void passingTonesChangeNoChord() {
        var bass = TestScores.part("", "48+52+55:4 53+57+60:4");
        var melody =
                TestScores.part(
                        "", "72:1 74:1/2 76:1/2 77:1/2 76:1/2 74:1 72:2 69:1 70:1/2 72:1/2");
        assertThat(found(TestScores.score(melody, bass))).containsExactly("0 C", "4 F");
    }

    @Test
    void anInversionHasItsBass() {
        assertThat(found(TestScores.score(TestScores.part("", "52+60+67+72:4"))))
                .containsExactly("0 C/E");
    }

    @Test
    void namesFollowTheSignature() {
        var chord = TestScores.part("", "51+63+66+70:4");
        assertThat(found(TestScores.inKey(-6, false, chord))).containsExactly("0 Ebm");
        assertThat(found(TestScores.inKey(6, false, chord))).containsExactly("0 D#m");
    }

    @Test
    void longSilenceIsNoChordAndAShortOneIsNothing() {
        Score score =
                TestScores.score(TestScores.part("", "48+64+67:3 -:1 48+64+67:4 -:12 53+60+69:4"));
        assertThat(found(score)).containsExactly("0 C", "8 N.C.", "20 F");
    }

    @Test
    void aScoreWithoutNotesHasNoChords() {
        assertThat(ChordFinder.find(TestScores.score())).isEmpty();
        List<ChordSymbol> silent =
                ChordFinder.find(
                        new Score(
                                Score.Credits.NONE,
                                TestScores.score().timeline(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Fraction.of(8)));
        assertThat(silent).extracting(ChordSymbol::chord).allMatch(chord -> chord.isEmpty());
    }
}
