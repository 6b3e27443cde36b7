package wavenet4j.notes.musicxml;

import static org.assertj.core.api.Assertions.assertThat;

import static wavenet4j.notes.musicxml.Documents.note;
import static wavenet4j.notes.musicxml.Documents.read;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;

import java.util.stream.Collectors;

/// Measures are named by their only note; signs around a name are those of its measure.
final class PlayingOrderTest {
    @ParameterizedTest(name = "{0} is played {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "A :B C.2;ABCBC",
                "A B.2 C;ABABC",
                ":A.2 :B.2;AABB",
                "A.2 B.2;AABB",
                "A :B.5 C;ABBBBBC",
                ":A [1 B ]1.2 [2 C ]2 D;ABACD",
                ":A [1,2 B ]1.2 [3 C ]2 D;ABABACD",
                ":A [1 B ]1.2 [2 C ]2.2 [3 D ]3 E;ABACADE",
                ":A [1 B C ]1.2 D;ABCAD",
                ":A :B.2 C.2 D;ABBCABBCD",
                ":A :B [1 C ]1.2 [2 D ]2 E.2 F;ABCBDEABCBDEF",
                ":A B C;ABC",
                "A B$dc;ABAB",
                "A$fine B$dc;ABA",
                "A B$segno C$ds D;ABCBCD",
                "A B$segno C$tocoda D$ds E$coda F;ABCDBCEF",
                "A$tocoda B$dc C$coda D;ABACD",
                ":A [1 B ]1.2 [2 C ]2$dc D;ABACACD",
                ":A.2 B$fine C$dc;AABCAB",
                ":A@2 B$dc;AABAAB",
                "A B.1000000;AB",
                ":A.99 :B.99 C;%s"
            })
    void repeatsAndJumpsArePlayedOut(String written, String played) throws ScoreException {
        String expected = played.equals("%s") ? "A".repeat(99) + "B".repeat(99) + "C" : played;
        assertThat(order(read(document(written)).score())).isEqualTo(expected);
    }

    @Test
    void anAbsurdStructureIsPlayedOnceAndSaid() throws ScoreException {
        ReadScore read = read(document("A B.1000000"));
        assertThat(read.remarks())
                .containsExactly("1 structure of repeats is absurd, and played once through");
    }

    @Test
    void theUsualSignsAndWordsCountWhereNoSoundElementSaysIt() throws ScoreException {
        String segno = "<direction><direction-type><segno/></direction-type></direction>";
        String coda = "<direction><direction-type><coda/></direction-type></direction>";
        String document =
                Documents.of(
                        note("A4", 16),
                        segno + note("B4", 16),
                        note("C4", 16) + coda,
                        note("D4", 16)
                                + "<direction><direction-type><words>D.S. al"
                                + " Coda</words></direction-type></direction>",
                        coda + note("E4", 16));
        assertThat(order(read(document).score())).isEqualTo("ABCDBCE");
    }

    @Test
    void keysMetersAndTemposFollowTheOrder() throws ScoreException {
        String first =
                "<attributes><key><fifths>1</fifths></key><time><beats>2</beats>"
                        + "<beat-type>4</beat-type></time></attributes><sound tempo=\"120\"/>";
        String second =
                "<attributes><key><fifths>2</fifths></key><time><beats>3</beats>"
                        + "<beat-type>4</beat-type></time></attributes><sound tempo=\"60\"/>";
        String back = "<barline><repeat direction=\"backward\"/></barline>";
        Score score =
                read(Documents.of(first + note("C4", 8), second + note("D4", 12) + back)).score();
        assertThat(score.timeline().keys())
                .extracting(key -> key.onset() + " " + key.sharps())
                .containsExactly("0 1", "2 2", "5 1", "7 2");
        assertThat(score.timeline().meters())
                .extracting(meter -> meter.onset() + " " + meter.beats())
                .containsExactly("0 2", "2 3", "5 2", "7 3");
        assertThat(score.timeline().tempos())
                .extracting(tempo -> tempo.onset() + " " + tempo.quartersPerMinute())
                .containsExactly("0 120.0", "2 60.0", "5 120.0", "7 60.0");
    }

    @Test
    void eachPassSingsItsVerse() throws ScoreException {
        String lyric = "<lyric number=\"%d\"><text>%s</text></lyric>";
        String verses =
                lyric.formatted(1, "one") + lyric.formatted(2, "two") + lyric.formatted(3, "three");
        String back = "<barline><repeat direction=\"backward\"/></barline>";
        ReadScore read =
                read(
                        Documents.of(
                                note("C4", 16, verses) + note("D4", 16, lyric.formatted(1, "all")),
                                note("C4", 16, lyric.formatted(1, "la")) + back));
        assertThat(read.score().parts().getFirst().lyrics())
                .extracting(Part.Lyric::text)
                .containsExactly("one", "all", "la", "two", "la");
        assertThat(read.remarks())
                .containsExactly("1 syllable is of a verse beyond the passes, and left out");
    }

    @Test
    void aTieIntoASecondEndingIsJoined() throws ScoreException {
        String tied = note("C4", 16, "<tie type=\"start\"/>");
        String stop = note("C4", 16, "<tie type=\"stop\"/>");
        String open = "<barline location=\"left\"><ending number=\"%d\" type=\"start\"/></barline>";
        String close = "<barline><ending number=\"%d\" type=\"stop\"/>%s</barline>";
        ReadScore read =
                read(
                        Documents.of(
                                tied,
                                open.formatted(1)
                                        + stop
                                        + close.formatted(1, "<repeat direction=\"backward\"/>"),
                                open.formatted(2) + stop + close.formatted(2, "")));
        assertThat(Documents.notes(read, 0)).containsExactly("0+8:60", "8+8:60");
    }

    /// The letters of the notes in playing order.
    private static String order(Score score) {
        assertThat(score.end())
                .isEqualTo(Fraction.of(4L * score.parts().getFirst().notes().size()));
        return score.parts().getFirst().notes().stream()
                .map(note -> PitchName.of(note.key(), 0).toString())
                .collect(Collectors.joining());
    }

    /// A document of measures such as `:A`, one that begins a repeat, `B.2`, one that ends what is
    /// played twice (with `@` also after a jump), `[1 C ]1`, one of a first ending, and `D$dc`.
    private static String document(String written) {
        var measures = new StringBuilder();
        int number = 0;
        String before = "";
        for (String word : written.split(" ", -1)) {
            if (word.startsWith("[")) {
                before =
                        "<barline location=\"left\"><ending number=\"%s\" type=\"start\"/></barline>"
                                .formatted(word.substring(1));
                continue;
            }
            boolean stop = word.startsWith("]");
            if (stop) measures.setLength(measures.length() - "</measure>".length());
            else measures.append("<measure number=\"%d\">".formatted(++number)).append(before);
            before = "";
            if (word.startsWith(":")) {
                measures.append(
                        "<barline location=\"left\"><repeat direction=\"forward\"/></barline>");
            }
            if (!stop) measures.append(note(word.replace(":", "").charAt(0) + "4", 4));
            measures.append(end(word, stop));
            measures.append("</measure>");
        }
        return Documents.withParts(
                        "<score-part id=\"P1\"><part-name/></score-part>",
                        "<part id=\"P1\">" + measures + "</part>")
                .replaceFirst(
                        "<measure number=\"1\">",
                        "<measure number=\"1\"><attributes><divisions>1</divisions></attributes>");
    }

    private static String end(String word, boolean stop) {
        String jump = word.contains("$") ? word.substring(word.indexOf('$') + 1) : "";
        String sound =
                switch (jump) {
                    case "dc" -> "<sound dacapo=\"yes\"/>";
                    case "ds" -> "<sound dalsegno=\"s\"/>";
                    case "segno" -> "<sound segno=\"s\"/>";
                    case "coda" -> "<sound coda=\"c\"/>";
                    case "tocoda" -> "<sound tocoda=\"c\"/>";
                    case "fine" -> "<sound fine=\"yes\"/>";
                    default -> "";
                };
        String plain = word.contains("$") ? word.substring(0, word.indexOf('$')) : word;
        String repeat = "";
        int sign = Math.max(plain.indexOf('.'), plain.indexOf('@'));
        if (sign >= 0) {
            repeat =
                    "<repeat direction=\"backward\" times=\"%s\" after-jump=\"%s\"/>"
                            .formatted(
                                    plain.substring(sign + 1),
                                    plain.charAt(sign) == '@' ? "yes" : "no");
        }
        String ending =
                stop ? "<ending number=\"%s\" type=\"stop\"/>".formatted(plain.charAt(1)) : "";
        return sound + "<barline>" + ending + repeat + "</barline>";
    }
}
