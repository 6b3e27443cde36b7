package wavenet4j.notes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import org.junit.jupiter.api.Test;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

final class SharedStretchTest {
    @Test
    void aTransposedStretchIsFoundWithItsPlace() {
        var piece = Lines.melody(Lines.quarters(60, 62, 64, 65, 67, 60, 61));
        var other = Lines.melody(Lines.quarters(60, 72, 60));
        var melody = Lines.melody(Lines.quarters(50, 71, 73, 74, 76, 40));
        var finder = new SharedStretch.Finder(List.of(other, piece));
        SharedStretch longest = finder.longest(melody).orElseThrow();
        assertThat(longest).isEqualTo(new SharedStretch(4, 1, Fraction.of(4), 1, piece, 1));
        assertThat(longest.barInPiece()).isEqualTo(1);
    }

    @Test
    void noStretchReachesFromOnePieceIntoTheNext() {
        var finder =
                new SharedStretch.Finder(
                        List.of(
                                Lines.melody(Lines.quarters(60, 61, 62)),
                                Lines.melody(Lines.quarters(62, 63, 64))));
        assertThat(finder.longest(Lines.melody(Lines.quarters(60, 61, 62, 63, 64))).orElseThrow())
                .extracting(SharedStretch::notes)
                .isEqualTo(3);
    }

    @Test
    void aLengthThatNoPieceHasIsInNoStretch() {
        var finder = new SharedStretch.Finder(List.of(Lines.melody(Lines.quarters(60, 61, 62))));
        var half = Lines.note(Fraction.ZERO, Fraction.of(2), 60);
        assertThat(finder.longest(Lines.melody(List.of(half)))).isEmpty();
    }

    @Test
    void theLongestIsThatOfComparingEveryPairOfPlaces() {
        var random = new Random(7);
        for (int trial = 0; trial < 200; trial++) {
            List<Melody> corpus =
                    IntStream.range(0, 4).mapToObj(_ -> Lines.random(random, 30)).toList();
            Melody melody = Lines.random(random, 40);
            SharedStretch found = new SharedStretch.Finder(corpus).longest(melody).orElseThrow();
            Fraction most = Fraction.ZERO;
            for (Melody piece : corpus) {
                for (int i = 0; i < melody.notes().size(); i++) {
                    for (int j = 0; j < piece.notes().size(); j++) {
                        int notes = shared(melody, i, piece, j);
                        if (notes > 0) most = most.max(quarters(melody, i, notes));
                    }
                }
            }
            assertThat(found.quarters()).isEqualTo(most);
            assertThat(shared(melody, found.first(), found.piece(), found.firstInPiece()))
                    .isEqualTo(found.notes());
        }
    }

    private static Fraction quarters(Melody melody, int first, int notes) {
        Fraction end = melody.notes().get(first + notes - 1).end();
        return end.minus(melody.notes().get(first).onset());
    }

    @Test
    void twoHundredMelodiesAgainstTwentyThousandNotesTakeLittleTime() {
        var random = new Random(3);
        var corpus = new ArrayList<Melody>();
        for (int i = 0; i < 100; i++) corpus.add(Lines.random(random, 200));
        // The worst case of slower methods: one note, over and over.
        corpus.add(
                Lines.melody(Lines.quarters(IntStream.generate(() -> 60).limit(2_000).toArray())));
        assertTimeout(
                Duration.ofSeconds(5),
                () -> {
                    var finder = new SharedStretch.Finder(corpus);
                    for (int i = 0; i < 200; i++) {
                        assertThat(finder.longest(Lines.random(random, 200))).isPresent();
                    }
                });
    }

    /// How many notes from two places on are shared.
    private static int shared(Melody one, int first, Melody other, int firstOfOther) {
        int notes = 0;
        while (first + notes < one.notes().size() && firstOfOther + notes < other.notes().size()) {
            Note a = one.notes().get(first + notes);
            Note b = other.notes().get(firstOfOther + notes);
            int shift = one.notes().get(first).key() - other.notes().get(firstOfOther).key();
            if (a.key() - b.key() != shift || !a.length().equals(b.length())) break;
            notes++;
        }
        return notes;
    }
}
