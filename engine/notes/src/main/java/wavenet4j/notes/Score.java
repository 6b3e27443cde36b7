package wavenet4j.notes;

import java.util.Comparator;
import java.util.List;

/// A piece of music as notes, repeats played out. Immutable, and in one order, so that two scores
/// with the same content are equal.
///
/// @param chords by onset
/// @param fermatas their onsets, in quarters, ascending
/// @param end where its last bar ends, in quarters; no note ends after it
public record Score(
        Credits credits,
        Timeline timeline,
        List<ChordSymbol> chords,
        List<Part> parts,
        List<Fraction> fermatas,
        Fraction end) {
    /// A time beyond it is taken for damage: over five weeks at 120 quarters a minute.
    static final int MOST_QUARTERS = 6_000_000;

    /// Who made it; each is empty where it is not known.
    public record Credits(String title, String composer, String rights) {
        public static final Credits NONE = new Credits("", "", "");
    }

    /// @throws IllegalArgumentException when a note ends after the end, or there are more than
    ///   1,500,000 bars
    public Score {
        requireTime(end);
        timeline.requireBounded(end);
        chords = chords.stream().sorted(Comparator.comparing(ChordSymbol::onset)).toList();
        fermatas = fermatas.stream().distinct().sorted().toList();
        parts = List.copyOf(parts);
        for (Part part : parts) {
            for (Note note : part.notes()) {
                if (note.end().compareTo(end) > 0) {
                    throw new IllegalArgumentException(
                            "a note ends at quarter %s, after the score's end at %s"
                                    .formatted(note.end(), end));
                }
            }
        }
    }

    /// Its bars in order; of two different lengths where meters change.
    public List<Bar> bars() {
        return timeline.bars(end);
    }

    /// Of all parts together.
    public int notes() {
        return parts.stream().mapToInt(part -> part.notes().size()).sum();
    }

    /// The same score with other meters, tempos and keys.
    public Score withTimeline(Timeline other) {
        return new Score(credits, other, chords, parts, fermatas, end);
    }

    /// The same score with other chord symbols.
    public Score withChords(List<ChordSymbol> others) {
        return new Score(credits, timeline, others, parts, fermatas, end);
    }

    /// The same score with other parts.
    public Score withParts(List<Part> others) {
        return new Score(credits, timeline, chords, others, fermatas, end);
    }

    /// @throws IllegalArgumentException when a time or a length is negative or absurd
    static void requireTime(Fraction time) {
        if (time.sign() < 0 || time.compareTo(Fraction.of(MOST_QUARTERS)) > 0) {
            throw new IllegalArgumentException(
                    "a time of %s quarters is not from 0 to %,d".formatted(time, MOST_QUARTERS));
        }
    }
}
