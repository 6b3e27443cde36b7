package wavenet4j.notes.musicxml;

import static org.assertj.core.api.Assertions.assertThat;

import static wavenet4j.notes.musicxml.Documents.note;
import static wavenet4j.notes.musicxml.Documents.notes;
import static wavenet4j.notes.musicxml.Documents.pitch;
import static wavenet4j.notes.musicxml.Documents.read;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.ScoreException;

import java.util.List;

final class NoteReadingTest {
    private static final String START = "<tie type=\"start\"/>";
    private static final String STOP = "<tie type=\"stop\"/>";

    @Test
    void voicesAndStavesShareAMeasure() throws ScoreException {
        String measure =
                note("C5", 8, "<voice>1</voice>")
                        + "<forward><duration>4</duration></forward>"
                        + note("D5", 4, "<voice>1</voice>")
                        + "<backup><duration>16</duration></backup>"
                        + note("C3", 16, "<voice>5</voice>", "<staff>2</staff>");
        ReadScore read = read(Documents.of(measure));
        assertThat(notes(read, 0)).containsExactly("0+2:72", "0+4:48", "3+1:74");
        assertThat(read.score().parts().getFirst().notes())
                .extracting(Note::voice)
                .containsExactly(1, 5, 1);
    }

    @Test
    void divisionsMayChangeWithinAMeasure() throws ScoreException {
        String change = "<attributes><divisions>3</divisions></attributes>";
        String second = change + note("D4", 1) + note("E4", 1) + note("F4", 1);
        assertThat(notes(read(Documents.of(note("C4", 4) + second)), 0))
                .containsExactly("0+1:60", "1+1/3:62", "4/3+1/3:64", "5/3+1/3:65");
    }

    @Test
    void notesOfAChordShareTheirOnset() throws ScoreException {
        String chord = note("C4", 4) + note("E4", 4).replace("<note>", "<note><chord/>");
        assertThat(notes(read(Documents.of(chord + note("D4", 4))), 0))
                .containsExactly("0+1:60", "0+1:64", "1+1:62");
    }

    @Test
    void tiesJoinOverBarLinesAndVoices() throws ScoreException {
        String first = note("C4", 16, START, "<voice>1</voice>");
        String second = note("C4", 4, STOP, START, "<voice>2</voice>") + note("C4", 12, STOP);
        assertThat(notes(read(Documents.of(first, second)), 0)).containsExactly("0+8:60");
    }

    @Test
    void aTieWithoutAnEndJoinsTheNextNoteOfItsVoice() throws ScoreException {
        assertThat(notes(read(Documents.of(note("C4", 8, START) + note("C4", 8))), 0))
                .containsExactly("0+4:60");
        assertThat(notes(read(Documents.of(note("C4", 8, START) + note("D4", 8))), 0))
                .containsExactly("0+2:60", "2+2:62");
        assertThat(notes(read(Documents.of(note("C4", 8) + note("C4", 8, STOP))), 0))
                .containsExactly("0+2:60", "2+2:60");
    }

    @Test
    void aPrintedTieCountsWhereNoneIsPlayed() throws ScoreException {
        String start = "<notations><tied type=\"start\"/></notations>";
        String stop = "<notations><tied type=\"stop\"/></notations>";
        assertThat(notes(read(Documents.of(note("C4", 8, start) + note("C4", 8, stop))), 0))
                .containsExactly("0+4:60");
    }

    @Test
    void graceNotesHaveNoLengthAndCueNotesAreLeftOut() throws ScoreException {
        String grace = "<note><grace/>" + pitch("B3") + "</note>";
        String cue = note("G4", 4).replace("<note>", "<note><cue/>");
        ReadScore read = read(Documents.of(note("C4", 4) + grace + note("D4", 4) + cue));
        assertThat(notes(read, 0)).containsExactly("0+1:60", "1+0:59", "1+1:62");
        assertThat(read.score().end()).isEqualTo(Fraction.of(3));
        assertThat(read.remarks()).containsExactly("1 cue note is left out");
    }

    @ParameterizedTest
    @CsvSource({
        "-2,-1,0,D5,72,C",
        "-9,-5,0,A4,60,C",
        "3,2,0,A4,72,C",
        "0,0,-1,C5,60,C",
        "-2,,0,C#5,71,B",
        "-14,-8,,E5,62,D"
    })
    void transposingInstrumentsSoundAtConcertPitch(
            int chromatic, String diatonic, String octaves, String written, int key, String name)
            throws ScoreException {
        String steps = diatonic == null ? "" : "<diatonic>%s</diatonic>".formatted(diatonic);
        String up = octaves == null ? "" : "<octave-change>%s</octave-change>".formatted(octaves);
        String transpose =
                "<attributes><transpose>%s<chromatic>%d</chromatic>%s</transpose></attributes>"
                        .formatted(steps, chromatic, up);
        ReadScore read = read(Documents.of(transpose + note(written, 16)));
        Note note = read.score().parts().getFirst().notes().getFirst();
        assertThat(note.key()).isEqualTo(key);
        assertThat(note.name()).hasToString(name);
    }

    @Test
    void oneStaffMayTransposeAlone() throws ScoreException {
        String transpose =
                "<attributes><transpose number=\"2\"><chromatic>-12</chromatic></transpose>"
                        + "</attributes>";
        String measure =
                transpose + note("C4", 4, "<staff>1</staff>") + note("C4", 4, "<staff>2</staff>");
        assertThat(notes(read(Documents.of(measure)), 0)).containsExactly("0+1:60", "1+1:48");
    }

    @Test
    void octaveShiftsAndOctaveClefsChangeNoPitch() throws ScoreException {
        String clef =
                "<attributes><clef><sign>G</sign><line>2</line>"
                        + "<clef-octave-change>-1</clef-octave-change></clef></attributes>";
        String shift =
                "<direction><direction-type><octave-shift type=\"down\" size=\"8\"/>"
                        + "</direction-type></direction>";
        assertThat(notes(read(Documents.of(clef + shift + note("C5", 4))), 0))
                .containsExactly("0+1:72");
    }

    @Test
    void keysAndNamesAreThoseWritten() throws ScoreException {
        ReadScore read = read(Documents.of(note("Cb4", 4) + note("B#3", 4) + note("F#4", 4)));
        assertThat(read.score().parts().getFirst().notes())
                .extracting(note -> note.key() + " " + note.name())
                .containsExactly("59 Cb", "60 B#", "66 F#");
    }

    @Test
    void microtonesAreRounded() throws ScoreException {
        String quarter = "<pitch><step>C</step><alter>0.5</alter><octave>4</octave></pitch>";
        ReadScore read = read(Documents.of("<note>" + quarter + "<duration>4</duration></note>"));
        assertThat(notes(read, 0)).containsExactly("0+1:61");
        assertThat(read.remarks()).containsExactly("1 microtone is rounded up to a key");
    }

    @Test
    void syllablesKeepVersesAndHyphens() throws ScoreException {
        String first =
                "<lyric number=\"1\"><syllabic>begin</syllabic><text>A</text></lyric>"
                        + "<lyric number=\"2\"><syllabic>single</syllabic><text>so</text></lyric>";
        String second =
                "<lyric number=\"1\"><syllabic>end</syllabic><text>men,</text><elision> </elision>"
                        + "<text>a</text></lyric>";
        ReadScore read = read(Documents.of(note("C4", 4, first) + note("D4", 4, second)));
        assertThat(read.score().parts().getFirst().lyrics())
                .containsExactly(
                        new Part.Lyric(Fraction.ZERO, 1, "A-"),
                        new Part.Lyric(Fraction.ZERO, 2, "so"),
                        new Part.Lyric(Fraction.ONE, 1, "men, a"));
    }

    @Test
    void drumsHaveTheKeysOfTheirInstruments() throws ScoreException {
        String list =
                """
                <score-part id="P1"><part-name>Drums</part-name>
                <score-instrument id="I1"><instrument-name>Snare</instrument-name>\
                </score-instrument>
                <score-instrument id="I2"><instrument-name>Hi-hat</instrument-name>\
                </score-instrument>
                <midi-instrument id="I1"><midi-channel>10</midi-channel>\
                <midi-unpitched>39</midi-unpitched></midi-instrument>
                <midi-instrument id="I2"><midi-channel>10</midi-channel>\
                <midi-unpitched>43</midi-unpitched></midi-instrument></score-part>
                """;
        String drum = "<note><unpitched/><duration>1</duration><instrument id=\"%s\"/></note>";
        String part =
                "<part id=\"P1\"><measure>"
                        + drum.formatted("I1")
                        + drum.formatted("I2")
                        + "</measure></part>";
        ReadScore read = read(Documents.withParts(list, part));
        assertThat(read.score().parts().getFirst().percussion()).isTrue();
        assertThat(notes(read, 0)).containsExactly("0+1:38", "1+1:42");
        assertThat(read.remarks()).isEmpty();
    }

    @Test
    void drumsWithoutKeysAreReadByTheirPlaces() throws ScoreException {
        String bass =
                "<note><unpitched><display-step>F</display-step><display-octave>4</display-octave>"
                        + "</unpitched><duration>4</duration></note>";
        ReadScore read = read(Documents.of(bass));
        assertThat(notes(read, 0)).containsExactly("0+1:36");
        assertThat(read.score().parts().getFirst().percussion()).isTrue();
        assertThat(read.remarks()).hasSize(1);
    }

    @Test
    void programsAndNamesAreThoseOfTheListOfParts() throws ScoreException {
        String list =
                """
                <score-part id="P1"><part-name>Flute</part-name>\
                <score-instrument id="I"><instrument-name/></score-instrument>\
                <midi-instrument id="I"><midi-channel>1</midi-channel>\
                <midi-program>74</midi-program></midi-instrument></score-part>
                """;
        Part part =
                read(Documents.withParts(list, "<part id=\"P1\"><measure/></part>"))
                        .score()
                        .parts()
                        .getFirst();
        assertThat(part).isEqualTo(new Part("Flute", 73, List.of()));
    }

    @Test
    void signsThatAreNotPlayedAreCounted() throws ScoreException {
        String signs =
                "<notations><slur type=\"start\" number=\"1\"/><ornaments><trill-mark/>"
                        + "</ornaments><articulations><staccato/><accent/></articulations>"
                        + "<fermata/></notations>";
        ReadScore read = read(Documents.of(note("C4", 4) + note("D4", 4, signs)));
        assertThat(read.score().fermatas()).containsExactly(Fraction.ONE);
        assertThat(read.remarks())
                .containsExactly(
                        "1 slur is left out",
                        "1 ornament is written as a sign and not played",
                        "2 articulations are written as a sign and not played");
    }
}
