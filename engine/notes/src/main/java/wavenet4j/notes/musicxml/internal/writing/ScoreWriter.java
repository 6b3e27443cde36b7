package wavenet4j.notes.musicxml.internal.writing;

import org.audiveris.proxymusic.Identification;
import org.audiveris.proxymusic.PartList;
import org.audiveris.proxymusic.ScorePartwise;
import org.audiveris.proxymusic.TypedText;
import org.audiveris.proxymusic.Work;
import org.jspecify.annotations.Nullable;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.internal.Remarks;
import wavenet4j.notes.internal.WholeFile;

import java.nio.file.Path;
import java.util.List;

/// Writes a score as a MusicXML document.
public final class ScoreWriter {
    /// Of all parts together, as many as are read.
    private static final int MOST_MEASURES = 200_000;

    private ScoreWriter() {}

    /// Writes a score to a file.
    ///
    /// @return what of the score it does not hold
    /// @throws ScoreException when its times are too fine, or its bars too many, or the file cannot
    ///   be written
    public static List<String> write(Score score, Path file, boolean compressed)
            throws ScoreException {
        var remarks = new Remarks();
        requireBars(score, file);
        try {
            byte[] xml = XmlOutput.bytes(document(score, remarks));
            WholeFile.write(file, compressed ? XmlOutput.compressed(xml) : xml);
            return remarks.sentences();
        } catch (ArithmeticException e) {
            throw new ScoreException(
                    file,
                    "cannot hold a part whose times have no common unit; quantize it first",
                    e);
        }
    }

    private static void requireBars(Score score, Path file) throws ScoreException {
        if ((long) score.bars().size() * Math.max(1, score.parts().size()) > MOST_MEASURES) {
            throw new ScoreException(
                    file,
                    "cannot hold parts of more than %,d measures together; cut the score first"
                            .formatted(MOST_MEASURES));
        }
    }

    private static ScorePartwise document(Score score, Remarks remarks) {
        var document = new ScorePartwise();
        document.setVersion("4.0");
        credits(score.credits(), document);
        document.setPartList(new PartList());
        List<Bar> bars = bars(score, remarks);
        score.fermatas().stream()
                .filter(onset -> onset.compareTo(score.end()) >= 0)
                .forEach(_ -> remarks.happened("fermata", "after the last note, and left out"));
        List<Part> parts = score.parts();
        if (parts.isEmpty()) {
            remarks.happened("part", "added, as MusicXML needs one");
            parts = List.of(new Part("", 0, List.of()));
        }
        for (int p = 0; p < parts.size(); p++) {
            PartInstruments instruments = PartInstruments.of(parts.get(p), p);
            document.getPartList().getPartGroupOrScorePart().add(instruments.listing());
            var part = new ScorePartwise.Part();
            part.setId(instruments.listing());
            var writer = new PartWriter(score, bars, parts.get(p), instruments, p == 0, remarks);
            part.getMeasure().addAll(writer.measures());
            document.getPart().add(part);
        }
        return document;
    }

    private static List<Bar> bars(Score score, Remarks remarks) {
        if (score.end().sign() > 0) return score.bars();
        remarks.happened("measure", "added, as MusicXML needs one");
        Meter meter = score.timeline().meters().getFirst();
        return List.of(new Bar(1, Fraction.ZERO, meter.length(), meter));
    }

    private static void credits(Score.Credits credits, ScorePartwise document) {
        if (!credits.title().isEmpty()) {
            var work = new Work();
            work.setWorkTitle(XmlText.clean(credits.title()));
            document.setWork(work);
        }
        var maker = new Identification();
        if (!credits.composer().isEmpty()) {
            maker.getCreator().add(text(credits.composer(), "composer"));
        }
        if (!credits.rights().isEmpty()) maker.getRights().add(text(credits.rights(), null));
        if (!maker.getCreator().isEmpty() || !maker.getRights().isEmpty()) {
            document.setIdentification(maker);
        }
    }

    private static TypedText text(String text, @Nullable String type) {
        var typed = new TypedText();
        typed.setValue(XmlText.clean(text));
        if (type != null) typed.setType(type);
        return typed;
    }
}
