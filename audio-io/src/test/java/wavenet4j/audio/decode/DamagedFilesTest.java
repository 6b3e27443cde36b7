package wavenet4j.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.testing.WavBytes;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Hundreds of truncated and bit-flipped files of every format: each gives audio or one sentence,
/// within a time and memory limit.
class DamagedFilesTest {
    private static final int TRIALS = 300;

    /// Memory of a decoder that does not depend on the file: tables, codebooks, buffers.
    private static final long FIXED_BYTES = 24L << 20;

    /// Memory allowed for a byte of the file: a compressed byte decodes to at most some tens of
    /// samples of four bytes, copied a few times.
    private static final long BYTES_PER_BYTE = 2000;

    @TempDir Path folder;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Original(String name, byte[] bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Original> originals() throws IOException {
        WavBytes pcm = new WavBytes("RIFF").format(1, 2, 44100, 4, 16);
        pcm.chunk("data", bytes(2000)).chunk("LIST", bytes(100));
        WavBytes floats = new WavBytes("RIFF").extensible(3, 1, 16000, 8, 64, 64);
        floats.chunk("fact", 0, 0, 0, 0).chunk("data", bytes(4000));
        WavBytes wide = new WavBytes("RF64");
        wide.chunk("ds64", wide.encode(8, 5000, 3000, 1500, 0)).format(1, 1, 8000, 2, 16);
        wide.chunkOfSize("data", -1, bytes(3000));
        WavBytes big = new WavBytes("RIFX").format(1, 1, 8000, 3, 24).chunk("data", bytes(3000));
        Stream<Original> made =
                Stream.of(
                        new Original("pcm.wav", pcm.toArray()),
                        new Original("floats.wav", floats.toArray()),
                        new Original("rf64.wav", wide.toArray()),
                        new Original("rifx.wav", big.toArray()));
        Stream<String> names =
                Stream.of(
                        "mono16.flac",
                        "stereo24.flac",
                        "mono.mp3",
                        "stereo-vbr.mp3",
                        "stereo.ogg",
                        "stereo.opus",
                        "mono16.oga",
                        "stereo.m4a",
                        "stereo.aac",
                        "mono16.w64",
                        "mono24.caf",
                        "streamed.aiff",
                        "streamed.au");
        return Stream.concat(made, names.map(DamagedFilesTest::original)).toList();
    }

    private static Original original(String name) {
        try {
            return new Original(name, Files.readAllBytes(CompressedTest.resource(name)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int[] bytes(int count) {
        return new Random(count).ints(count, 0, 256).toArray();
    }

    @ParameterizedTest
    @MethodSource("originals")
    void neverCrashHangOrGrow(Original original) {
        // A thread of its own counts its allocations, and a hang ends.
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(2), () -> damageAndRead(original));
    }

    private void damageAndRead(Original original) throws IOException {
        Random random = new Random(20);
        Path file = folder.resolve(original.name());
        Files.write(file, original.bytes());
        AudioReader.decode(file); // whole, it is fine; and classes are loaded
        int read = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            byte[] damaged = damage(original.bytes(), random, trial);
            Files.write(file, damaged);
            if (decodes(file, damaged.length)) read++;
        }
        // Damage to the samples alone leaves files that can be used; damage to headers does not.
        assertThat(read).isBetween(TRIALS / 10, TRIALS - 1);
    }

    private static byte[] damage(byte[] bytes, Random random, int trial) {
        byte[] damaged = bytes.clone();
        if (trial % 3 == 0) damaged = Arrays.copyOf(damaged, random.nextInt(bytes.length));
        if (trial % 3 != 0) {
            // Half of the flips hit the first 100 bytes, where the headers are.
            for (int flip = 0; flip <= random.nextInt(8); flip++) {
                int most = random.nextBoolean() ? Math.min(100, damaged.length) : damaged.length;
                damaged[random.nextInt(most)] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return damaged;
    }

    private static boolean decodes(Path file, int length) {
        long before = allocated();
        boolean decoded = true;
        try {
            for (float sample : AudioReader.decode(file).clip().samples()) {
                if (!(Math.abs(sample) <= 1)) throw new AssertionError(file + ": " + sample);
            }
        } catch (AudioException e) {
            assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
            decoded = false;
        }
        assertThat(allocated() - before).isLessThan(FIXED_BYTES + BYTES_PER_BYTE * length);
        return decoded;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    /// Memory is bounded by the file size, not by the sizes the header declares.
    @Test
    void declaredSizesAllocateNothing() throws IOException {
        WavBytes wav = new WavBytes("RIFF").format(1, 1, 8000, 2, 16);
        wav.chunkOfSize("data", 0x7fffffff, 1, 2);
        Path file = Files.write(folder.resolve("declared.wav"), wav.toArray());
        AudioReader.decode(file);
        long before = allocated();
        assertThat(AudioReader.decode(file).clip().samples()).hasSize(1);
        assertThat(allocated() - before).isLessThan(100_000);
    }

    /// A file of empty chunks is read in bounded time.
    @Test
    void endlessEmptyChunks() throws IOException {
        byte[] bytes = Arrays.copyOf(new WavBytes("RIFF").toArray(), 50_000_000);
        Path file = Files.write(folder.resolve("endless.wav"), bytes);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () ->
                        assertThat(
                                        Assertions.assertThrows(
                                                AudioException.class,
                                                () -> AudioReader.decode(file)))
                                .hasMessageContaining("no fmt chunk"));
    }
}
