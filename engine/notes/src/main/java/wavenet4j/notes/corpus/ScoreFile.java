package wavenet4j.notes.corpus;

import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.internal.WholeFile;
import wavenet4j.notes.midi.MidiFile;
import wavenet4j.notes.musicxml.MusicXmlFile;

import java.nio.file.Path;
import java.util.List;

/// Reads and writes score files: MIDI, plain or in RIFF, MusicXML, plain or compressed, and lists
/// of chorales in JSON. What a file is shows in its first bytes, not in its name.
public final class ScoreFile {
    private ScoreFile() {}

    /// Reads a file that holds one score.
    ///
    /// @throws ScoreException when it is missing, no score, several scores, or damaged beyond use
    public static ReadScore read(Path file) throws ScoreException {
        List<ReadScore> scores = readAll(file);
        if (scores.size() == 1) return scores.getFirst();
        throw new ScoreException(
                file, "holds %,d scores, not one; read its folder".formatted(scores.size()));
    }

    /// Reads all scores of a file; only a list of chorales may hold several.
    ///
    /// @throws ScoreException when it is missing, no score, or damaged beyond use
    public static List<ReadScore> readAll(Path file) throws ScoreException {
        ScoreKind kind = ScoreKind.of(WholeFile.beginning(file, ScoreKind.FIRST_BYTES));
        try {
            return switch (kind) {
                case MIDI -> List.of(MidiFile.read(file));
                case MUSIC_XML -> List.of(MusicXmlFile.read(file));
                case CHORALES -> ChoraleJson.read(file);
                case EMPTY ->
                        throw new ScoreException(
                                file, "is empty (0 bytes); copy or export it again");
                case UNKNOWN ->
                        throw new ScoreException(
                                file,
                                "is no score that is read here; export it as MIDI or MusicXML");
            };
        } catch (NoClassDefFoundError e) {
            throw new ScoreException(
                    file, "is MusicXML, for which the library proxymusic is needed; add it", e);
        } catch (OutOfMemoryError e) { // which is free again: all that was read is given up
            throw new ScoreException(
                    file,
                    "needs more memory than the %,d MB that there are; leave it out, or give more"
                                    .formatted(Runtime.getRuntime().maxMemory() >> 20)
                            + " by -Xmx",
                    e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new ScoreException(
                    file, "cannot be read (%s); export it again, or leave it out".formatted(e), e);
        }
    }

    /// Writes a score as its file's extension says: `.mid`, `.midi`, `.musicxml`, `.xml` or `.mxl`.
    ///
    /// @return what of the score such a file does not hold, one sentence each
    /// @throws ScoreException when the extension is another one, or the file cannot be written
    public static List<String> write(Score score, Path file) throws ScoreException {
        return switch (Listing.extension(file)) {
            case "mid", "midi" -> MidiFile.write(score, file);
            case "musicxml", "xml", "mxl" -> MusicXmlFile.write(score, file);
            default ->
                    throw new ScoreException(
                            file,
                            "does not say what to write; end it with .mid, .musicxml or .mxl");
        };
    }
}
