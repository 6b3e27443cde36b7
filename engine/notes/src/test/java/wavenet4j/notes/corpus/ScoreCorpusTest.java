package wavenet4j.notes.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import static wavenet4j.notes.corpus.ScoreFileTest.quarters;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.notes.Bar;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.ChordSymbol.Chord;
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
import wavenet4j.notes.corpus.ScoreCorpus.Kept;
import wavenet4j.notes.corpus.ScoreCorpus.LeftOut;
import wavenet4j.notes.grid.GridResolution;
import wavenet4j.notes.harmony.ChordText;
import wavenet4j.notes.harmony.Transposition;
import wavenet4j.notes.midi.MidiFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

final class ScoreCorpusTest {
    @TempDir Path folder;

    private ScoreCorpus scan() throws ScoreException {
        return ScoreCorpus.scan(folder, OptionalInt.empty());
    }

    private Path write(String name, Score score) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        MidiFile.write(score, file);
        return file;
    }

    @Test
    void everyFileIsKeptLeftOutOrIgnored() throws IOException {
        write("b/two.mid", quarters(60, 62));
        write("one.mid", quarters(64, 65));
        Files.move(write("c.mid", quarters(67, 69)), folder.resolve("a midi file"));
        Path xml = folder.resolve("d.xml");
        ScoreFile.write(quarters(71, 72), xml);
        Files.move(xml, folder.resolve("some xml"));
        Files.writeString(folder.resolve("pom.xml"), "<project/>");
        Files.writeString(folder.resolve("page.html"), "<html/>");
        Files.write(folder.resolve("broken.mid"), new byte[] {1, 2, 3});
        Files.createFile(folder.resolve("empty.midi"));
        write("silent.mid", quarters());
        Files.writeString(folder.resolve("song.mscz"), "PK");
        Files.writeString(folder.resolve("README.md"), "music");
        Files.writeString(folder.resolve("index.json"), "{}");
        Files.writeString(folder.resolve(".one.mid"), "");
        Files.writeString(
                folder.resolve("chorales.json"), "[[[72, 60], [71, 59]], [[71, -1]], [[-1, -1]]]");
        ScoreCorpus corpus = scan();
        assertThat(corpus.kept())
                .extracting(Kept::name)
                .containsExactly(
                        "a midi file",
                        "b/two.mid",
                        "chorales.json 1",
                        "chorales.json 2",
                        "one.mid",
                        "some xml");
        assertThat(corpus.leftOut())
                .extracting(LeftOut::name)
                .containsExactly(
                        "broken.mid",
                        "chorales.json 3",
                        "empty.midi",
                        "pom.xml",
                        "silent.mid",
                        "song.mscz");
        assertThat(corpus.ignored())
                .containsOnly(
                        Map.entry(".md", 1),
                        Map.entry(".html", 1),
                        Map.entry(".json", 1),
                        Map.entry("hidden", 1));
        assertThat(corpus.summary())
                .contains("kept 6 scores, 13 notes, 6 bars")
                .contains("  2 scores: repeated notes are read as one held note")
                .contains("left out 6 scores")
                .contains("song.mscz: is a file of MuseScore; export it as MusicXML or MIDI")
                .contains("silent.mid: has no notes but drums or grace notes")
                .contains("ignored as no scores: 1 .html, 1 .json, 1 .md, 1 hidden");
    }

    @Test
    void theSameNotesCountOnce() throws IOException {
        Score score = quarters(60, 62, 64);
        write("a.mid", score);
        Part other = score.parts().getFirst();
        write("b.mid", score.withParts(List.of(new Part("Oboe", 68, other.notes()))));
        write("c.mid", quarters(60, 62, 65));
        ScoreCorpus corpus = scan();
        assertThat(corpus.kept()).extracting(Kept::name).containsExactly("a.mid", "c.mid");
        assertThat(corpus.leftOut())
                .containsExactly(new LeftOut("b.mid", "has the same notes as a.mid"));
    }

    @Test
    void metersKeysPickupsAndChangesAreCounted() throws IOException {
        Part part = quarters(67, 74, 71, 69, 67, 66, 67).parts().getFirst();
        Part low = new Part("", 32, quarters(10, 43, 43).parts().getFirst().notes());
        var timeline =
                new Timeline(
                        List.of(
                                new Meter(Fraction.ZERO, 3, 4),
                                new Meter(Fraction.ONE, 3, 4),
                                new Meter(Fraction.of(4), 6, 8)),
                        List.of(Tempo.of(Fraction.ZERO, 100), Tempo.of(Fraction.of(3), 80)),
                        List.of(new KeySignature(Fraction.ZERO, 1, false)));
        write(
                "a.mid",
                new Score(
                        Score.Credits.NONE,
                        timeline,
                        List.of(),
                        List.of(part, low),
                        List.of(),
                        Fraction.of(7)));
        assertThat(scan().summary())
                .isEqualTo(
                        """
                        kept 1 score, 10 notes, 3 bars
                          meters: 3/4 (1), 6/8 (1)
                          keys: G major (1)
                          parts: 2 (1)
                          with a pickup: 1
                          with changes of meter: 1
                          with changes of tempo: 1
                          with several instruments: 1
                          a grid of 1 step a quarter moves 0.00 % of onsets and ends
                          a.mid: 1 note has a key that no piano has\
                        """);
    }

    @Test
    void theGridIsGivenOrChosen() throws IOException {
        write("a.mid", quarters(60, 62));
        Path chorales = folder.resolve("chorales.json");
        Files.writeString(chorales, "[[[72], [71]]]");
        assertThat(scan().stepsPerQuarter()).isEqualTo(4);
        ScoreCorpus coarse = ScoreCorpus.scan(folder, OptionalInt.of(2));
        assertThat(coarse.stepsPerQuarter()).isEqualTo(2);
        assertThat(coarse.kept()).extracting(Kept::moved).containsExactly(0., 0.5);
        assertThat(coarse.summary())
                .contains("moves 25.00 % of onsets and ends, most in chorales.json: 50.0 %");
        assertThat(ScoreCorpus.scan(chorales, OptionalInt.empty()).kept())
                .extracting(Kept::name)
                .containsExactly("chorales.json");
    }

    @Test
    void barLinesAreMovedAfterGraceNotesThatTakeTime() throws IOException {
        Fraction late = Fraction.of(15, 64);
        var notes = new ArrayList<Note>();
        notes.add(new Note(Fraction.ZERO, late, 71, PitchName.of(71, 0), 80, 1));
        for (Note note : quarters(72, 74, 76, 77, 79, 77, 76, 74).parts().getFirst().notes()) {
            Fraction onset = note.onset().plus(late);
            notes.add(new Note(onset, note.length(), note.key(), note.name(), 80, 1));
        }
        var part = new Part("", 0, notes);
        Fraction end = Fraction.of(8).plus(late);
        write(
                "a.mid",
                new Score(
                        Score.Credits.NONE,
                        Timeline.DEFAULT,
                        List.of(),
                        List.of(part),
                        List.of(),
                        end));
        Kept kept = scan().kept().getFirst();
        assertThat(kept.score().bars())
                .extracting(Bar::onset)
                .containsExactly(Fraction.ZERO, late, late.plus(Fraction.of(4)));
        assertThat(kept.moved()).isZero();
        assertThat(kept.remarks())
                .containsExactly(
                        "its first bar line is moved to quarter 15/64, after grace notes that take"
                                + " time");
    }

    @Test
    void barLinesAreMovedAfterAPickupThatChordsSay() throws IOException {
        int[] keys = {67, 72, 72, 74, 76, 72, 71, 69, 67, 65, 64, 62, 60};
        Score tune = quarters(keys);
        var chords = new ArrayList<ChordSymbol>();
        for (int bar = 0; bar < 3; bar++) {
            Chord chord = ChordText.parse(List.of("C", "F", "G7").get(bar));
            chords.add(new ChordSymbol(Fraction.of(1 + 4L * bar), Optional.of(chord)));
        }
        write("pickup.mid", withChords(chords, tune));
        chords.replaceAll(
                symbol -> new ChordSymbol(symbol.onset().minus(Fraction.ONE), symbol.chord()));
        write("whole.mid", withChords(chords, Transposition.by(1, tune)));
        ScoreCorpus corpus = scan();
        assertThat(corpus.kept())
                .extracting(kept -> kept.score().bars().getFirst().length())
                .containsExactly(Fraction.ONE, Fraction.of(4));
        assertThat(corpus.kept().getFirst().remarks())
                .containsExactly("its first bar line is moved to quarter 1, after a pickup");
    }

    private static Score withChords(List<ChordSymbol> chords, Score score) {
        return new Score(
                score.credits(),
                score.timeline(),
                chords,
                score.parts(),
                score.fermatas(),
                score.end());
    }

    /// Sums of such times have no exact value in 64 bits.
    @Test
    void timesThatNoGridHasAreLeftOut() throws IOException {
        Files.writeString(
                folder.resolve("fine.musicxml"),
                """
                <score-partwise><part-list><score-part id="P1"><part-name/></score-part></part-list>
                <part id="P1">%s%s</part></score-partwise>
                """
                        .formatted(bar(1, 999_983), bar(2, 999_979)));
        Score last = quarters(60);
        Score lengthy =
                new Score(
                        last.credits(),
                        last.timeline(),
                        List.of(),
                        last.parts(),
                        List.of(),
                        Fraction.of(900_000));
        write("lengthy.mid", lengthy);
        assertThat(GridResolution.problem(last)).isEmpty();
        assertThat(GridResolution.problem(lengthy))
                .contains("is 900,000 quarters long, too long for a grid; cut it");
        assertThat(scan().leftOut())
                .contains(
                        new LeftOut(
                                "fine.musicxml",
                                "divides a quarter into more than 65,536 parts; quantize it"));
    }

    /// A bar of one note that is shorter than a quarter by the smallest part of it.
    private static String bar(int number, int divisions) {
        return """
        <measure number="%d"><attributes><divisions>%d</divisions></attributes>
        <note><pitch><step>C</step><octave>4</octave></pitch>
        <duration>%d</duration></note></measure>
        """
                .formatted(number, divisions, divisions - 1);
    }

    @Test
    void anEmptyFolderIsAnEmptyCorpusAndNoFolderIsAnError() throws IOException {
        assertThat(scan().summary()).isEqualTo("kept 0 scores, 0 notes, 0 bars");
        assertThatThrownBy(() -> ScoreCorpus.scan(folder.resolve("no"), OptionalInt.empty()))
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining("there is no such folder or file; check the name");
    }

    @Test
    void collectionsAreReadWhole() throws IOException {
        Path data = Path.of(System.getProperty("wavenet4j.data", "shared/data"));
        assumeThat(data.resolve("leadsheets-pd")).isDirectory();
        ScoreCorpus songs =
                ScoreCorpus.scan(data.resolve("leadsheets-pd/midi"), OptionalInt.empty());
        assertThat(songs.kept()).hasSize(139);
        assertThat(songs.leftOut()).isEmpty();
        assertThat(songs.stepsPerQuarter()).isEqualTo(12);
        ScoreCorpus written =
                ScoreCorpus.scan(data.resolve("leadsheets-pd/mxl"), OptionalInt.empty());
        assertThat(pickups(songs)).hasSizeBetween(25, 27);
        assertThat(pickups(written)).hasSize(27).containsAll(pickups(songs));
        Path hymns = data.resolve("midi-hymns-satb-pd/midi");
        assertThat(ScoreCorpus.scan(hymns, OptionalInt.empty()).stepsPerQuarter()).isEqualTo(4);
        Path chorales = data.resolve("chorales-jsfakes-ccby/midi");
        assertThat(ScoreCorpus.scan(chorales, OptionalInt.empty()).stepsPerQuarter()).isEqualTo(4);
    }

    /// The names without extension of scores that begin with a pickup.
    private static List<String> pickups(ScoreCorpus corpus) {
        return corpus.kept().stream()
                .filter(kept -> kept.score().bars().getFirst().number() == 0)
                .map(kept -> kept.name().replaceFirst("\\..*", ""))
                .toList();
    }
}
