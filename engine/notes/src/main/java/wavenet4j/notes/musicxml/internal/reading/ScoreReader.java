package wavenet4j.notes.musicxml.internal.reading;

import org.audiveris.proxymusic.PartName;
import org.audiveris.proxymusic.ScorePart;

import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.internal.Remarks;
import wavenet4j.notes.musicxml.internal.document.Document;
import wavenet4j.notes.musicxml.internal.playing.Marks;
import wavenet4j.notes.musicxml.internal.playing.PlayedScore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads a score from a MusicXML document.
public final class ScoreReader {
    private final Remarks remarks = new Remarks();

    private ScoreReader() {}

    /// Reads a document.
    ///
    /// @param file for messages
    /// @throws ScoreException when it is no MusicXML, or damaged beyond use
    public static ReadScore read(Path file, byte[] bytes) throws ScoreException {
        try {
            return new ScoreReader().read(bytes);
        } catch (Document.Unreadable e) {
            throw new ScoreException(file, e.problem(), e);
        } catch (RuntimeException e) { // of times and values beyond a score, or of the library
            throw new ScoreException(
                    file,
                    "holds what no score has (%s); save it again, or leave it out"
                            .formatted(e.getMessage() == null ? e : e.getMessage()),
                    e);
        }
    }

    private ReadScore read(byte[] bytes) throws Document.Unreadable {
        Document document = Document.of(bytes, remarks);
        int count = document.parts().getFirst().measures().size();
        List<Marks> marks = Stream.generate(Marks::new).limit(count).toList();
        var parts = new ArrayList<PlayedScore.WrittenPart>();
        for (Document.Staves staves : document.parts()) {
            Instruments instruments = Instruments.of(staves.listed(), remarks);
            parts.add(
                    new PlayedScore.WrittenPart(
                            staves.listed().map(ScoreReader::name).orElse(""),
                            instruments.program(),
                            instruments.percussion(),
                            new PartReader(instruments, marks, remarks).read(staves.measures())));
        }
        Score score = PlayedScore.of(document.credits(), parts, marks, remarks);
        return new ReadScore(score, remarks.sentences());
    }

    private static String name(ScorePart part) {
        PartName name = part.getPartName();
        return name == null || name.getValue() == null ? "" : name.getValue();
    }
}
