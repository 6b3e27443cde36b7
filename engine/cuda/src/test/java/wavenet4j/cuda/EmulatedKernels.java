package wavenet4j.cuda;

import wavenet4j.cuda.internal.compile.KernelImages;
import wavenet4j.cuda.internal.driver.GpuProperties;
import wavenet4j.cuda.internal.driver.Lookup;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.StubDriver;
import wavenet4j.cuda.internal.plan.Layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// The kernel's own source compiled for the processor, which [StubDriver]'s card runs thread by
/// thread. What was compiled stays in the build's folder, named by all that it was made from.
public record EmulatedKernels() implements KernelImages {
    private static final Path FOLDER = Path.of("target/emulated");
    private static final Path MAIN = Path.of("src/main/cuda");
    private static final Path TWIN = Path.of("src/test/cuda");

    @Override
    public Lookup<byte[]> image(Layout layout, GpuProperties card) {
        try {
            String image = "host:" + compiled(layout).toAbsolutePath();
            return new Found<>(image.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Loses the next message between blocks of such a kernel.
    @SuppressWarnings("restricted") // the library is the test's own
    void loseAMessage(Layout layout) throws IOException, InterruptedException {
        try (var arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(compiled(layout).toAbsolutePath(), arena)
                    .findOrThrow("messages_to_lose")
                    .reinterpret(Integer.BYTES)
                    .set(ValueLayout.JAVA_INT, 0, 1);
        }
    }

    private static Path compiled(Layout layout) throws IOException, InterruptedException {
        var options = new ArrayList<>(layout.defines());
        // As nvcc's --fmad=false: multiply-adds only where they are written.
        options.addAll(
                List.of(
                        "-ffp-contract=off",
                        "-Wno-unknown-pragmas",
                        "-Wno-unused-function",
                        "-Wno-unused-variable"));
        options.addAll(
                List.of(
                        "-Wno-unused-parameter",
                        "-Wno-clobbered",
                        "-march=native",
                        "-fno-strict-aliasing"));
        // Each library has a machine of its own.
        options.addAll(List.of("-fno-gnu-unique", "-fvisibility=hidden"));
        options.addAll(List.of("-I" + TWIN, "-I" + MAIN));
        Files.createDirectories(FOLDER);
        Path kept = FOLDER.resolve(key(options) + ".so");
        if (!Files.exists(kept)) {
            Path fresh = new NativeCompiler(FOLDER).library(TWIN.resolve("wavenet.cpp"), options);
            Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
        }
        return kept;
    }

    private static String key(List<String> options) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(options.toString().getBytes(StandardCharsets.UTF_8));
            try (Stream<Path> main = Files.list(MAIN);
                    Stream<Path> twin = Files.list(TWIN)) {
                for (Path file : Stream.concat(main, twin).sorted().toList()) {
                    digest.update(Files.readAllBytes(file));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
