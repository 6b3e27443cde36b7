package wavenet4j.notes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.statistics.Style.Feature;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

final class StyleTest {
    @Test
    void everyNoteIsCountedInEveryFeature() {
        var timeline =
                new Timeline(
                        List.of(new Meter(Fraction.ZERO, 3, 4)),
                        List.of(),
                        List.of(new KeySignature(Fraction.ZERO, 1, false)));
        var melody = new Melody("", Lines.quarters(67, 66, 71, 67), timeline);
        Style style = Style.of(melody);
        assertThat(style.of(Feature.PITCH_CLASS).counts())
                .isEqualTo(counts(Map.of(0, 2L, 11, 1L, 4, 1L)));
        assertThat(style.of(Feature.INTERVAL).counts())
                .isEqualTo(counts(Map.of(-1, 1L, 5, 1L, -4, 1L)));
        assertThat(style.of(Feature.LENGTH).counts()).isEqualTo(counts(Map.of(1, 4L)));
        assertThat(style.of(Feature.PLACE_IN_BAR).counts())
                .isEqualTo(counts(Map.of(0, 2L, 1, 1L, 2, 1L)));
    }

    @Test
    void distanceIsNoneForEqualSharesAndOneBitWhereNothingIsShared() {
        var few = new Distribution(counts(Map.of(1, 1L, 2, 3L)));
        var many = new Distribution(counts(Map.of(1, 10L, 2, 30L)));
        var other = new Distribution(counts(Map.of(5, 7L)));
        assertThat(few.distance(many)).isCloseTo(0, within(1e-12));
        assertThat(few.distance(other)).isCloseTo(1, within(1e-12));
        // By hand: p = (1/2, 1/2) and q = (1, 0) have the mean (3/4, 1/4).
        var p = new Distribution(counts(Map.of(1, 1L, 2, 1L)));
        var q = new Distribution(counts(Map.of(1, 4L)));
        double bits = (.5 * log2(2 / 3.0) + .5 * log2(2) + log2(4 / 3.0)) / 2;
        assertThat(p.distance(q)).isCloseTo(bits, within(1e-12));
        assertThat(q.distance(p)).isCloseTo(bits, within(1e-12));
    }

    @Test
    void melodiesLikeTheCorpusAreAlikeAndOthersAreNot() {
        var random = new Random(1);
        List<Melody> corpus = melodies(random, 40);
        for (StyleComparison comparison : StyleComparison.of(corpus, melodies(random, 20))) {
            assertThat(comparison.isAlike()).as(comparison.toString()).isTrue();
        }
        List<Melody> others =
                IntStream.range(0, 20)
                        .mapToObj(i -> Lines.melody(Lines.quarters(60, 72, 60 + i % 3, 70, 50, 40)))
                        .toList();
        StyleComparison intervals = StyleComparison.of(corpus, others).get(1);
        assertThat(intervals.feature()).isEqualTo(Feature.INTERVAL);
        assertThat(intervals.isAlike()).isFalse();
        assertThat(intervals.outside()).isEqualTo(1);
    }

    @Test
    void theRangeLeavesOutOneOfTwentyAtBothEnds() {
        List<Double> corpus = IntStream.rangeClosed(0, 100).mapToObj(i -> i / 100.0).toList();
        var comparison = new StyleComparison(Feature.LENGTH, corpus, List.of(.2, .3, .96, .4, .5));
        assertThat(comparison.low()).isCloseTo(.05, within(1e-12));
        assertThat(comparison.high()).isCloseTo(.95, within(1e-12));
        assertThat(comparison.median()).isCloseTo(.4, within(1e-12));
        assertThat(comparison.outside()).isCloseTo(.2, within(1e-12));
        assertThat(comparison.isAlike()).isTrue();
    }

    @Test
    void aCorpusOfOnePieceIsRefused() {
        List<Melody> one = melodies(new Random(1), 1);
        assertThatThrownBy(() -> StyleComparison.of(one, one))
                .hasMessage(
                        "a style is compared to two pieces or more; here are 1 melodies and 1"
                                + " pieces");
    }

    private static List<Melody> melodies(Random random, int count) {
        return IntStream.range(0, count).mapToObj(_ -> Lines.random(random, 60)).toList();
    }

    private static SortedMap<Fraction, Long> counts(Map<Integer, Long> counts) {
        var fractions = new TreeMap<Fraction, Long>();
        counts.forEach((value, count) -> fractions.put(Fraction.of(value), count));
        return fractions;
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
