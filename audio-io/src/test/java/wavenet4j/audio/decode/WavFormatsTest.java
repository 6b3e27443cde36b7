package wavenet4j.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.Clip;
import wavenet4j.audio.DecodedAudio;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.audio.testing.TestSounds;
import wavenet4j.audio.testing.WavBytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Every sample format of WAV files, written byte by byte and read to exact values.
class WavFormatsTest {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;

    @TempDir Path folder;

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("test.wav"), bytes);
    }

    private DecodedAudio decode(WavBytes wav) throws IOException {
        return AudioReader.decode(write(wav.toArray()));
    }

    private float[] read(WavBytes wav) throws IOException {
        DecodedAudio decoded = decode(wav);
        assertThat(decoded.warnings()).isEmpty();
        return decoded.clip().samples();
    }

    private void assertRefused(WavBytes wav, String reason) throws IOException {
        Path file = write(wav.toArray());
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> AudioReader.read(file))
                .withMessageStartingWith(file + ": ")
                .withMessageContaining(reason)
                .withMessageNotContaining("\n");
    }

    @Test
    void bytesAreUnsigned() throws IOException {
        WavBytes wav = new WavBytes("RIFF").format(PCM, 1, 8000, 1, 8);
        wav.chunk("data", 0, 64, 128, 192, 255);
        assertThat(read(wav)).containsExactly(-1, -.5f, 0, .5f, 127 / 128f);
    }

    @ParameterizedTest
    @CsvSource({
        "RIFF, 2", "RIFF, 3", "RIFF, 4", "RIFF, 5", "RIFF, 8", "RIFX, 2", "RIFX, 3", "RIFX, 4"
    })
    void integersOfEveryWidth(String magic, int width) throws IOException {
        long half = 1L << (8 * width - 2);
        WavBytes wav = new WavBytes(magic).format(PCM, 1, 44100, width, 8 * width);
        wav.chunk("data", wav.encode(width, 0, half, -half, 2 * -half, half / 2, -half / 4));
        assertThat(read(wav)).containsExactly(0, .5f, -.5f, -1, .25f, -.125f);
    }

    @Test
    void theLowestBitCounts() throws IOException {
        WavBytes wav = new WavBytes("RIFF").format(PCM, 1, 44100, 3, 24);
        wav.chunk("data", wav.encode(3, 1, -1, 0x7fffff));
        assertThat(read(wav)).containsExactly(0x1p-23f, -0x1p-23f, 1 - 0x1p-23f);
    }

    @Test
    void validBitsAreTheMostSignificant() throws IOException {
        WavBytes twelve = new WavBytes("RIFF").format(PCM, 1, 8000, 2, 12);
        twelve.chunk("data", twelve.encode(2, 0x4000, -0x8000, 0x7ff0));
        assertThat(read(twelve)).containsExactly(.5f, -1, 2047 / 2048f);
        WavBytes twenty = new WavBytes("RIFF").extensible(PCM, 1, 8000, 3, 24, 20);
        twenty.chunk("data", twenty.encode(3, 0x400000, -0x800000));
        assertThat(read(twenty)).containsExactly(.5f, -1);
        WavBytes inFour = new WavBytes("RIFF").extensible(PCM, 1, 8000, 4, 32, 24);
        inFour.chunk("data", inFour.encode(4, 0x40000000, -0x80000000L));
        assertThat(read(inFour)).containsExactly(.5f, -1);
    }

    /// As ALSA's arecord writes S24_LE.
    @Test
    void plain24BitsIn4BytesAreTheLeastSignificant() throws IOException {
        WavBytes wav = new WavBytes("RIFF").format(PCM, 1, 8000, 4, 24);
        wav.chunk("data", wav.encode(4, 0x400000, 0x00c00000, -0x400000));
        assertThat(read(wav)).containsExactly(.5f, -.5f, -.5f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RIFF", "RIFX"})
    void floats(String magic) throws IOException {
        WavBytes single = new WavBytes(magic).format(FLOAT, 1, 8000, 4, 32);
        single.chunk("data", single.encode(4, bits(.1f), bits(-1), bits(1e-20f)));
        assertThat(read(single)).containsExactly(.1f, -1, 1e-20f);
        WavBytes twice = new WavBytes(magic).extensible(FLOAT, 1, 8000, 8, 64, 64);
        twice.chunk("data", twice.encode(8, Double.doubleToLongBits(-.1)));
        assertThat(read(twice)).containsExactly(-.1f);
    }

    private static long bits(float value) {
        return Float.floatToIntBits(value);
    }

    @Test
    void replacesNanBySilenceWithAWarning() throws IOException {
        WavBytes wav = new WavBytes("RIFF").format(FLOAT, 1, 8000, 4, 32);
        wav.chunk(
                "data",
                wav.encode(
                        4, bits(.5f), bits(Float.NaN), bits(Float.NEGATIVE_INFINITY), bits(1e38f)));
        DecodedAudio decoded = decode(wav);
        assertThat(decoded.clip().samples()).containsExactly(.5f, 0, 0, 0);
        assertThat(decoded.warnings()).singleElement().asString().contains("3 values");
    }

    @Test
    void floatsBeyondFullScaleAreScaledDown() throws IOException {
        WavBytes wav = new WavBytes("RIFF").format(FLOAT, 1, 8000, 4, 32);
        wav.chunk("data", wav.encode(4, bits(2), bits(-1)));
        DecodedAudio decoded = decode(wav);
        assertThat(decoded.clip().samples()).containsExactly(1, -.5f);
        assertThat(decoded.warnings()).singleElement().asString().contains("6.0 dB above");
    }

    /// The values of ITU-T G.711, tables 1a and 2a, on its scales of 4096 and 8192.
    @Test
    void decodesG711() throws IOException {
        WavBytes mu = new WavBytes("RIFF").format(MU_LAW, 1, 8000, 1, 8);
        mu.chunk("data", 0xff, 0x7f, 0x80, 0x00, 0xf0, 0x8f);
        assertThat(read(mu))
                .containsExactly(0, 0, 8031 / 8192f, -8031 / 8192f, 30 / 8192f, 4191 / 8192f);
        WavBytes a = new WavBytes("RIFF").format(A_LAW, 1, 8000, 1, 8);
        a.chunk("data", 0xd5, 0x55, 0xaa, 0x2a, 0xc5);
        assertThat(read(a))
                .containsExactly(1 / 4096f, -1 / 4096f, 4032 / 4096f, -4032 / 4096f, 33 / 4096f);
    }

    /// Writers forget to adapt the size of a frame; taken at its word it loses samples.
    @ParameterizedTest
    @CsvSource({"1, 4", "1, 1", "1, 3", "2, 2", "2, 8", "2, 6", "2, 3"})
    void bitsCountWhereTheSizeOfAFrameContradictsThem(int channels, int frameBytes)
            throws IOException {
        WavBytes wav = new WavBytes("RIFF").format(PCM, channels, 8000, frameBytes, 16);
        wav.chunk("data", wav.encode(2, 16384, 16384, -16384, -16384));
        DecodedAudio decoded = decode(wav);
        assertThat(decoded.clip().samples())
                .isEqualTo(
                        channels == 1
                                ? new float[] {.5f, .5f, -.5f, -.5f}
                                : new float[] {.5f, -.5f});
        assertThat(decoded.warnings())
                .singleElement()
                .asString()
                .contains("declares frames of " + frameBytes + " bytes");
    }

    @Test
    void aFrameSizeOfZeroIsNoContradiction() throws IOException {
        WavBytes wav = new WavBytes("RIFF").format(PCM, 1, 8000, 0, 16);
        assertThat(read(wav.chunk("data", wav.encode(2, 16384, -16384))))
                .containsExactly(.5f, -.5f);
    }

    @Test
    void chunksOfOddLengthWithAndWithoutPadding() throws IOException {
        WavBytes padded = new WavBytes("RIFF").chunk("LIST", 1, 2, 3);
        padded.format(PCM, 1, 8000, 1, 8).chunk("note", 9).chunk("data", 192, 64);
        assertThat(read(padded)).containsExactly(.5f, -.5f);
        WavBytes bare = new WavBytes("RIFF").chunkOfSize("LIST", 3, 1, 2, 3);
        bare.format(PCM, 1, 8000, 1, 8).chunkOfSize("note", 1, 9).chunkOfSize("more", 1, 9);
        // A size of 64, in characters "@", could be read one byte off, as the end of a name.
        bare.chunk("data", IntStream.generate(() -> 192).limit(64).toArray());
        float[] half = new float[64];
        Arrays.fill(half, .5f);
        assertThat(read(bare)).isEqualTo(half);
    }

    @Test
    void channelsAreMixed() throws IOException {
        WavBytes stereo = new WavBytes("RIFF").format(PCM, 2, 8000, 4, 16);
        stereo.chunk("data", stereo.encode(2, 16384, 0, -32768, 16384));
        DecodedAudio decoded = decode(stereo);
        assertThat(decoded.clip().samples()).containsExactly(.25f, -.25f);
        assertThat(decoded.channels()).isEqualTo(2);
        WavBytes many = new WavBytes("RIFF").format(PCM, 200, 8000, 400, 16);
        many.chunk("data", many.encode(2, IntStream.range(0, 400).mapToLong(_ -> 8192).toArray()));
        assertThat(read(many)).containsExactly(.25f, .25f);
    }

    @Test
    void chunksInAnyOrder() throws IOException {
        WavBytes before = new WavBytes("RIFF").chunk("LIST", 1, 2, 3).chunk("bext");
        before.format(PCM, 1, 8000, 1, 8).chunk("fact", 0, 0, 0, 0);
        before.chunk("data", 192, 64, 128).chunk("id3 ", 9, 9, 9);
        assertThat(read(before)).containsExactly(.5f, -.5f, 0);
        WavBytes dataFirst = new WavBytes("RIFF").chunk("data", 192, 64, 128);
        dataFirst.format(PCM, 1, 8000, 1, 8);
        assertThat(read(dataFirst)).containsExactly(.5f, -.5f, 0);
    }

    @Test
    void sizesOf64Bits() throws IOException {
        WavBytes wav = new WavBytes("RF64");
        wav.chunk("ds64", wav.encode(8, 100, 4, 2, 0)).format(PCM, 1, 8000, 2, 16);
        wav.chunkOfSize("data", -1, wav.encode(2, 16384, -16384)).chunk("LIST", 1, 2);
        assertThat(read(wav)).containsExactly(.5f, -.5f);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40})
    void wrong64BitSizes(long size) throws IOException {
        WavBytes wav = new WavBytes("RF64");
        wav.chunk("ds64", wav.encode(8, size, size, size, 0)).format(PCM, 1, 8000, 2, 16);
        wav.chunkOfSize("data", -1, wav.encode(2, 16384, -16384));
        assertThat(decode(wav).clip().samples()).containsExactly(.5f, -.5f);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0xffffffff,
                0xffffffff - 36,
                0x80000000,
                0x7fffffff,
                0x7fffffff - 36,
                0x7ffff000
            })
    void streamedSizesReachToTheEnd(int unknown) throws IOException {
        WavBytes wav = new WavBytes("RIFF").format(PCM, 1, 8000, 2, 16);
        wav.chunkOfSize("data", unknown, wav.encode(2, 16384, -16384));
        assertThat(read(wav)).containsExactly(.5f, -.5f);
    }

    @Test
    void dataSizeZeroOfAnUnclosedFile() throws IOException {
        WavBytes wav = new WavBytes("RIFF").format(PCM, 1, 8000, 2, 16);
        wav.chunkOfSize("data", 0, wav.encode(2, 16384, -16384, 16384, -16384, 0));
        assertThat(read(wav)).containsExactly(.5f, -.5f, .5f, -.5f, 0);
    }

    @Test
    void emptyDataChunk() throws IOException {
        WavBytes alone = new WavBytes("RIFF").format(PCM, 1, 8000, 2, 16).chunk("data");
        assertThat(read(alone)).isEmpty();
        WavBytes followed = new WavBytes("RIFF").format(PCM, 1, 8000, 2, 16).chunk("data");
        assertThat(read(followed.chunk("LIST", 1, 2, 3, 4))).isEmpty();
    }

    @Test
    void truncatedFilesGiveThePresentSamples() throws IOException {
        WavBytes wav = new WavBytes("RIFF").format(PCM, 1, 8000, 2, 16);
        wav.chunkOfSize("data", 1000, 0, 64, 0, 192, 77);
        DecodedAudio decoded = decode(wav);
        assertThat(decoded.clip().samples()).containsExactly(.5f, -.5f);
        assertThat(decoded.warnings())
                .containsExactly(
                        "is truncated: its data chunk declares 1000 bytes and 5 are there");
    }

    @Test
    void errorsNameTheProblem() throws IOException {
        int[] two = {1, 2};
        WavBytes adpcm = new WavBytes("RIFF").format(0x11, 1, 8000, 256, 4).chunk("data", two);
        assertRefused(adpcm, "IMA ADPCM");
        WavBytes unknown = new WavBytes("RIFF").format(0x1234, 1, 8000, 2, 16).chunk("data", two);
        assertRefused(unknown, "0x1234");
        assertRefused(new WavBytes("RIFF").format(PCM, 0, 8000, 2, 16), "0 channels");
        assertRefused(new WavBytes("RIFF").format(PCM, 1, 0, 2, 16), "0 Hz");
        assertRefused(new WavBytes("RIFF").format(PCM, 1, -1, 2, 16), "4294967295 Hz");
        assertRefused(new WavBytes("RIFF").format(PCM, 1, 8000, 2, 0), "0 bits");
        assertRefused(new WavBytes("RIFF").format(PCM, 2, 8000, 4, 20), "20 bits");
        assertRefused(new WavBytes("RIFF").format(PCM, 2, 8000, 3, 12), "frames of 3 bytes");
        assertRefused(new WavBytes("RIFF").format(FLOAT, 1, 8000, 2, 16), "float values of 2");
        assertRefused(new WavBytes("RIFF").chunk("data", two), "no fmt chunk");
        assertRefused(new WavBytes("RIFF").format(PCM, 1, 8000, 2, 16), "no data chunk");
        assertRefused(new WavBytes("RIFF").chunk("fmt ", 1, 0), "fmt chunk of 2 bytes");
    }

    @Test
    void readsTheSampleRateFromTheHeader() throws IOException {
        WavBytes wav = new WavBytes("RIFF").format(PCM, 1, 12345, 2, 16).chunk("data", 1, 2);
        assertThat(AudioReader.header(write(wav.toArray())).sampleRate()).isEqualTo(12345);
    }

    @Test
    void readsAtAnyRate() throws IOException {
        Path file = folder.resolve("sine.wav");
        try (WavWriter writer = WavWriter.to(file, 44100)) {
            writer.write(TestSounds.sine(1000, .5, 1, 44100).samples(), 0, 44100);
        }
        Clip clip = AudioReader.read(file, 16000);
        assertThat(clip.samples()).hasSize(16000);
        assertThat(TestSounds.amplitude(clip, 1000, 1600, 14400)).isBetween(.497, .503);
    }
}
