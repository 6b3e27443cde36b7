package wavenet4j.cuda.internal.compile;

import wavenet4j.file.AtomicFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A cache of kernels compiled by NVRTC, which takes seconds: a file for each, named by the
/// checksum of its source, options and compiler. A file's first line is the checksum of the rest.
///
/// @param folder created with the first kernel; when that fails, nothing is cached
record PtxCache(Path folder) {
    private static final String MARK = "// sha-256 of what follows: ";
    private static final int HEADER_BYTES = MARK.length() + Checksum.DIGITS + 1;
    private static final long MOST_BYTES = 1 << 28;

    /// What [Nvrtc#compile] answers, now or in an earlier run.
    ///
    /// @throws wavenet4j.cuda.internal.driver.CudaException when the compiler finds an error
    byte[] compile(
            Nvrtc compiler, String source, Map<String, String> headers, List<String> options) {
        Path file =
                folder.resolve(
                        compiler.version() + "-" + Checksum.of(source, headers, options) + ".ptx");
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
            AtomicFile.write(
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
        return (MARK + Checksum.of(ptx) + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
