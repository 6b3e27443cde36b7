package wavenet4j.cuda.internal.compile;

import wavenet4j.cuda.internal.plan.Layout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Kernels compiled to PTX at build time, for machines without NVRTC. Each is a gzip resource whose
/// first line is the checksum of its source and options; `mvn -Pmake-ptx` compiles them.
public final class PrecompiledKernels {
    private static final String MARK = "// sha-256 of source, headers and options: ";

    private PrecompiledKernels() {}

    /// The file name of a kernel in the resource folder `ptx`.
    static String name(Layout layout, int architecture) {
        return layout.name() + "-sm" + architecture + ".ptx.gz";
    }

    /// The first line of a kernel compiled from the current source.
    public static String header(Layout layout, int architecture) {
        return MARK
                + Checksum.of(
                        KernelSource.main(),
                        KernelSource.headers(),
                        KernelSource.options(layout, architecture))
                + "\n";
    }

    /// The kernel of that layout as PTX, if there is one of the current source.
    static Optional<byte[]> find(Layout layout, int architecture) {
        String resource = "/wavenet4j/cuda/ptx/" + name(layout, architecture);
        try (InputStream in = PrecompiledKernels.class.getResourceAsStream(resource)) {
            if (in == null) return Optional.empty();
            return unpack(in.readAllBytes(), header(layout, architecture));
        } catch (IOException e) {
            throw new UncheckedIOException("the jar's resource " + resource + " is damaged", e);
        }
    }

    /// A file's PTX, if that is its first line.
    static Optional<byte[]> unpack(byte[] file, String header) throws IOException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(file))) {
            byte[] ptx = gzip.readAllBytes();
            byte[] first = header.getBytes(StandardCharsets.US_ASCII);
            boolean present = Arrays.equals(first, Arrays.copyOf(ptx, first.length));
            return present ? Optional.of(ptx) : Optional.empty();
        }
    }
}
