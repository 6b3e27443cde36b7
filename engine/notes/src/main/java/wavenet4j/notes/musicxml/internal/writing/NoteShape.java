package wavenet4j.notes.musicxml.internal.writing;

import wavenet4j.notes.Fraction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a length is printed: a type of note, dots, and the tuplet it is of.
///
/// @param length in quarters
/// @param type as MusicXML names it; absent where no type has that length
/// @param actual notes in the time of the normal ones; both 1 without a tuplet
record NoteShape(Fraction length, Optional<String> type, int dots, int actual, int normal) {
    private static final List<String> TYPES =
            List.of(
                    "breve", "whole", "half", "quarter", "eighth", "16th", "32nd", "64th", "128th",
                    "256th", "512th", "1024th");

    private static final Fraction LONGEST = Fraction.of(8);
    private static final int MOST_DOTS = 2;
    private static final int LARGEST_TUPLET = 15;

    /// The shapes that give a length together, tied: few, and the longest first.
    static List<NoteShape> of(Fraction length) {
        int twos = Long.numberOfTrailingZeros(length.denominator());
        long odd = length.denominator() >> twos;
        if (odd > LARGEST_TUPLET) return List.of(untyped(length));
        int normal = Integer.highestOneBit((int) odd);
        Fraction factor = Fraction.of(normal, odd);
        var shapes = new ArrayList<NoteShape>();
        Fraction left = length.over(factor);
        while (left.sign() > 0) {
            Optional<NoteShape> shape = longest(left, factor);
            if (shape.isEmpty()) return List.of(untyped(length));
            shapes.add(shape.get());
            left = left.minus(shape.get().length.over(factor));
        }
        return shapes;
    }

    private static NoteShape untyped(Fraction length) {
        return new NoteShape(length, Optional.empty(), 0, 1, 1);
    }

    /// The shape of a printed length, with dots; otherwise the longest one without that fits in.
    private static Optional<NoteShape> longest(Fraction printed, Fraction factor) {
        Optional<NoteShape> plain = Optional.empty();
        for (int i = 0; i < TYPES.size(); i++) {
            Fraction value = LONGEST.over(Fraction.of(1L << i));
            for (int dots = 0; dots <= MOST_DOTS; dots++) {
                Fraction dotted = value.times(Fraction.of((2L << dots) - 1, 1L << dots));
                var shape =
                        new NoteShape(
                                dotted.times(factor),
                                Optional.of(TYPES.get(i)),
                                dots,
                                Math.toIntExact(factor.denominator()),
                                Math.toIntExact(factor.numerator()));
                if (dotted.equals(printed)) return Optional.of(shape);
                boolean fits = dots == 0 && plain.isEmpty() && dotted.compareTo(printed) < 0;
                if (fits) plain = Optional.of(shape);
            }
        }
        return plain;
    }
}
