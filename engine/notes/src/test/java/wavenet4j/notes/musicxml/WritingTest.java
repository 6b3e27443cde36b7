package wavenet4j.notes.musicxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.audiveris.proxymusic.ScorePartwise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.Timeline;

import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;

final class WritingTest {
    private static final Fraction HALF = Fraction.of(1, 2);

    @TempDir Path folder;

    @Test
    void allThatAScoreHasIsReadBack() throws IOException {
        Score score = everything();
        assertThat(written(score)).isEmpty();
        assertThat(MusicXmlFile.read(file()).score()).isEqualTo(score);
        assertThat(MusicXmlFile.read(file()).remarks()).isEmpty();
    }

    @Test
    void theDocumentIsValid() throws IOException, SAXException {
        written(everything());
        URL schema =
                Objects.requireNonNull(
                        ScorePartwise.class.getResource("/META-INF/jaxb/xsd/musicxml.xsd"));
        var factory = SchemaFactory.newDefaultInstance();
        factory.setResourceResolver(new LocalSchemas());
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "all");
        String xml = Files.readString(file()).replaceFirst("<!DOCTYPE[^>]*>", "");
        factory.newSchema(schema).newValidator().validate(new StreamSource(new StringReader(xml)));
    }

    @Test
    void twoWritingsHaveTheSameBytes() throws IOException {
        written(everything());
        byte[] first = Files.readAllBytes(file());
        written(everything());
        assertThat(Files.readAllBytes(file())).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void notesAtRandomAreReadBack(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        int[] units = {1, 2, 3, 4, 6, 7, 8, 12, 480};
        var notes = new ArrayList<Note>();
        for (int i = 0; i < 300; i++) {
            int unit = units[random.nextInt(units.length)];
            int key = random.nextInt(12, 128);
            notes.add(
                    new Note(
                            Fraction.of(random.nextInt(40 * unit), unit),
                            Fraction.of(random.nextInt(6 * unit), unit),
                            key,
                            PitchName.of(key, random.nextInt(-7, 8)),
                            random.nextInt(1, 128),
                            random.nextInt(1, 4)));
        }
        Score score = score(Timeline.DEFAULT, notes, Fraction.of(47));
        written(score);
        assertThat(MusicXmlFile.read(file()).score()).isEqualTo(score);
    }

    @Test
    void drumsAreReadBack() throws IOException {
        var notes = List.of(note(0, 1, 38, 1), note(1, 1, 42, 1), note(1, 1, 36, 2));
        var drums = new Part("Drums", 8, true, notes, List.of(), List.of());
        Score score = score(Timeline.DEFAULT, List.of(), Fraction.of(4)).withParts(List.of(drums));
        written(score);
        assertThat(MusicXmlFile.read(file()).score()).isEqualTo(score);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1/3:eighth",
                "2/3:quarter",
                "1/5:16th",
                "3/4:eighth .",
                "7/4:quarter . .",
                "5/4:quarter 16th",
                "1/1920:"
            })
    void lengthsAreWrittenAsNoteTypes(String example) throws IOException {
        String[] parts = example.split(":", 2);
        String[] length = parts[0].split("/", -1);
        Fraction exact = Fraction.of(Long.parseLong(length[0]), Long.parseLong(length[1]));
        var note = new Note(Fraction.ZERO, exact, 60, PitchName.of(60, 0), 80, 1);
        List<String> remarks = written(score(Timeline.DEFAULT, List.of(note), Fraction.of(4)));
        String xml = Files.readString(file());
        String notes = xml.substring(xml.indexOf("<note>"), xml.indexOf("<rest/>"));
        assertThat(
                        notes.replaceAll("(?s)</type>|<type>|<dot/>", "#$0#")
                                .lines()
                                .filter(line -> line.contains("type>#") || line.contains("dot"))
                                .map(line ->
                                        line.contains("dot")
                                                ? "."
                                                : line.replaceAll("#|<[^>]*>", "").strip()))
                .containsExactly(parts[1].isEmpty() ? new String[0] : parts[1].split(" ", -1));
        assertThat(remarks).hasSize(parts[1].isEmpty() ? 1 : 0);
    }

    @Test
    void whatMusicXmlDoesNotHoldIsSaid() throws IOException {
        var timeline =
                new Timeline(
                        List.of(new Meter(Fraction.of(8), 3, 4)),
                        List.of(),
                        List.of(new KeySignature(Fraction.of(5), 1, false)));
        var part =
                new Part(
                        "a\u0001b",
                        0,
                        false,
                        List.of(note(0, 4, 60, 1)),
                        List.of(new Part.Lyric(Fraction.of(9), 1, "la")),
                        List.of(new Part.Pedal(Fraction.of(9), 0)));
        Score score = score(timeline, List.of(), Fraction.of(4)).withParts(List.of(part));
        assertThat(written(score))
                .containsExactlyInAnyOrder(
                        "1 time signature is after the last bar, and left out",
                        "1 key signature is after the score's end, and left out",
                        "1 pedal move is after the score's end, and left out",
                        "1 syllable is after the last bar, and left out");
        assertThat(MusicXmlFile.read(file()).score().parts().getFirst().name()).isEqualTo("ab");
    }

    @Test
    void anEmptyScoreGetsAPartAndAMeasure() throws IOException {
        Score score = score(Timeline.DEFAULT, List.of(), Fraction.ZERO).withParts(List.of());
        assertThat(written(score)).hasSize(2);
        assertThat(MusicXmlFile.read(file()).score().notes()).isZero();
    }

    @Test
    void tooManyMeasuresAreRefused() {
        Score score = score(Timeline.DEFAULT, List.of(), Fraction.of(900_000));
        assertThatExceptionOfType(ScoreException.class)
                .isThrownBy(() -> written(score))
                .withMessageContaining("more than 200,000 measures");
    }

    private static Score everything() {
        var timeline =
                new Timeline(
                        List.of(
                                new Meter(Fraction.ZERO, 3, 4),
                                new Meter(Fraction.ONE, 3, 4),
                                new Meter(Fraction.of(7), 6, 8),
                                new Meter(Fraction.of(10), 5, 8)),
                        List.of(
                                Tempo.of(Fraction.ZERO, 90),
                                new Tempo(Fraction.of(9, 4), 333_333),
                                new Tempo(Fraction.of(8), 16_777_215)),
                        List.of(
                                new KeySignature(Fraction.ZERO, -3, true),
                                new KeySignature(Fraction.of(3), 2, false),
                                new KeySignature(Fraction.of(7), 2, false)));
        var degree = new ChordSymbol.Degree(ChordSymbol.Degree.Change.ALTER, 5, -1);
        var chord =
                new ChordSymbol.Chord(
                        PitchName.of('B', -1),
                        ChordKind.DOMINANT_13TH,
                        List.of(degree),
                        Optional.of(PitchName.of('D', 0)));
        var chords =
                List.of(
                        new ChordSymbol(Fraction.ZERO, Optional.of(chord)),
                        new ChordSymbol(Fraction.of(7, 3), Optional.empty()),
                        new ChordSymbol(
                                Fraction.of(15, 2),
                                Optional.of(
                                        new ChordSymbol.Chord(
                                                PitchName.of('C', 1), ChordKind.MINOR))));
        var notes =
                List.of(
                        note(0, 1, 60, 1),
                        new Note(Fraction.ONE, Fraction.ZERO, 59, PitchName.of(59, 0), 70, 1),
                        note(1, 5, 64, 1),
                        note(1, 5, 67, 1),
                        note(2, 1, 64, 1),
                        note(2, 9, 48, 2),
                        new Note(
                                Fraction.of(6), Fraction.of(1, 3), 61, PitchName.of('D', -1), 1, 1),
                        new Note(
                                Fraction.of(19, 3),
                                Fraction.of(1, 3),
                                61,
                                PitchName.of('C', 1),
                                127,
                                1),
                        new Note(
                                Fraction.of(25, 2),
                                Fraction.ZERO,
                                61,
                                PitchName.of('C', 1),
                                99,
                                7));
        var lyrics =
                List.of(
                        new Part.Lyric(Fraction.ZERO, 1, "A-"),
                        new Part.Lyric(Fraction.ZERO, 2, " two  <&> "),
                        new Part.Lyric(Fraction.ONE, 1, "men"),
                        new Part.Lyric(Fraction.of(4), 1, "held"),
                        new Part.Lyric(Fraction.of(11), 1, "rest"));
        var pedal =
                List.of(
                        new Part.Pedal(HALF, 127),
                        new Part.Pedal(Fraction.ONE, 64),
                        new Part.Pedal(Fraction.of(2), 63),
                        new Part.Pedal(Fraction.of(2), 5),
                        new Part.Pedal(Fraction.of(25, 2), 0));
        var piano = new Part("Piano «é»", 0, false, notes, lyrics, pedal);
        var bass = new Part("", 32, List.of(note(0, 4, 36, 1), note(5, 2, 40, 3)));
        return new Score(
                new Score.Credits("Title", "Composer", "Free\nto use"),
                timeline,
                chords,
                List.of(piano, bass),
                List.of(Fraction.of(2), Fraction.of(19, 3), Fraction.of(12)),
                Fraction.of(25, 2));
    }

    private static Score score(Timeline timeline, List<Note> notes, Fraction end) {
        return new Score(
                Score.Credits.NONE,
                timeline,
                List.of(),
                List.of(new Part("Part", 0, notes)),
                List.of(),
                end);
    }

    private static Note note(int onset, int length, int key, int voice) {
        return new Note(
                Fraction.of(onset), Fraction.of(length), key, PitchName.of(key, 0), 64, voice);
    }

    private List<String> written(Score score) throws ScoreException {
        return MusicXmlFile.write(score, file());
    }

    private Path file() {
        return folder.resolve("score.musicxml");
    }
}
