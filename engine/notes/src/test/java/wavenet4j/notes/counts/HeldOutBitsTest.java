package wavenet4j.notes.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Score;
import wavenet4j.notes.TestData;
import wavenet4j.notes.counts.HeldOutBits.Model;

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

    @Test
    void aCorpusTooSmallIsRefused() {
        Split<Score> none = Split.of(List.of());
        assertThatThrownBy(() -> HeldOutBits.ofChords(none, Model.FIXED))
                .hasMessage(
                        "a corpus has 0 pieces to count, 0 to tune with and 0 to hold out; of each"
                                + " it needs one at least");
    }

    /// Other fixed count models took 0.727 bits a token.
    @Test
    @Tag("slow")
    void choralesTakeLessThanSixTenthsOfABitAToken() throws IOException {
        SortedMap<String, Score> scores = TestData.scores("chorales-jsfakes-ccby");
        List<Integer> numbers = scores.keySet().stream().map(Integer::valueOf).toList();
        Split<Score> split = Split.of(List.copyOf(scores.values()), numbers, 7);
        HeldOutBits fixed = HeldOutBits.ofVoices(split, Model.FIXED);
        assertThat(fixed.pieces()).isEqualTo(50);
        assertThat(fixed.perToken()).isBetween(.5, .58);
        assertThat(fixed.perNote()).isBetween(1.8, 2.1);
        assertThat(HeldOutBits.ofVoices(split, Model.ADAPTIVE).perToken()).isBetween(.5, .58);
    }

    /// Other fixed count models took 0.94 bits a token.
    @Test
    void hymnsTakeLessThanSixTenthsOfABitAToken() throws IOException {
        Split<Score> split = split("midi-hymns-satb-pd");
        HeldOutBits fixed = HeldOutBits.ofVoices(split, Model.FIXED);
        assertThat(fixed.pieces()).isEqualTo(6);
        assertThat(fixed.perToken()).isBetween(.55, .62);
        assertThat(fixed.perNote()).isBetween(2.5, 2.7);
        assertThat(HeldOutBits.ofVoices(split, Model.ADAPTIVE).perToken()).isBetween(.5, .58);
    }

    /// Other fixed count models took 6.1 bits a note and 1.51 a sixteenth; of chords, 4.31 a chord.
    @Test
    void songsRepeatThemselves() throws IOException {
        Split<Score> songs = split("leadsheets-pd");
        HeldOutBits fixed = HeldOutBits.ofMelodies(songs, Model.FIXED);
        assertThat(fixed.pieces()).isEqualTo(14);
        assertThat(fixed.perNote()).isBetween(5.0, 5.6);
        assertThat(fixed.perSixteenth()).isBetween(1.1, 1.3);
        HeldOutBits adaptive = HeldOutBits.ofMelodies(songs, Model.ADAPTIVE);
        assertThat(adaptive.perNote()).isBetween(3.1, 3.5);
        assertThat(HeldOutBits.ofChords(songs, Model.FIXED).perToken()).isBetween(3.9, 4.31);
        assertThat(HeldOutBits.ofChords(songs, Model.ADAPTIVE).perToken()).isBetween(2.6, 3.0);
    }

    private static Split<Score> split(String collection) throws IOException {
        return Split.of(List.copyOf(TestData.scores(collection).values()));
    }
}
