package wavenet4j.notes.harmony;

import static wavenet4j.notes.ChordKind.*;
import static wavenet4j.notes.ChordSymbol.Degree.Change.*;

import static java.util.stream.Collectors.joining;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.ChordSymbol.Chord;
import wavenet4j.notes.ChordSymbol.Degree;
import wavenet4j.notes.Fraction;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Chord symbols as text, such as `Cm7b5` or `C7(#9,b13)/Bb`, in the usual English spellings. A
/// lone letter from A to G is a chord as well; whether a text that says no more is meant as one, a
/// reader must know. `C7alt` is read as `C7#5(b9,#9)`, and an `o` only before a 7, since "Do" and
/// "Go" are words.
public final class ChordText {
    private static final String NO_CHORD = "N.C.";
    private static final Set<String> NO_CHORDS = Set.of("n.c.", "n.c", "nc", "no chord");

    /// A text after the root that says more than a kind's own.
    private record Head(String text, ChordKind kind, List<Degree> degrees) {
        boolean fits(Chord chord) {
            int count = degrees.size();
            return chord.kind() == kind
                    && chord.degrees().size() >= count
                    && chord.degrees().subList(0, count).equals(degrees);
        }
    }

    private static final List<Head> HEADS =
            List.of(
                    new Head("13sus4", SUSPENDED_FOURTH, List.of(add(7), add(9), add(13))),
                    new Head("9sus4", SUSPENDED_FOURTH, List.of(add(7), add(9))),
                    new Head("7sus4", SUSPENDED_FOURTH, List.of(add(7))),
                    new Head("9sus2", SUSPENDED_SECOND, List.of(add(7), add(9))),
                    new Head("7sus2", SUSPENDED_SECOND, List.of(add(7))),
                    new Head("6/9", MAJOR_SIXTH, List.of(add(9))),
                    new Head("m6/9", MINOR_SIXTH, List.of(add(9))));

    private ChordText() {}

    /// Reads a text that may be a chord symbol or say that there is no chord, such as `N.C.`.
    ///
    /// @param onset of the symbol, in quarters
    /// @return empty where the text is neither
    public static Optional<ChordSymbol> read(Fraction onset, String text) {
        String trimmed = text.strip();
        if (NO_CHORDS.contains(trimmed.toLowerCase(Locale.ROOT))) {
            return Optional.of(new ChordSymbol(onset, Optional.empty()));
        }
        return ChordParser.parse(trimmed).map(chord -> new ChordSymbol(onset, Optional.of(chord)));
    }

    /// Reads a text that must be a chord.
    ///
    /// @throws IllegalArgumentException when it is none
    public static Chord parse(String text) {
        return ChordParser.parse(text.strip())
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "\"%s\" is no chord symbol; write one such as C, Am7 or G7/B"
                                        .formatted(text)));
    }

    /// The text of a symbol; `N.C.` where there is no chord.
    public static String format(ChordSymbol symbol) {
        return symbol.chord().map(ChordText::format).orElse(NO_CHORD);
    }

    /// The one text of a chord, which reads back as that chord.
    public static String format(Chord chord) {
        String plain = text(chord, false);
        return ChordParser.parse(plain).equals(Optional.of(chord)) ? plain : text(chord, true);
    }

    /// @param explicit whether every change of a degree is named, as in `C(alt#5)`
    private static String text(Chord chord, boolean explicit) {
        Head own = new Head(chord.kind().suffix(), chord.kind(), List.of());
        Head head =
                explicit ? own : HEADS.stream().filter(h -> h.fits(chord)).findFirst().orElse(own);
        List<Degree> degrees = chord.degrees().subList(head.degrees.size(), chord.degrees().size());
        String changes =
                degrees.stream()
                        .map(degree -> explicit ? named(degree) : plain(degree, chord.kind()))
                        .collect(joining(","));
        return chord.root()
                + head.text
                + (changes.isEmpty() ? "" : "(" + changes + ")")
                + chord.bass().map(bass -> "/" + bass).orElse("");
    }

    private static String plain(Degree degree, ChordKind kind) {
        boolean inKind = ChordDegrees.has(kind, degree.value());
        boolean usual =
                switch (degree.change()) {
                    case ADD -> degree.value() >= 9 && !inKind;
                    case ALTER -> inKind;
                    case SUBTRACT -> false;
                };
        if (degree.equals(new Degree(ADD, 7, 1))) return "maj7";
        return usual && degree.alter() != 0 ? number(degree) : named(degree);
    }

    private static String named(Degree degree) {
        return switch (degree.change()) {
                    case ADD -> "add";
                    case ALTER -> "alt";
                    case SUBTRACT -> "no";
                }
                + number(degree);
    }

    private static String number(Degree degree) {
        return "b".repeat(Math.max(0, -degree.alter()))
                + "#".repeat(Math.max(0, degree.alter()))
                + degree.value();
    }

    private static Degree add(int degree) {
        return new Degree(ADD, degree, 0);
    }
}
