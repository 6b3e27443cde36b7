package wavenet4j.notes.harmony;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;

final class KeyFinderTest {
    private static final String MAJOR = "60:1 62:1 64:1 65:1 67:2 69:1 71:1 72:2 67:1 64:1 60:2";
    private static final String MINOR = "69:1 71:1 72:1 74:1 76:2 77:1 68:1 69:2 76:1 72:1 69:2";

    @ParameterizedTest
    @ValueSource(ints = {-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6})
    void keysAreFoundWhereverTheyAre(int semitones) {
        Score major = Transposition.by(semitones, TestScores.score(TestScores.part("", MAJOR)));
        Score minor = Transposition.by(semitones, TestScores.score(TestScores.part("", MINOR)));
        assertThat(KeyFinder.find(major).minor()).isFalse();
        assertThat(KeyFinder.find(major).tonic().pitchClass())
                .isEqualTo(Math.floorMod(semitones, 12));
        assertThat(KeyFinder.find(minor).minor()).isTrue();
        assertThat(KeyFinder.find(minor).tonic().pitchClass())
                .isEqualTo(Math.floorMod(9 + semitones, 12));
    }

    @Test
    void aSpanHasAKeyOfItsOwn() {
        Part part = TestScores.part("", MAJOR + " 66:2 68:2 70:2 71:2 73:3 75:2 77:2 78:4");
        var ranking =
                KeyFinder.ranking(TestScores.score(part), Fraction.of(14), Fraction.of(40), true);
        assertThat(ranking.getFirst().key().name()).isEqualTo("F# major");
        assertThat(ranking).hasSize(24);
    }

    @Test
    void theSignatureDecidesWhereNotesDoNot() {
        Part all = TestScores.part("", "60+61+62+63+64+65+66+67+68+69+70+71:4");
        for (int sharps = -7; sharps <= 7; sharps++) {
            Score score = TestScores.inKey(sharps, false, all);
            assertThat(KeyFinder.find(score).sharps()).isEqualTo(sharps);
        }
        Part clear = TestScores.part("", MAJOR);
        assertThat(KeyFinder.find(TestScores.inKey(6, false, clear)).name()).isEqualTo("C major");
    }

    @Test
    void aScoreWithoutNotesIsInTheKeyOfItsSignature() {
        assertThat(KeyFinder.find(TestScores.inKey(2, false)).name()).isEqualTo("D major");
        assertThat(KeyFinder.find(TestScores.score()).name()).isEqualTo("C major");
    }
}
