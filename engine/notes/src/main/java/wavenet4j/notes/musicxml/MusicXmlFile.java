package wavenet4j.notes.musicxml;

import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.musicxml.internal.reading.ScoreReader;
import wavenet4j.notes.musicxml.internal.writing.ScoreWriter;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Reads and writes MusicXML, plain and compressed.
public final class MusicXmlFile {
    private static final long MOST_BYTES = 64 << 20;

    private MusicXmlFile() {}

    /// Reads a file; whether it is compressed shows in its bytes, not its name.
    ///
    /// @throws ScoreException when it is missing, no MusicXML, or damaged beyond use
    public static ReadScore read(Path file) throws ScoreException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new ScoreException(file, "is no file, but a folder or a device; name a file");
        }
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new ScoreException(
                        file,
                        "has %,d bytes, more than the %,d of a score; leave it out"
                                .formatted(size, MOST_BYTES));
            }
            return read(Files.readAllBytes(file), file);
        } catch (ScoreException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new ScoreException(file, "there is no such file; check the name", e);
        } catch (AccessDeniedException e) {
            throw new ScoreException(file, "may not be read; check its permissions", e);
        } catch (IOException e) {
            throw new ScoreException(
                    file, "cannot be read (%s); copy it again".formatted(e.getMessage()), e);
        }
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
