package wavenet4j.notes.harmony;

import static wavenet4j.notes.ChordKind.*;
import static wavenet4j.notes.ChordSymbol.Degree.Change.*;

import org.jspecify.annotations.Nullable;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol.Chord;
import wavenet4j.notes.ChordSymbol.Degree;
import wavenet4j.notes.PitchName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one chord: a root, a quality and a number, then changes of degrees, then a bass.
final class ChordParser {
    private static final Pattern SPACE = Pattern.compile("\\s*([(),/])\\s*");

    private static final String NAME = "([A-G])(bb|##|b|#|)";

    /// A lone `o` is no quality: "Do" and "Go" are words.
    private static final Pattern HEAD =
            Pattern.compile(
                    NAME
                            + "(maj|Maj|ma(?!dd)|Ma|M|Δ|min|mi|m|-|dim|°|o(?=7)|ø|aug|\\+|)"
                            + "(6/9|69|5|6|7|9|11|13|)");

    /// A change of degrees. A number that is neither altered nor added is one from 9 on.
    private static final Pattern CHANGE =
            Pattern.compile(
                    "[(,]*(?:(?<sus>sus[24]?)"
                            + "|(?:maj|Maj|ma|Ma|M|Δ)(?<major>7|9|11|13)"
                            + "|(?<word>add|alt|omit|no)(?<by>bb|##|b|#|)(?<named>1[0-3]|[1-9])"
                            + "|(?<sign>bb|##|b|#|-|\\+)(?<altered>1[0-3]|[1-9])"
                            + "|(?<added>9|11|13)"
                            + "|(?<all>alt)"
                            + "|(?<augmented>aug|\\+))[),]*");

    private static final Pattern BASS = Pattern.compile("/" + NAME);

    // The triad, the sixth, the seventh, the ninth, the eleventh and the thirteenth of a quality.
    private static final List<ChordKind> PLAIN =
            List.of(MAJOR, MAJOR_SIXTH, DOMINANT, DOMINANT_NINTH, DOMINANT_11TH, DOMINANT_13TH);
    private static final List<ChordKind> MAJORS =
            List.of(MAJOR, MAJOR_SIXTH, MAJOR_SEVENTH, MAJOR_NINTH, MAJOR_11TH, MAJOR_13TH);
    private static final List<ChordKind> MINORS =
            List.of(MINOR, MINOR_SIXTH, MINOR_SEVENTH, MINOR_NINTH, MINOR_11TH, MINOR_13TH);
    private static final List<ChordKind> DIMINISHEDS =
            List.of(DIMINISHED, DIMINISHED, DIMINISHED_SEVENTH);
    private static final List<ChordKind> AUGMENTEDS =
            List.of(AUGMENTED, AUGMENTED, AUGMENTED_SEVENTH);

    private record Contraction(ChordKind kind, Degree degree, ChordKind becomes) {}

    private static final List<Contraction> CONTRACTIONS =
            List.of(
                    new Contraction(MAJOR, new Degree(ALTER, 5, 1), AUGMENTED),
                    new Contraction(MINOR, new Degree(ALTER, 5, -1), DIMINISHED),
                    new Contraction(MINOR, new Degree(ADD, 7, 1), MAJOR_MINOR),
                    new Contraction(DOMINANT, new Degree(ALTER, 5, 1), AUGMENTED_SEVENTH),
                    new Contraction(MINOR_SEVENTH, new Degree(ALTER, 5, -1), HALF_DIMINISHED));

    private ChordKind kind;
    private final List<Degree> degrees = new ArrayList<>();

    private ChordParser(ChordKind kind) {
        this.kind = kind;
    }

    /// The chord, or nothing where the text is none.
    static Optional<Chord> parse(String text) {
        String plain = plain(text);
        Matcher head = HEAD.matcher(plain);
        if (!head.lookingAt()) return Optional.empty();
        String rest = plain.substring(head.end());
        int slash = Math.max(0, rest.lastIndexOf('/'));
        Matcher bass = BASS.matcher(rest.substring(slash));
        boolean hasBass = bass.matches();
        List<MatchResult> changes = changes(hasBass ? rest.substring(0, slash) : rest);
        ChordKind kind = kind(head.group(3), head.group(4));
        if (kind == null || changes == null) return Optional.empty();
        var parser = new ChordParser(kind);
        parser.extend(head.group(4));
        parser.suspend(changes);
        changes.forEach(parser::change);
        Optional<PitchName> over = hasBass ? Optional.of(name(bass)) : Optional.empty();
        return Optional.of(new Chord(name(head), parser.kind, parser.degrees, over));
    }

    /// The text with one sign for each meaning, and without spaces about parentheses.
    private static String plain(String text) {
        return SPACE.matcher(text)
                .replaceAll("$1")
                .replace('♭', 'b')
                .replace('♯', '#')
                .replace('△', 'Δ')
                .replace('∆', 'Δ')
                .replace('º', '°')
                .replace('−', '-')
                .replace('–', '-');
    }

    private static PitchName name(MatchResult match) {
        return PitchName.of(match.group(1).charAt(0), alter(match.group(2)));
    }

    private static int alter(String signs) {
        return signs.startsWith("b") || signs.equals("-") ? -signs.length() : signs.length();
    }

    /// The kind that a quality and a number name; null where they go together in none.
    private static @Nullable ChordKind kind(String quality, String number) {
        List<ChordKind> kinds =
                switch (quality) {
                    case "" -> PLAIN;
                    case "min", "mi", "m", "-" -> MINORS;
                    case "dim", "°", "o" -> DIMINISHEDS;
                    case "ø" -> List.of(HALF_DIMINISHED);
                    case "aug", "+" -> AUGMENTEDS;
                    default -> MAJORS;
                };
        if (quality.equals("Δ") && number.isEmpty()) return MAJOR_SEVENTH;
        int column =
                switch (number) {
                    case "" -> 0;
                    case "6", "69", "6/9" -> 1;
                    case "7" -> 2;
                    case "9" -> 3;
                    case "11" -> 4;
                    case "13" -> 5;
                    default -> -1;
                };
        if (column >= 0) return kinds.get(Math.min(column, kinds.size() - 1));
        return switch (quality) {
            case "" -> POWER;
            case "aug", "+" -> AUGMENTED;
            default -> null;
        };
    }

    /// The changes in a text; null where it is no list of them.
    private static @Nullable List<MatchResult> changes(String text) {
        long open = text.chars().filter(c -> c == '(').count();
        if (open != text.chars().filter(c -> c == ')').count()) return null;
        var changes = new ArrayList<MatchResult>();
        Matcher change = CHANGE.matcher(text);
        for (int place = 0; place < text.length(); place = change.end()) {
            if (!change.region(place, text.length()).lookingAt()) return null;
            changes.add(change.toMatchResult());
        }
        return changes;
    }

    /// Adds what a number says and the kind has not, as the ninth in `C6/9`.
    private void extend(String number) {
        switch (number) {
            case "6" -> add(6);
            case "69", "6/9" -> {
                add(6);
                add(9);
            }
            case "9" -> add(9);
            case "11", "13" -> {
                add(9);
                add(Integer.parseInt(number));
            }
            default -> {}
        }
    }

    /// Puts a second or fourth in place of the third; all the rest of the chord is added to it.
    private void suspend(List<MatchResult> changes) {
        for (MatchResult change : changes) {
            String sus = change.group("sus");
            if (sus == null) continue;
            for (int tone : kind.semitones()) {
                int degree = ChordDegrees.degree(kind, tone);
                if (degree > 5) {
                    int alter = tone - ChordDegrees.semitones(degree);
                    degrees.add(new Degree(ADD, degree, alter));
                }
            }
            kind = sus.endsWith("2") ? SUSPENDED_SECOND : SUSPENDED_FOURTH;
        }
    }

    private void change(MatchResult change) {
        if (change.group("major") != null) {
            contract(new Degree(ADD, 7, 1));
            if (!change.group("major").equals("7")) extend(change.group("major"));
        } else if (change.group("word") != null) {
            degrees.add(
                    new Degree(
                            switch (change.group("word")) {
                                case "add" -> ADD;
                                case "alt" -> ALTER;
                                default -> SUBTRACT;
                            },
                            Integer.parseInt(change.group("named")),
                            alter(change.group("by"))));
        } else if (change.group("sign") != null) {
            alter(Integer.parseInt(change.group("altered")), alter(change.group("sign")));
        } else if (change.group("added") != null) {
            add(Integer.parseInt(change.group("added")));
        } else if (change.group("all") != null) {
            alter(5, 1);
            alter(9, -1);
            alter(9, 1);
        } else if (change.group("augmented") != null) {
            alter(5, 1);
        }
    }

    private void add(int degree) {
        if (!ChordDegrees.has(kind, degree)) degrees.add(new Degree(ADD, degree, 0));
    }

    private void alter(int degree, int alter) {
        contract(new Degree(ChordDegrees.has(kind, degree) ? ALTER : ADD, degree, alter));
    }

    /// Takes a change as part of the kind, where there is such a kind.
    private void contract(Degree degree) {
        for (Contraction contraction : CONTRACTIONS) {
            if (contraction.kind == kind && contraction.degree.equals(degree)) {
                kind = contraction.becomes;
                return;
            }
        }
        degrees.add(degree);
    }
}
