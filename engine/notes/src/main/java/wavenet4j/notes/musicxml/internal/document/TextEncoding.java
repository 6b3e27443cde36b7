package wavenet4j.notes.musicxml.internal.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The encoding of a document: by its first bytes, otherwise as it declares, otherwise UTF-8.
final class TextEncoding {
    private static final Pattern DECLARED =
            Pattern.compile("<\\?xml[^>]*encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");

    private static final int LONGEST_DECLARATION = 200;

    private TextEncoding() {}

    /// Reads a document as text; bytes that are none in its encoding are an error.
    static Reader reader(byte[] document) {
        int mark = begins(document, 0xef, 0xbb, 0xbf) ? 3 : 0;
        var bytes = new ByteArrayInputStream(document, mark, document.length - mark);
        return new InputStreamReader(bytes, of(document).newDecoder());
    }

    private static Charset of(byte[] document) {
        if (begins(document, 0xfe, 0xff) || begins(document, 0xff, 0xfe)) return UTF_16;
        if (begins(document, 0, '<')) return UTF_16BE;
        if (begins(document, '<', 0)) return UTF_16LE;
        int length = Math.min(document.length, LONGEST_DECLARATION);
        Matcher declared = DECLARED.matcher(new String(document, 0, length, ISO_8859_1));
        if (!declared.find() || !Charset.isSupported(declared.group(1))) return UTF_8;
        Charset encoding = Charset.forName(declared.group(1));
        boolean wide = encoding.name().startsWith("UTF-16"); // which its bytes are not
        return wide || !encoding.canEncode() ? UTF_8 : encoding;
    }

    private static boolean begins(byte[] document, int... bytes) {
        if (document.length < bytes.length) return false;
        for (int i = 0; i < bytes.length; i++) {
            if ((document[i] & 0xff) != bytes[i]) return false;
        }
        return true;
    }
}
