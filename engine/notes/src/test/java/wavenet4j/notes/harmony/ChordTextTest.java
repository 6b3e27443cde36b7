package wavenet4j.notes.harmony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.ChordSymbol.Chord;
import wavenet4j.notes.ChordSymbol.Degree;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.PitchName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

final class ChordTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C|C|MAJOR|",
                "CM|C|MAJOR|",
                "Cmaj|C|MAJOR|",
                "Cm|C|MINOR|",
                "C-|C|MINOR|",
                "Cmin|C|MINOR|",
                "Cmi|C|MINOR|",
                "CM7|C|MAJOR_SEVENTH|",
                "Cmaj7|C|MAJOR_SEVENTH|",
                "Cma7|C|MAJOR_SEVENTH|",
                "CΔ|C|MAJOR_SEVENTH|",
                "C△7|C|MAJOR_SEVENTH|",
                "C7|C|DOMINANT|",
                "C°|C|DIMINISHED|",
                "Cdim|C|DIMINISHED|",
                "Co7|C|DIMINISHED_SEVENTH|",
                "C°7|C|DIMINISHED_SEVENTH|",
                "Cdim7|C|DIMINISHED_SEVENTH|",
                "Cø|C|HALF_DIMINISHED|",
                "Cø7|C|HALF_DIMINISHED|",
                "Cm7b5|C|HALF_DIMINISHED|",
                "C-7(b5)|C|HALF_DIMINISHED|",
                "C+|C|AUGMENTED|",
                "Caug|C|AUGMENTED|",
                "C7#5|C|AUGMENTED_SEVENTH|",
                "C+7|C|AUGMENTED_SEVENTH|",
                "C7+|C|AUGMENTED_SEVENTH|",
                "Caug7|C|AUGMENTED_SEVENTH|",
                "CmM7|C|MAJOR_MINOR|",
                "Cm(maj7)|C|MAJOR_MINOR|",
                "C6|C|MAJOR_SIXTH|",
                "C6/9|C|MAJOR_SIXTH|ADD 9 0",
                "C69|C|MAJOR_SIXTH|ADD 9 0",
                "Cm6|C|MINOR_SIXTH|",
                "C9|C|DOMINANT_NINTH|",
                "C11|C|DOMINANT_11TH|",
                "C13|C|DOMINANT_13TH|",
                "Cm9|C|MINOR_NINTH|",
                "Cmaj13|C|MAJOR_13TH|",
                "Csus|C|SUSPENDED_FOURTH|",
                "Csus4|C|SUSPENDED_FOURTH|",
                "Csus2|C|SUSPENDED_SECOND|",
                "C7sus4|C|SUSPENDED_FOURTH|ADD 7 0",
                "C7sus|C|SUSPENDED_FOURTH|ADD 7 0",
                "C7b9sus4|C|SUSPENDED_FOURTH|ADD 7 0,ADD 9 -1",
                "C13sus4|C|SUSPENDED_FOURTH|ADD 7 0,ADD 9 0,ADD 13 0",
                "Cadd9|C|MAJOR|ADD 9 0",
                "Cmadd9|C|MINOR|ADD 9 0",
                "C5|C|POWER|",
                "C7b9|C|DOMINANT|ADD 9 -1",
                "C7-9|C|DOMINANT|ADD 9 -1",
                "C9#11|C|DOMINANT_NINTH|ADD 11 1",
                "C13b9|C|DOMINANT_13TH|ALTER 9 -1",
                "C7b5|C|DOMINANT|ALTER 5 -1",
                "C7(#9,b13)|C|DOMINANT|ADD 9 1,ADD 13 -1",
                "C7 (#9, b13)|C|DOMINANT|ADD 9 1,ADD 13 -1",
                "C7#9b13|C|DOMINANT|ADD 9 1,ADD 13 -1",
                "C7alt|C|AUGMENTED_SEVENTH|ADD 9 -1,ADD 9 1",
                "C(no3)|C|MAJOR|SUBTRACT 3 0",
                "Bb|Bb|MAJOR|",
                "B♭|Bb|MAJOR|",
                "F#m7|F#|MINOR_SEVENTH|",
                "F♯|F#|MAJOR|",
                "A|A|MAJOR|",
            })
    void usualSpellingsAreRead(String text, String root, ChordKind kind, String degrees) {
        Chord chord = ChordText.parse(text);
        assertThat(chord.root()).hasToString(root);
        assertThat(chord.kind()).isEqualTo(kind);
        assertThat(chord.degrees()).isEqualTo(degrees(degrees));
        assertThat(chord.bass()).isEmpty();
    }

    private static List<Degree> degrees(String text) {
        if (text == null) return List.of();
        return Stream.of(text.split(",", -1))
                .map(degree -> degree.split(" ", -1))
                .map(words ->
                        new Degree(
                                Degree.Change.valueOf(words[0]),
                                Integer.parseInt(words[1]),
                                Integer.parseInt(words[2])))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "C/E,C,MAJOR,E",
        "C7/Bb,C,DOMINANT,Bb",
        "C6/9/G,C,MAJOR_SIXTH,G",
        "Dm / F#,D,MINOR,F#"
    })
    void aBassFollowsASlash(String text, String root, ChordKind kind, String bass) {
        Chord chord = ChordText.parse(text);
        assertThat(chord.root()).hasToString(root);
        assertThat(chord.kind()).isEqualTo(kind);
        assertThat(chord.bass().orElseThrow()).hasToString(bass);
    }

    @Test
    void theRootAsBassIsNoBass() {
        assertThat(ChordText.parse("C/C"))
                .isEqualTo(new Chord(PitchName.of('C', 0), ChordKind.MAJOR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"N.C.", "NC", "No chord", " n.c. "})
    void noChordIsASymbolWithoutAChord(String text) {
        assertThat(ChordText.read(Fraction.ONE, text))
                .contains(new ChordSymbol(Fraction.ONE, Optional.empty()));
        assertThat(ChordText.format(new ChordSymbol(Fraction.ONE, Optional.empty())))
                .isEqualTo("N.C.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Verse",
                "Coda",
                "Dal segno",
                "D.C.",
                "D.S. al Fine",
                "Chorus",
                "Bridge",
                "A tempo",
                "A1",
                "B2",
                "A'",
                "Go",
                "Do",
                "Fine",
                "Ending",
                "Bass",
                "Guitar",
                "E minor",
                "H",
                "Hm7",
                "c",
                "C5sus#",
                "C(b9",
                "C7)",
                "Cbbb",
                "C/H",
                "C/",
                "Cm5",
                "C7(14)",
                "C 7",
                "C7(2)",
            })
    void otherTextsAreNoChords(String text) {
        assertThat(ChordText.read(Fraction.ZERO, text)).isEmpty();
        assertThatThrownBy(() -> ChordText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\" is no chord symbol");
    }

    @Test
    void aLongTextIsReadOrRefusedAtOnce() {
        String many = "C7" + "(b9)".repeat(100_000);
        assertThat(ChordText.parse(many).degrees()).hasSize(100_000);
        assertThat(ChordText.read(Fraction.ZERO, many + "!")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C6/9|C6/9",
                "Csus|Csus4",
                "C9sus4|C9sus4",
                "Cadd9|C(add9)",
                "C7b9|C7(b9)",
                "C-7b5|Cm7b5",
                "CΔ#11/G|Cmaj7(#11)/G",
                "C7alt|C7#5(b9,#9)",
                "B♭°7|Bbdim7",
                "Cdim(maj7)|Cdim(maj7)"
            })
    void aChordHasOneText(String text, String canonical) {
        assertThat(ChordText.format(ChordText.parse(text))).isEqualTo(canonical);
    }

    /// Every kind with no degree, every degree, and every pair of degrees that are altered by one
    /// at most.
    @ParameterizedTest
    @EnumSource
    void everyChordIsReadBackFromItsText(ChordKind kind) {
        for (List<Degree> degrees : degreeLists()) {
            assertReadBack(new Chord(PitchName.of('B', -1), kind, degrees, Optional.empty()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRootAndBassIsReadBack(ChordKind kind) {
        for (int root = -15; root <= 19; root++) {
            for (int bass = -15; bass <= 19; bass++) {
                var over = Optional.of(new PitchName(bass));
                assertReadBack(new Chord(new PitchName(root), kind, List.of(), over));
            }
        }
    }

    private static void assertReadBack(Chord chord) {
        String text = ChordText.format(chord);
        assertThat(ChordText.parse(text)).as(text).isEqualTo(chord);
    }

    private static List<List<Degree>> degreeLists() {
        var lists = new ArrayList<List<Degree>>();
        lists.add(List.of());
        for (Degree degree : degrees(2)) lists.add(List.of(degree));
        for (Degree first : degrees(1)) {
            for (Degree second : degrees(1)) lists.add(List.of(first, second));
        }
        return lists;
    }

    private static List<Degree> degrees(int mostAltered) {
        var all = new ArrayList<Degree>();
        for (Degree.Change change : Degree.Change.values()) {
            for (int value = 1; value <= 13; value++) {
                for (int alter = -mostAltered; alter <= mostAltered; alter++) {
                    all.add(new Degree(change, value, alter));
                }
            }
        }
        return all;
    }
}
