package wavenet4j.cuda;

import wavenet4j.WholeFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A folder of compiled kernels, each in a file named by all that it was made from: compiling takes
/// seconds. A file is PTX, whose first line is the checksum of the rest.
///
/// @param folder made when the first kernel is compiled; where it cannot be, nothing is kept
record PtxCache(Path folder) {
    private static final String MARK = "// sha-256 of what follows: ";
    private static final int HEADER_BYTES = MARK.length() + 64 + 1;
    private static final long MOST_BYTES = 1 << 28;

    /// What [Nvrtc#compile] answers, now or in an earlier run.
    ///
    /// @throws CudaException when the compiler finds an error
    byte[] compile(
            Nvrtc compiler, String source, Map<String, String> headers, List<String> options) {
        Path file = folder.resolve(key(compiler.version(), source, headers, options) + ".ptx");
        var kept = read(file);
        if (kept.isPresent()) return kept.get();
        byte[] ptx = compiler.compile(source, headers, options);
        keep(file, ptx);
        return ptx;
    }

    private static Optional<byte[]> read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) return Optional.empty();
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length <= HEADER_BYTES) return Optional.empty();
            byte[] ptx = Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
            boolean whole = Arrays.equals(Arrays.copyOf(bytes, HEADER_BYTES), header(ptx));
            return whole ? Optional.of(ptx) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private void keep(Path file, byte[] ptx) {
        try {
            Files.createDirectories(folder);
            WholeFile.write(
                    file,
                    out -> {
                        out.write(header(ptx));
                        out.write(ptx);
                    });
        } catch (IOException _) {
            // The next run compiles again.
        }
    }

    private static byte[] header(byte[] ptx) {
        String sum = HexFormat.of().formatHex(sha256().digest(ptx));
        return (MARK + sum + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String key(
            int version, String source, Map<String, String> headers, List<String> options) {
        var digest = sha256();
        add(digest, List.of(Integer.toString(version), source));
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
