package wavenet4j.notes.statistics;

import java.util.Arrays;
import java.util.List;

/// How far melodies are from the style of a corpus, against how far its own pieces are. Short
/// melodies are farther than long ones by chance: compare melodies of about the pieces' length.
///
/// @param corpus of each of its pieces: the distance to all others together, in bits, ascending
/// @param melodies of each melody: the distance to the corpus, in bits, ascending
public record StyleComparison(Style.Feature feature, List<Double> corpus, List<Double> melodies) {
    public StyleComparison {
        corpus = corpus.stream().sorted().toList();
        melodies = melodies.stream().sorted().toList();
    }

    /// Compares melodies to a corpus in every feature.
    ///
    /// @throws IllegalArgumentException when the corpus has fewer than two pieces, or there are no
    ///   melodies
    public static List<StyleComparison> of(List<Melody> corpus, List<Melody> melodies) {
        if (corpus.size() < 2 || melodies.isEmpty()) {
            throw new IllegalArgumentException(
                    "a style is compared to two pieces or more; here are %d melodies and %d pieces"
                            .formatted(melodies.size(), corpus.size()));
        }
        Style whole = Style.of(corpus);
        List<Style> pieces = corpus.stream().map(Style::of).toList();
        List<Style> others = melodies.stream().map(Style::of).toList();
        return Arrays.stream(Style.Feature.values())
                .map(feature -> of(feature, whole.of(feature), pieces, others))
                .toList();
    }

    private static StyleComparison of(
            Style.Feature feature, Distribution whole, List<Style> pieces, List<Style> melodies) {
        List<Double> corpus =
                pieces.stream()
                        .map(piece -> piece.of(feature))
                        .map(piece -> piece.distance(whole.minus(piece)))
                        .toList();
        List<Double> others =
                melodies.stream().map(melody -> melody.of(feature).distance(whole)).toList();
        return new StyleComparison(feature, corpus, others);
    }

    /// The distance that 5 % of the corpus's pieces are below.
    public double low() {
        return quantile(corpus, .05);
    }

    /// The distance that 5 % of the corpus's pieces are above.
    public double high() {
        return quantile(corpus, .95);
    }

    /// Of the melodies' distances.
    public double median() {
        return quantile(melodies, .5);
    }

    /// The share of melodies farther than [#high()], or nearer than [#low()], from 0 to 1.
    public double outside() {
        long count = melodies.stream().filter(bits -> bits < low() || bits > high()).count();
        return (double) count / melodies.size();
    }

    /// Whether the median melody is as far as the corpus's pieces are, and at most a quarter of the
    /// melodies is not.
    public boolean isAlike() {
        return median() >= low() && median() <= high() && outside() <= .25;
    }

    /// Interpolated between the two values that it lies between.
    private static double quantile(List<Double> ascending, double part) {
        double at = part * (ascending.size() - 1);
        int below = (int) at;
        int above = Math.min(below + 1, ascending.size() - 1);
        double share = at - below;
        return ascending.get(below) * (1 - share) + ascending.get(above) * share;
    }
}
