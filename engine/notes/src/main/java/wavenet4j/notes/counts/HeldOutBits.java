package wavenet4j.notes.counts;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Score;
import wavenet4j.notes.harmony.KeyFinder;
import wavenet4j.notes.harmony.MelodyFinder;
import wavenet4j.notes.harmony.Transposition;
import wavenet4j.notes.statistics.Melody;

import java.util.List;
import java.util.function.Predicate;

/// How many bits count models need for pieces that they have not counted, each moved to C major or
/// A minor: a measure of how predictable a kind of music is, and a bound that a learned model
/// should come below.
///
/// @param pieces held out
/// @param bits of all of them
/// @param tokens that were coded
/// @param notes of them that begin a note; chords where those are coded
/// @param quarters that the pieces last
public record HeldOutBits(int pieces, double bits, long tokens, long notes, Fraction quarters) {
    /// What is counted.
    public enum Model {
        /// The training pieces alone.
        FIXED,
        /// The piece that is predicted as well, up to where it is.
        ADAPTIVE
    }

    /// Per token, so that models of the same tokens can be compared.
    public double perToken() {
        return bits / tokens;
    }

    /// Per note that begins, or per chord.
    public double perNote() {
        return bits / notes;
    }

    /// Per sixteenth that the pieces last, so that models of different tokens can be compared.
    public double perSixteenth() {
        return bits / quarters.times(4).toDouble();
    }

    /// Of four voices, a part each, on a grid of sixteenths. Tokens are the cells of the grid, at
    /// each sixteenth from the first part down: a key, a rest, or what sounds already. Notes are
    /// the cells where one begins, or a rest.
    ///
    /// @throws IllegalArgumentException when a score does not have four parts, or the corpus has no
    ///   pieces for one of the purposes
    public static HeldOutBits ofVoices(Split<Score> corpus, Model model) {
        Split<Score> inC = inC(corpus);
        Split<List<Choice>> choices = inC.map(VoiceChoices::of);
        long all = count(choices.heldOut(), _ -> true);
        long notes = count(choices.heldOut(), choice -> choice.kind() >= VoiceChoices.VOICES);
        double bits = bits(choices, VoiceChoices.TOKENS, model);
        return new HeldOutBits(
                choices.heldOut().size(), bits, all - notes, notes, quarters(inC.heldOut()));
    }

    /// Of the melody that [MelodyFinder] finds, without the chord symbols. Tokens are notes and
    /// rests, each a length in twelfths of a quarter, up to four whole notes, and a key.
    ///
    /// @throws IllegalArgumentException when a score has no pitched notes, or the corpus has no
    ///   pieces for one of the purposes
    public static HeldOutBits ofMelodies(Split<Score> corpus, Model model) {
        Split<Score> inC = inC(corpus);
        Split<List<Choice>> choices = inC.map(score -> MelodyChoices.of(melody(score)));
        double bits = bits(choices, MelodyChoices.TOKENS, model);
        long notes = inC.heldOut().stream().mapToLong(score -> melody(score).notes().size()).sum();
        long tokens = count(choices.heldOut(), choice -> choice.kind() == 0);
        return new HeldOutBits(
                choices.heldOut().size(), bits, tokens, notes, quarters(inC.heldOut()));
    }

    /// Of the chord symbols, each a token of root and kind, without added degrees, other basses and
    /// the times of change.
    ///
    /// @throws IllegalArgumentException when the corpus has no pieces for one of the purposes
    public static HeldOutBits ofChords(Split<Score> corpus, Model model) {
        Split<Score> inC = inC(corpus);
        Split<List<Choice>> choices = inC.map(ChordChoices::of);
        double bits = bits(choices, ChordChoices.TOKENS, model);
        long chords = count(choices.heldOut(), choice -> choice.kind() == 0);
        return new HeldOutBits(
                choices.heldOut().size(), bits, chords, chords, quarters(inC.heldOut()));
    }

    private static Split<Score> inC(Split<Score> corpus) {
        if (corpus.training().isEmpty()
                || corpus.tuning().isEmpty()
                || corpus.heldOut().isEmpty()) {
            throw new IllegalArgumentException(
                    "a corpus has %d pieces to count, %d to tune with and %d to hold out; of each it needs one at least"
                            .formatted(
                                    corpus.training().size(),
                                    corpus.tuning().size(),
                                    corpus.heldOut().size()));
        }
        return corpus.map(score -> Transposition.toC(score, KeyFinder.find(score)));
    }

    private static Melody melody(Score score) {
        List<Note> notes =
                MelodyFinder.find(score)
                        .orElseThrow(() ->
                                new IllegalArgumentException("a score without notes has no melody"))
                        .notes();
        return new Melody("", notes, score.timeline());
    }

    private static double bits(Split<List<Choice>> choices, int[] tokens, Model model) {
        boolean adaptive = model == Model.ADAPTIVE;
        var counts = new MixedCounts(tokens, adaptive, choices.training(), choices.tuning());
        return choices.heldOut().stream().mapToDouble(counts::bits).sum();
    }

    private static long count(List<List<Choice>> pieces, Predicate<Choice> which) {
        return pieces.stream().flatMap(List::stream).filter(which).count();
    }

    private static Fraction quarters(List<Score> scores) {
        return scores.stream().map(Score::end).reduce(Fraction.ZERO, Fraction::plus);
    }
}
