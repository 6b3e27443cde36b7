package wavenet4j.notes.musicxml;

import static org.assertj.core.api.Assertions.assertThat;

import static wavenet4j.notes.musicxml.Documents.note;
import static wavenet4j.notes.musicxml.Documents.read;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.Tempo;

import java.util.List;
import java.util.Optional;

final class DirectionReadingTest {
    @ParameterizedTest
    @CsvSource({"quarter,0,90,90", "quarter,1,60,90", "eighth,0,c. 120,60", "half,0,132.5-144,265"})
    void metronomeMarksAreTempos(String unit, int dots, String number, double quarters)
            throws ScoreException {
        String mark =
                "<metronome><beat-unit>%s</beat-unit>%s<per-minute>%s</per-minute></metronome>"
                        .formatted(unit, "<beat-unit-dot/>".repeat(dots), number);
        assertThat(
                        read(Documents.of(note("C4", 4) + direction(mark, "") + note("C4", 4)))
                                .score()
                                .timeline()
                                .tempos())
                .containsExactly(Tempo.of(Fraction.ZERO, 120), Tempo.of(Fraction.ONE, quarters));
    }

    @Test
    void aPlayedTempoCountsBeforeAPrintedOne() throws ScoreException {
        String mark =
                "<metronome><beat-unit>quarter</beat-unit><per-minute>90</per-minute></metronome>";
        ReadScore read =
                read(
                        Documents.of(
                                direction(mark, "<sound tempo=\"87.5\"/>")
                                        + direction("<words>Lento</words>", "")
                                        + note("C4", 4)
                                        + "<sound tempo=\"100\"/>"
                                        + note("C4", 4)));
        assertThat(read.score().timeline().tempos())
                .containsExactly(Tempo.of(Fraction.ZERO, 87.5), Tempo.of(Fraction.ONE, 100));
        assertThat(read.remarks()).containsExactly("1 text is left out");
    }

    @Test
    void dynamicsGiveVelocitiesFromTheirPlaceOnInEveryVoice() throws ScoreException {
        String measure =
                note("C4", 4)
                        + direction("<dynamics><p/></dynamics>", "")
                        + note("D4", 4)
                        + note("E4", 4).replace("<note>", "<note dynamics=\"100\">")
                        + "<backup><duration>8</duration></backup>"
                        + note("C5", 8, "<voice>2</voice>");
        ReadScore read =
                read(
                        Documents.of(
                                measure,
                                direction("<dynamics><sfz/></dynamics>", "<sound dynamics=\"50\"/>")
                                        + note("F4", 4)));
        assertThat(read.score().parts().getFirst().notes())
                .extracting(note -> note.key() + " " + note.velocity())
                .containsExactly("60 80", "62 49", "72 49", "64 90", "65 45");
        assertThat(read.remarks())
                .containsExactly("1 dynamics mark is of a single note, and left out");
    }

    @Test
    void pedalSignsAreMoves() throws ScoreException {
        String measure =
                direction("<pedal type=\"start\"/>", "")
                        + note("C4", 4)
                        + direction("<pedal type=\"change\"/>", "")
                        + note("C4", 4)
                        + direction("<pedal type=\"stop\"/>", "<sound damper-pedal=\"no\"/>");
        assertThat(read(Documents.of(measure)).score().parts().getFirst().pedal())
                .containsExactly(
                        new Part.Pedal(Fraction.ZERO, 127),
                        new Part.Pedal(Fraction.ONE, 0),
                        new Part.Pedal(Fraction.ONE, 127),
                        new Part.Pedal(Fraction.of(2), 0));
    }

    @Test
    void chordSymbolsHaveKindDegreesAndBass() throws ScoreException {
        String sharp =
                "<harmony><root><root-step>F</root-step><root-alter>1</root-alter></root>"
                        + "<kind>half-diminished</kind><bass><bass-step>E</bass-step></bass>"
                        + "<degree><degree-value>9</degree-value><degree-alter>-1</degree-alter>"
                        + "<degree-type>add</degree-type></degree></harmony>";
        String none =
                "<harmony><root><root-step>C</root-step></root><kind>none</kind>"
                        + "<offset>2</offset></harmony>";
        ReadScore read = read(Documents.of(sharp + none + note("C4", 4)));
        var degree = new ChordSymbol.Degree(ChordSymbol.Degree.Change.ADD, 9, -1);
        var chord =
                new ChordSymbol.Chord(
                        PitchName.of('F', 1),
                        ChordKind.HALF_DIMINISHED,
                        List.of(degree),
                        Optional.of(PitchName.of('E', 0)));
        assertThat(read.score().chords())
                .containsExactly(
                        new ChordSymbol(Fraction.ZERO, Optional.of(chord)),
                        new ChordSymbol(Fraction.of(1, 2), Optional.empty()));
        assertThat(read.remarks()).isEmpty();
    }

    @Test
    void chordSymbolsBeforeOneNoteAreSpreadOverIt() throws ScoreException {
        String chord =
                "<harmony><root><root-step>%s</root-step></root><kind>major</kind></harmony>";
        ReadScore read =
                read(
                        Documents.of(
                                note("C4", 4)
                                        + chord.formatted("F")
                                        + chord.formatted("G")
                                        + note("D4", 8)));
        assertThat(read.score().chords())
                .extracting(ChordSymbol::onset)
                .containsExactly(Fraction.ONE, Fraction.of(2));
        assertThat(read.remarks())
                .containsExactly(
                        "1 chord symbol is before one note with another, and spread over it");
    }

    @ParameterizedTest
    @CsvSource({
        "Neapolitan,of an unusual kind, and read as no chord",
        "'','without a root, and left out'"
    })
    void unusualChordSymbolsAreCounted(String kind, String what) throws ScoreException {
        String harmony =
                kind.isEmpty()
                        ? "<harmony><function>V</function><kind>major</kind></harmony>"
                        : "<harmony><root><root-step>C</root-step></root><kind>%s</kind></harmony>"
                                .formatted(kind);
        assertThat(read(Documents.of(harmony + note("C4", 4))).remarks())
                .singleElement()
                .asString()
                .startsWith("1 chord symbol is " + what);
    }

    @Test
    void anOffsetCountsWhereItIsPlayed() throws ScoreException {
        String tempo =
                "<direction><direction-type><words/></direction-type><offset sound=\"%s\">4"
                        + "</offset><sound tempo=\"60\"/></direction>";
        assertThat(
                        read(Documents.of(tempo.formatted("yes") + note("C4", 8)))
                                .score()
                                .timeline()
                                .tempos())
                .extracting(Tempo::onset)
                .containsExactly(Fraction.ZERO, Fraction.ONE);
        assertThat(
                        read(Documents.of(tempo.formatted("no") + note("C4", 8)))
                                .score()
                                .timeline()
                                .tempos())
                .extracting(Tempo::onset)
                .containsExactly(Fraction.ZERO);
    }

    @Test
    void hairpinsAreCounted() throws ScoreException {
        String measure =
                direction("<wedge type=\"crescendo\"/>", "")
                        + note("C4", 4)
                        + direction("<wedge type=\"stop\"/>", "");
        ReadScore read = read(Documents.of(measure));
        assertThat(read.remarks()).containsExactly("1 hairpin is left out");
        assertThat(read.score().parts().getFirst().notes())
                .extracting(Note::velocity)
                .containsExactly(80);
    }

    private static String direction(String type, String sound) {
        return "<direction><direction-type>%s</direction-type>%s</direction>"
                .formatted(type, sound);
    }
}
