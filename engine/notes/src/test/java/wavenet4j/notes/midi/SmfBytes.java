package wavenet4j.notes.midi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Makes MIDI files of bytes in hexadecimal, so that tests can make broken ones too.
final class SmfBytes {
    static final String END = "00ff2f00";

    /// Keys 60 62 64 65, a quarter of 480 ticks each.
    static final String[] SCALE = {
        "00903c50",
        "8360803c40",
        "00903e50",
        "8360803e40",
        "00904050",
        "8360804040",
        "00904150",
        "8360804140",
        END
    };

    private SmfBytes() {}

    static byte[] hex(String... digits) {
        return HexFormat.of().parseHex(String.join("", digits));
    }

    static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) out.writeBytes(part);
        return out.toByteArray();
    }

    static byte[] chunk(String name, int declaredLength, byte[] content) {
        byte[] length = ByteBuffer.allocate(4).putInt(declaredLength).array();
        return join(name.getBytes(StandardCharsets.US_ASCII), length, content);
    }

    static byte[] track(String... events) {
        byte[] content = hex(events);
        return chunk("MTrk", content.length, content);
    }

    static byte[] header(int format, int tracks, int division) {
        byte[] fields =
                ByteBuffer.allocate(6)
                        .putShort((short) format)
                        .putShort((short) tracks)
                        .putShort((short) division)
                        .array();
        return chunk("MThd", 6, fields);
    }

    /// A file of format 1 with 480 ticks a quarter.
    static byte[] file(byte[]... tracks) {
        return join(header(1, tracks.length, 480), join(tracks));
    }

    /// A meta event at the time of the one before.
    static String text(int type, String text) {
        return meta(type, text.getBytes(StandardCharsets.UTF_8));
    }

    static String meta(int type, byte... data) {
        return "00ff%02x%02x".formatted(type, data.length) + HexFormat.of().formatHex(data);
    }
}
