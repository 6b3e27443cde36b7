package wavenet4j.notes.counts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Score;
import wavenet4j.notes.TestData;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

final class HeldOutBitsTest {
    @Test
    void bitsAreGivenPerTokenPerNoteAndPerSixteenth() {
        var bits = new HeldOutBits(2, 120, 60, 20, Fraction.of(10));
        assertThat(bits.perToken()).isEqualTo(2);
        assertThat(bits.perNote()).isEqualTo(6);
        assertThat(bits.perSixteenth()).isEqualTo(3);
    }

    @Test
    void piecesAreSplitByTheirNumbers() {
        List<String> pieces = List.of("a", "b", "c", "d", "e");
        assertThat(Split.of(pieces, List.of(7, 8, 10, 17, 308), 7))
                .isEqualTo(new Split<>(List.of("c"), List.of("a", "d"), List.of("b", "e")));
    }

    /// Other count models took 0.727 bits a token, without counting the piece itself.
    @Test
    @Tag("slow")
    void choralesTakeLessThanSixTenthsOfABitAToken() throws IOException {
        SortedMap<String, Score> scores = TestData.scores("chorales-jsfakes-ccby");
        List<Integer> numbers = scores.keySet().stream().map(Integer::valueOf).toList();
        HeldOutBits bits = HeldOutBits.ofVoices(Split.of(List.copyOf(scores.values()), numbers, 7));
        assertThat(bits.pieces()).isEqualTo(50);
        assertThat(bits.perToken()).isBetween(.5, .58);
        assertThat(bits.perNote()).isBetween(1.8, 2.1);
    }

    @Test
    void hymnsTakeLessThanSixTenthsOfABitAToken() throws IOException {
        HeldOutBits bits = HeldOutBits.ofVoices(split("midi-hymns-satb-pd"));
        assertThat(bits.pieces()).isEqualTo(6);
        assertThat(bits.perToken()).isBetween(.5, .58);
        assertThat(bits.perNote()).isBetween(2.2, 2.5);
    }

    /// Other count models took 6.1 bits a note and 1.51 a sixteenth; of chords, 4.31 a chord.
    @Test
    void songsTakeLessThanThreeAndAHalfBitsANoteAndThreeAChord() throws IOException {
        Split<Score> songs = split("leadsheets-pd");
        HeldOutBits melodies = HeldOutBits.ofMelodies(songs);
        assertThat(melodies.pieces()).isEqualTo(14);
        assertThat(melodies.perNote()).isBetween(3.1, 3.5);
        assertThat(melodies.perSixteenth()).isBetween(.7, .82);
        assertThat(HeldOutBits.ofChords(songs).perToken()).isBetween(2.5, 2.9);
    }

    private static Split<Score> split(String collection) throws IOException {
        return Split.of(List.copyOf(TestData.scores(collection).values()));
    }
}
