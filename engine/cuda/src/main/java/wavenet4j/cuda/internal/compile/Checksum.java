package wavenet4j.cuda.internal.compile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// SHA-256, in hexadecimal digits.
final class Checksum {
    /// How many digits it has.
    static final int DIGITS = 64;

    private Checksum() {}

    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /// Of all that a kernel is compiled from; the order of the headers makes no difference.
    static String of(String source, Map<String, String> headers, List<String> options) {
        var digest = sha256();
        add(digest, List.of(source));
        add(digest, options);
        var sorted = new TreeMap<>(headers);
        add(digest, List.copyOf(sorted.keySet()));
        add(digest, List.copyOf(sorted.values()));
        return HexFormat.of().formatHex(digest.digest());
    }

    /// With all lengths, so that no two lists of texts read the same.
    private static void add(MessageDigest digest, List<String> texts) {
        digest.update((texts.size() + ":").getBytes(StandardCharsets.US_ASCII));
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
