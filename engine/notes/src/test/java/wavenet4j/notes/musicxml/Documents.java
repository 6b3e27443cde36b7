package wavenet4j.notes.musicxml;

import wavenet4j.notes.Note;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.ScoreException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Small documents of one part.
final class Documents {
    static final Path NAME = Path.of("test.musicxml");

    private Documents() {}

    /// A document whose only part has those measures; divisions of a quarter are 4.
    static String of(String... measures) {
        var xml = new StringBuilder();
        for (int i = 0; i < measures.length; i++) {
            String divisions = i == 0 ? "<attributes><divisions>4</divisions></attributes>" : "";
            xml.append(
                    "<measure number=\"%d\">%s%s</measure>"
                            .formatted(i + 1, divisions, measures[i]));
        }
        return withParts(
                "<score-part id=\"P1\"><part-name>Voice</part-name></score-part>",
                "<part id=\"P1\">" + xml + "</part>");
    }

    static String withParts(String list, String parts) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><score-partwise"
                + " version=\"4.0\"><part-list>"
                + list
                + "</part-list>"
                + parts
                + "</score-partwise>";
    }

    /// A note such as `C4` or `F#5`.
    ///
    /// @param duration in divisions
    /// @param more elements after the duration
    static String note(String pitch, int duration, String... more) {
        return "<note>%s<duration>%d</duration>%s</note>"
                .formatted(pitch(pitch), duration, String.join("", more));
    }

    static String pitch(String name) {
        int alter = name.contains("#") ? 1 : name.contains("b") ? -1 : 0;
        return "<pitch><step>%s</step>%s<octave>%s</octave></pitch>"
                .formatted(
                        name.charAt(0),
                        alter == 0 ? "" : "<alter>%d</alter>".formatted(alter),
                        name.charAt(name.length() - 1));
    }

    static ReadScore read(String document) throws ScoreException {
        return MusicXmlFile.read(document.getBytes(StandardCharsets.UTF_8), NAME);
    }

    /// The notes of a part as `onset+length:key`.
    static List<String> notes(ReadScore read, int part) {
        return read.score().parts().get(part).notes().stream().map(Documents::text).toList();
    }

    private static String text(Note note) {
        return note.onset() + "+" + note.length() + ":" + note.key();
    }
}
