package wavenet4j.notes.midi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.ShortMessage;

/// MIDI messages, and the numbers of those that a score is read from.
final class Messages {
    static final int SUSTAIN = 64;
    static final int ALL_SOUND_OFF = 120;
    static final int ALL_NOTES_OFF = 123;
    static final int DRUM_CHANNEL = 9;

    static final int COPYRIGHT = 0x02;
    static final int TRACK_NAME = 0x03;
    static final int INSTRUMENT_NAME = 0x04;
    static final int LYRIC = 0x05;
    static final int MARKER = 0x06;
    static final int LAST_TEXT = 0x0f;
    static final int PORT = 0x21;
    static final int END_OF_TRACK = 0x2f;
    static final int TEMPO = 0x51;
    static final int METER = 0x58;
    static final int KEY = 0x59;

    private Messages() {}

    /// A message of a channel.
    static ShortMessage channel(int status, int first, int second) {
        try {
            return new ShortMessage(status, first, second);
        } catch (InvalidMidiDataException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// A message of the file alone, not of a channel.
    static MetaMessage meta(int type, byte... data) {
        try {
            return new MetaMessage(type, data, data.length);
        } catch (InvalidMidiDataException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// A text of the file.
    static MetaMessage text(int type, String text) {
        return meta(type, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The text in the data of a message, which does not tell its encoding: UTF-8 where the bytes
    /// are valid as such, otherwise Latin-1.
    static String text(byte[] data) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
        } catch (CharacterCodingException _) {
            return new String(data, StandardCharsets.ISO_8859_1);
        }
    }

    /// A text as one line, without control characters.
    static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
