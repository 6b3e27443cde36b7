package wavenet4j.notes.midi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Text in MIDI files, whose encoding they do not tell.
final class MidiText {
    private MidiText() {}

    /// Reads UTF-8 where the bytes are valid as such, otherwise Latin-1.
    static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /// Reads it as one line.
    static String line(byte[] bytes) {
        return line(decode(bytes));
    }

    /// Makes it one line, without control characters.
    static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    static byte[] encode(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
