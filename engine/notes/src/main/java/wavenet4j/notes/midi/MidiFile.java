package wavenet4j.notes.midi;

import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.internal.Remarks;
import wavenet4j.notes.internal.WholeFile;

import java.nio.file.Path;
import java.util.List;

/// Reads and writes Standard MIDI files.
public final class MidiFile {
    private static final int MOST_BYTES = 1 << 24;

    private MidiFile() {}

    /// Reads a file of any format, mending what is broken in it.
    ///
    /// @throws ScoreException when it is missing or absurdly large, is no MIDI file or has no
    ///   tracks
    public static ReadScore read(Path file) throws ScoreException {
        return parse(file, WholeFile.read(file, MOST_BYTES));
    }

    /// Reads the bytes of a file.
    ///
    /// @param file for messages alone
    /// @throws ScoreException as from a file
    public static ReadScore parse(Path file, byte[] bytes) throws ScoreException {
        var remarks = new Remarks();
        MidiFrame.Content content = MidiFrame.read(file, bytes, remarks);
        try {
            return new ReadScore(ScoreReader.read(content, remarks), remarks.sentences());
        } catch (IllegalArgumentException e) { // of more than a score may hold
            throw new ScoreException(
                    file,
                    "holds what no score has (%s); export it again, or leave it out"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /// Writes a file of format 1, whole or not at all.
    ///
    /// @return what the score has that a MIDI file has not, and what was changed for it; a sentence
    ///   each
    /// @throws ScoreException when the file cannot be written, or the score has too many parts
    public static List<String> write(Score score, Path file) throws ScoreException {
        var remarks = new Remarks();
        byte[] bytes;
        try {
            bytes = ScoreWriter.write(score, remarks);
        } catch (IllegalArgumentException e) {
            throw new ScoreException(file, String.valueOf(e.getMessage()), e);
        }
        WholeFile.write(file, bytes);
        return remarks.sentences();
    }

    /// The bytes of a file of format 1.
    ///
    /// @throws IllegalArgumentException when the score has too many parts
    public static byte[] toBytes(Score score) {
        return ScoreWriter.write(score, new Remarks());
    }
}
