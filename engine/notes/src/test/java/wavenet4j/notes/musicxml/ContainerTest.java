package wavenet4j.notes.musicxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import static wavenet4j.notes.musicxml.Documents.note;
import static wavenet4j.notes.musicxml.Documents.notes;
import static wavenet4j.notes.musicxml.Documents.read;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.Timeline;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class ContainerTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE", "ISO-8859-1"})
    void everyEncodingIsRead(String encoding) throws ScoreException {
        String document =
                Documents.of(note("C4", 4)).replace("UTF-8", encoding).replace("Voice", "Flöte");
        byte[] bytes = document.getBytes(Charset.forName(encoding));
        Score score = MusicXmlFile.read(bytes, Documents.NAME).score();
        assertThat(score.parts().getFirst().name()).isEqualTo("Flöte");
    }

    @Test
    void aDocumentByMeasuresIsReadAsOneByParts() throws ScoreException {
        String list =
                "<score-part id=\"P1\"><part-name>One</part-name></score-part>"
                        + "<score-part id=\"P2\"><part-name>Two</part-name></score-part>";
        String measure = "<measure><part id=\"P2\">%s</part><part id=\"P1\">%s</part></measure>";
        ReadScore read =
                read(
                        "<score-timewise><part-list>"
                                + list
                                + "</part-list>"
                                + measure.formatted(note("C3", 1), note("C4", 1))
                                + measure.formatted(note("D3", 1), note("D4", 1))
                                + "</score-timewise>");
        assertThat(read.score().parts()).extracting(Part::name).containsExactly("One", "Two");
        assertThat(notes(read, 0)).containsExactly("0+1:60", "1+1:62");
        assertThat(notes(read, 1)).containsExactly("0+1:48", "1+1:50");
    }

    @Test
    void theWorkOrElseTheMovementGivesTheTitle() throws ScoreException {
        String document =
                "<score-partwise><work><work-title> </work-title></work>"
                        + "<movement-title>Air</movement-title><identification>"
                        + "<creator type=\"composer\">Bach</creator><creator type=\"lyricist\">X"
                        + "</creator><rights>Free</rights><rights>As in air</rights>"
                        + "</identification><part-list/><part><measure/></part></score-partwise>";
        assertThat(read(document).score().credits())
                .isEqualTo(new Score.Credits("Air", "Bach", "Free\nAs in air"));
    }

    @Test
    void aCompressedFileIsKnownByItsBytes() throws IOException {
        var score =
                new Score(
                        Score.Credits.NONE,
                        Timeline.DEFAULT,
                        List.of(),
                        List.of(
                                new Part(
                                        "",
                                        0,
                                        List.of(
                                                new Note(
                                                        Fraction.ZERO,
                                                        Fraction.of(4),
                                                        60,
                                                        PitchName.of(60, 0),
                                                        80,
                                                        1)))),
                        List.of(),
                        Fraction.of(4));
        Path compressed = folder.resolve("score.mxl");
        Path plain = folder.resolve("score.xml");
        assertThat(MusicXmlFile.write(score, compressed)).isEmpty();
        assertThat(MusicXmlFile.write(score, plain)).isEmpty();
        assertThat(Files.readString(plain))
                .startsWith("<?xml")
                .contains("<!DOCTYPE score-partwise");
        assertThat(Files.readAllBytes(compressed)).startsWith('P', 'K');
        Path renamed = Files.move(compressed, folder.resolve("renamed.xml"));
        Path other = Files.move(plain, folder.resolve("plain.mxl"));
        assertThat(MusicXmlFile.read(renamed).score()).isEqualTo(score);
        assertThat(MusicXmlFile.read(other).score()).isEqualTo(score);
    }

    @Test
    void aNameOfAnotherKindIsRefused() {
        var score =
                new Score(
                        Score.Credits.NONE,
                        Timeline.DEFAULT,
                        List.of(),
                        List.of(),
                        List.of(),
                        Fraction.ZERO);
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> MusicXmlFile.write(score, folder.resolve("score.mid")))
                .withMessageContaining("is no name of MusicXML; end it with .musicxml or .mxl");
    }
}
