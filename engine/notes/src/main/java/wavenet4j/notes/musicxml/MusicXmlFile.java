package wavenet4j.notes.musicxml;

import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.internal.WholeFile;
import wavenet4j.notes.musicxml.internal.reading.ScoreReader;
import wavenet4j.notes.musicxml.internal.writing.ScoreWriter;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Reads and writes MusicXML, plain and compressed.
public final class MusicXmlFile {
    private static final int MOST_BYTES = 64 << 20;

    private MusicXmlFile() {}

    /// Reads a file; whether it is compressed shows in its bytes, not its name.
    ///
    /// @throws ScoreException when it is missing, no MusicXML, or damaged beyond use
    public static ReadScore read(Path file) throws ScoreException {
        return read(WholeFile.read(file, MOST_BYTES), file);
    }

    /// Reads the bytes of a file.
    ///
    /// @param name for messages
    /// @throws ScoreException when they are no MusicXML, or damaged beyond use
    public static ReadScore read(byte[] bytes, Path name) throws ScoreException {
        return ScoreReader.read(name, bytes);
    }

    /// Writes a score; a file whose name ends with `.mxl` is compressed.
    ///
    /// @return what of the score the file does not hold, one sentence each
    /// @throws ScoreException when the name is none of MusicXML, or the file cannot be written
    public static List<String> write(Score score, Path file) throws ScoreException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        boolean compressed = name.endsWith(".mxl");
        if (!compressed && !name.endsWith(".musicxml") && !name.endsWith(".xml")) {
            throw new ScoreException(file, "is no name of MusicXML; end it with .musicxml or .mxl");
        }
        return ScoreWriter.write(score, file, compressed);
    }
}
