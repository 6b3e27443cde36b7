package wavenet4j.notes.harmony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;

import java.util.List;
import java.util.Optional;

final class TranspositionTest {
    private static final Score SCORE =
            withChord(
                    "D7/F#",
                    TestScores.inKey(1, false, TestScores.part("", "67:1 69:1 66:1 63:1")));

    private static Score withChord(String chord, Score score) {
        var symbol = new ChordSymbol(Fraction.ZERO, Optional.of(ChordText.parse(chord)));
        return new Score(
                score.credits(),
                score.timeline(),
                List.of(symbol),
                score.parts(),
                score.fermatas(),
                score.end());
    }

    @ParameterizedTest
    @CsvSource({
        "1,Ab Bb G Fb,Eb7/G,-4",
        "-1,F# G# E# D,C#7/E#,6",
        "2,A B G# F,E7/G#,3",
        "-2,F G E Db,C7/E,-1",
        "5,C D B Ab,G7/B,0",
        "12,G A F# Eb,D7/F#,1",
    })
    void namesFollowTheKey(int semitones, String names, String chord, int sharps) {
        Score moved = Transposition.by(semitones, SCORE);
        assertThat(moved.timeline().keys())
                .extracting(KeySignature::sharps)
                .containsExactly(sharps);
        assertThat(moved.parts().getFirst().notes())
                .extracting(note -> note.name().toString())
                .containsExactly(names.split(" ", -1));
        assertThat(moved.chords()).map(ChordText::format).containsExactly(chord);
    }

    @Test
    void upAndDownAgainIsTheSameScore() {
        for (int semitones = -12; semitones <= 12; semitones++) {
            Score there = Transposition.by(semitones, SCORE);
            assertThat(Transposition.by(-semitones, there)).isEqualTo(SCORE);
        }
    }

    @Test
    void everyKeyBecomesCMajorOrAMinor() {
        for (int sharps = -7; sharps <= 7; sharps++) {
            Score score = TestScores.inKey(sharps, sharps % 2 == 0, TestScores.part("", "60:1"));
            KeySignature key = score.timeline().keys().getFirst();
            Score c = Transposition.toC(score, key);
            assertThat(c.timeline().keys().getFirst().sharps()).isZero();
            int moved = c.parts().getFirst().notes().getFirst().key() - 60;
            assertThat(Math.floorMod(key.tonic().pitchClass() + moved, 12))
                    .isEqualTo(key.minor() ? 9 : 0);
            assertThat(moved).isBetween(-5, 6);
        }
    }

    @Test
    void theOtherWayIsTakenWhereKeysEnd() {
        Score high = TestScores.inKey(3, false, TestScores.part("", "127:1"));
        Score c = Transposition.toC(high, high.timeline().keyAt(Fraction.ZERO));
        assertThat(c.parts().getFirst().notes()).extracting(Note::key).containsExactly(118);
        assertThatThrownBy(() -> Transposition.by(1, high))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("notes from key 127 to 127, moved by 1, leave the keys from 0 to 127");
    }

    @Test
    void drumsStay() {
        Part part = TestScores.part("", "36:1 38:1");
        var drums = new Part("", 0, true, part.notes(), List.of(), List.of());
        assertThat(Transposition.by(3, TestScores.score(drums)).parts()).containsExactly(drums);
    }
}
