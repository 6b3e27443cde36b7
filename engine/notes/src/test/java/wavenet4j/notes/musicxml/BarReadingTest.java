package wavenet4j.notes.musicxml;

import static org.assertj.core.api.Assertions.assertThat;

import static wavenet4j.notes.musicxml.Documents.note;
import static wavenet4j.notes.musicxml.Documents.read;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;

import java.util.List;

final class BarReadingTest {
    @Test
    void aShortFirstMeasureIsAPickup() throws ScoreException {
        Score score = read(Documents.of(time(3, 4) + note("C4", 4), note("D4", 12))).score();
        assertThat(score.bars()).extracting(Bar::number).containsExactly(0, 1);
        assertThat(meters(score)).containsExactly("0 3/4", "1 3/4");
    }

    @Test
    void shortAndLongMeasuresKeepTheBarsTogether() throws ScoreException {
        Score score =
                read(Documents.of(
                                time(4, 4) + note("C4", 16),
                                note("C4", 8),
                                note("C4", 20),
                                note("C4", 16)))
                        .score();
        assertThat(meters(score)).containsExactly("0 4/4", "6 5/4", "11 4/4");
        assertThat(score.bars().get(1).length()).isEqualTo(Fraction.of(2));
    }

    @Test
    void anEmptyMeasureIsAsLongAsItsMeter() throws ScoreException {
        Score score = read(Documents.of(time(6, 8), "", note("C4", 12))).score();
        assertThat(score.bars())
                .extracting(Bar::onset)
                .containsExactly(Fraction.ZERO, Fraction.of(3), Fraction.of(6));
    }

    @Test
    void aTimeSignatureWithinAMeasureBeginsABar() throws ScoreException {
        Score score =
                read(Documents.of(time(2, 4) + note("C4", 8) + time(3, 4) + note("D4", 12)))
                        .score();
        assertThat(meters(score)).containsExactly("0 2/4", "2 3/4");
    }

    @ParameterizedTest
    @CsvSource({"3+2|8,5/8", "3|8|2|8|3|4,11/8", "5|2|1|8,21/8", "12|8,12/8"})
    void compositeSignaturesAreSums(String given, String meter) throws ScoreException {
        String[] numbers = given.split("\\|", -1);
        var time = new StringBuilder("<attributes><time>");
        for (int i = 0; i < numbers.length; i += 2) {
            time.append(
                    "<beats>%s</beats><beat-type>%s</beat-type>"
                            .formatted(numbers[i], numbers[i + 1]));
        }
        Score score = read(Documents.of(time + "</time></attributes>")).score();
        assertThat(score.timeline().meters().getFirst().signature()).isEqualTo(meter);
    }

    @Test
    void measuresWithoutAMeterHaveTheirOwnLength() throws ScoreException {
        String free = "<attributes><time><senza-misura/></time></attributes>";
        Score score = read(Documents.of(free + note("C4", 28), note("C4", 6))).score();
        assertThat(score.bars())
                .extracting(Bar::length)
                .containsExactly(Fraction.of(7), Fraction.of(3, 2));
    }

    @ParameterizedTest
    @CsvSource({"2,-2,0", "0,-9,-3", "1,0,1", "-3,-2,-5", "6,7,7"})
    void keysOfTransposingPartsAreAtConcertPitch(int written, int chromatic, int sounding)
            throws ScoreException {
        String attributes =
                "<attributes><key><fifths>%d</fifths><mode>major</mode></key><transpose>"
                                .formatted(written)
                        + "<chromatic>%d</chromatic></transpose></attributes>".formatted(chromatic);
        Score score = read(Documents.of(attributes + note("C4", 16))).score();
        assertThat(score.timeline().keys())
                .containsExactly(new KeySignature(Fraction.ZERO, sounding, false));
    }

    @Test
    void unusualKeysAreCounted() throws ScoreException {
        String key = "<attributes><key>%s</key></attributes>";
        ReadScore read =
                read(
                        Documents.of(
                                key.formatted("<fifths>-3</fifths><mode>minor</mode>")
                                        + note("C4", 4),
                                key.formatted("<fifths>2</fifths><mode>dorian</mode>")
                                        + note("C4", 4),
                                key.formatted("<key-step>F</key-step><key-alter>1</key-alter>")
                                        + note("C4", 4),
                                key.formatted("<fifths>9</fifths>") + note("C4", 4)));
        assertThat(read.score().timeline().keys())
                .extracting(KeySignature::sharps)
                .containsExactly(-3, 2, -3);
        assertThat(read.remarks())
                .containsExactly(
                        "1 key signature is of a mode besides major and minor, which is left out",
                        "1 key signature is of single alterations, and left out",
                        "1 key signature is of more than seven signs, and read as its enharmonic"
                                + " equal");
    }

    private static String time(int beats, int unit) {
        return "<attributes><time><beats>%d</beats><beat-type>%d</beat-type></time></attributes>"
                .formatted(beats, unit);
    }

    private static List<String> meters(Score score) {
        return score.timeline().meters().stream()
                .map(meter -> meter.onset() + " " + meter.signature())
                .toList();
    }
}
