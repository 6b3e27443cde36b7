package wavenet4j.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.DecodedAudio;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32;

/// Containers of uncompressed audio other than WAV: AIFF, AIFC, CAF, AU and Wave64, written byte by
/// byte here or by ffmpeg, and read to exact values.
class ContainersTest {
    /// 8000 Hz as a float of 80 bits.
    private static final String RATE = "400bfa00000000000000";

    @TempDir Path folder;

    /// A big-endian file, put together from chunks.
    private static final class Chunks {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        static Chunks aiff(String type) throws IOException {
            return new Chunks().id("FORM").number(0).id(type);
        }

        /// Frames, sample bits and compression of a mono file.
        Chunks comm(int frames, int bits, String compression) throws IOException {
            id("COMM").number(18 + compression.length());
            out.writeShort(1);
            out.writeInt(frames);
            out.writeShort(bits);
            return hex(RATE).id(compression);
        }

        Chunks ssnd(String samples) throws IOException {
            return ssnd(8 + samples.length() / 2, samples);
        }

        Chunks ssnd(int size, String samples) throws IOException {
            return id("SSND").number(size).number(0).number(0).hex(samples);
        }

        Chunks chunk(String id, String text, boolean padded) throws IOException {
            id(id).number(text.length()).id(text);
            return padded && text.length() % 2 == 1 ? hex("00") : this;
        }

        Chunks id(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Chunks number(int value) throws IOException {
            out.writeInt(value);
            return this;
        }

        Chunks hex(String hex) throws IOException {
            out.write(HexFormat.of().parseHex(hex));
            return this;
        }

        byte[] toArray() {
            return bytes.toByteArray();
        }
    }

    private DecodedAudio decode(Chunks file) throws IOException {
        return AudioReader.decode(Files.write(folder.resolve("any.name"), file.toArray()));
    }

    private float[] read(Chunks file) throws IOException {
        DecodedAudio decoded = decode(file);
        assertThat(decoded.warnings()).isEmpty();
        assertThat(decoded.clip().sampleRate()).isEqualTo(8000);
        assertThat(decoded.channels()).isEqualTo(1);
        return decoded.clip().samples();
    }

    private void assertRefused(Chunks file, String reason) {
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> decode(file))
                .withMessageContaining(reason)
                .withMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, 8, 00 40 c0 80 00",
        "NONE, 12, 0000 4000 c000 8000 0010",
        "NONE, 16, 0000 4000 c000 8000 0001",
        "NONE, 24, 000000 400000 c00000 800000 000001",
        "NONE, 32, 00000000 40000000 c0000000 80000000 00000001",
        "twos, 16, 0000 4000 c000 8000 0001",
        "sowt, 16, 0000 0040 00c0 0080 0100",
        "sowt, 24, 000000 000040 0000c0 000080 010000",
        "raw , 8, 80 c0 40 00 80",
        "in24, 24, 000000 400000 c00000 800000 000001",
        "in32, 32, 00000000 40000000 c0000000 80000000 00000001",
        "42ni, 24, 000000 000040 0000c0 000080 010000",
        "fl32, 32, 00000000 3f000000 bf000000 bf800000 00000000",
        "FL32, 32, 00000000 3f000000 bf000000 bf800000 00000000",
        "fl64, 64, 0000000000000000 3fe0000000000000 bfe0000000000000 bff0000000000000 00"
                + "00000000000000"
    })
    void everyCodingOfAifc(String compression, int bits, String samples) throws IOException {
        String hex = samples.replace(" ", "");
        if (compression.equals("raw")) compression = "raw ";
        Chunks file = Chunks.aiff("AIFC").comm(5, bits, compression).ssnd(hex);
        float least = "NONE twos sowt in24 in32 42ni".contains(compression) ? 1 : 0;
        float step = bits == 8 ? 0 : bits == 12 ? 16 / 32768f : Math.scalb(least, 1 - bits);
        assertThat(read(file)).containsExactly(0, .5f, -.5f, -1, step);
    }

    /// The values of ITU-T G.711 at both ends of its scales; macOS declares the 16 bits of the
    /// original.
    @ParameterizedTest
    @CsvSource({
        "ulaw, 16, ff8000, 0, 0.98034667, -0.98034667",
        "ULAW, 8, ff8000, 0, 0.98034667, -0.98034667",
        "alaw, 16, d5aa2a, 0.00024414062, 0.984375, -0.984375",
        "ALAW, 8, d5aa2a, 0.00024414062, 0.984375, -0.984375"
    })
    void telephoneCodesOfAifc(String code, int bits, String hex, float a, float b, float c)
            throws IOException {
        assertThat(read(Chunks.aiff("AIFC").comm(3, bits, code).ssnd(hex)))
                .containsExactly(a, b, c);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void chunksOfOddLengthAndInAnyOrder(boolean padded) throws IOException {
        Chunks named = Chunks.aiff("AIFF").chunk("NAME", "abc", padded).comm(2, 16, "");
        assertThat(read(named.chunk("ANNO", "x", padded).ssnd("4000c000")))
                .containsExactly(.5f, -.5f);
        Chunks first = Chunks.aiff("AIFF").ssnd("4000c000").chunk("ANNO", "x", padded);
        assertThat(read(first.comm(2, 16, ""))).containsExactly(.5f, -.5f);
        Chunks odd = Chunks.aiff("AIFF").ssnd("40c040" + (padded ? "00" : "")).comm(3, 8, "");
        // The padding is no sample.
        if (!padded) assertThat(read(odd)).containsExactly(.5f, -.5f, .5f);
    }

    @Test
    void offsetOfTheSamples() throws IOException {
        Chunks file = Chunks.aiff("AIFF").comm(1, 16, "");
        file.id("SSND")
                .number(8 + 4 + 2)
                .number(4)
                .number(0)
                .hex("7777 7777 4000".replace(" ", ""));
        assertThat(read(file)).containsExactly(.5f);
        Chunks beyond = Chunks.aiff("AIFF").comm(2, 16, "");
        beyond.id("SSND").number(8 + 4).number(0x7fffffff).number(0).hex("4000c000");
        assertThat(read(beyond)).containsExactly(.5f, -.5f);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 12",
        "0, 0",
        "0, -1",
        "0x7fffffff, 0x7fffffff",
        "0x3f800000, 0x7f000008",
        "0xffffffff, 0x80000000"
    })
    void lengthsOfStreams(String frames, String size) throws IOException {
        Chunks file = Chunks.aiff("AIFF").comm(Long.decode(frames).intValue(), 16, "");
        assertThat(read(file.ssnd(Long.decode(size).intValue(), "4000c000")))
                .containsExactly(.5f, -.5f);
    }

    @Test
    void tellsOfWhatIsMissing() throws IOException {
        DecodedAudio cut = decode(Chunks.aiff("AIFF").comm(9, 16, "").ssnd(26, "4000c000"));
        assertThat(cut.clip().samples()).containsExactly(.5f, -.5f);
        assertThat(cut.warnings())
                .containsExactly("is truncated: its SSND chunk declares 18 bytes and 4 are there");
        DecodedAudio fewer = decode(Chunks.aiff("AIFF").comm(9, 16, "").ssnd("4000c000"));
        assertThat(fewer.warnings())
                .containsExactly("is truncated: it declares 9 samples and 2 are there");
        DecodedAudio more = decode(Chunks.aiff("AIFF").comm(1, 16, "").ssnd("4000c000"));
        assertThat(more.clip().samples()).containsExactly(.5f, -.5f);
        assertThat(more.warnings()).singleElement().asString().contains("were all read");
    }

    @Test
    void errorsNameTheProblem() throws IOException {
        assertRefused(Chunks.aiff("AIFC").comm(1, 16, "ima4").ssnd("00"), "IMA ADPCM");
        assertRefused(Chunks.aiff("AIFC").comm(1, 16, "Fake").ssnd("00"), "as Fake");
        assertRefused(Chunks.aiff("AIFF").comm(1, 0, "").ssnd("00"), "0 bits");
        assertRefused(Chunks.aiff("AIFF").comm(1, 65, "").ssnd("00"), "65 bits");
        assertRefused(Chunks.aiff("AIFF").ssnd("00"), "no COMM chunk");
        assertRefused(Chunks.aiff("AIFF").comm(1, 16, ""), "no SSND chunk");
        assertRefused(Chunks.aiff("AIFF").id("COMM").number(4).number(0), "COMM chunk of 4 bytes");
        assertThat(read(Chunks.aiff("AIFF").comm(0, 16, ""))).isEmpty();
    }

    @Test
    void au() throws IOException {
        Chunks head = new Chunks().id(".snd").number(24).number(4).number(3).number(8000).number(1);
        assertThat(read(head.hex("4000c0007777"))).containsExactly(.5f, -.5f);
        Chunks floats = new Chunks().id(".snd").number(28).number(-1).number(6).number(8000);
        assertThat(read(floats.number(1).number(0).hex("3f000000"))).containsExactly(.5f);
        Chunks adpcm = new Chunks().id(".snd").number(24).number(4).number(23).number(8000);
        assertRefused(adpcm.number(1), "encoding 23");
    }

    /// Written by ffmpeg, some to a pipe: the first 200 samples of the sine.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mono16.w64",
                "streamed.w64",
                "mono24.caf",
                "streamed.caf",
                "mono64f.aifc",
                "streamed.aiff",
                "streamed.au"
            })
    void readsWhatFfmpegWrites(String name) throws IOException {
        DecodedAudio decoded = AudioReader.decode(CompressedTest.resource(name));
        assertThat(decoded.warnings()).isEmpty();
        assertThat(decoded.clip().sampleRate()).isEqualTo(8000);
        assertThat(decoded.clip().samples()).hasSize(200);
        for (int i = 0; i < 200; i++) {
            double sine = Math.rint(16384 * Math.sin(2 * Math.PI * 440 * i / 8000)) / 32768;
            assertThat(decoded.clip().samples()[i]).isEqualTo((float) sine);
        }
    }

    /// Files of a public collection of cases, of which ffmpeg decodes the same 1,601 samples.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sowt.aifc",
                "twos.aifc",
                "fl32.aifc",
                "oddname.aiff",
                "odd_between.aiff",
                "ssnd_first.aiff",
                "frames0.aiff"
            })
    void casesOfAiff(String name) throws IOException {
        Path folder = Path.of(System.getProperty("wavenet4j.data", "shared/data"), "cases");
        Assumptions.assumeTrue(Files.exists(folder), folder + " is not on this machine");
        DecodedAudio decoded = AudioReader.decode(folder.resolve(name));
        assertThat(decoded.warnings()).isEmpty();
        assertThat(decoded.clip().sampleRate()).isEqualTo(16000);
        assertThat(decoded.clip().samples()).hasSize(1601);
        ByteBuffer bytes = ByteBuffer.allocate(2 * 1601).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : decoded.clip().samples()) {
            float integer = sample * 32768;
            assertThat(integer).isEqualTo((short) integer);
            bytes.putShort((short) integer);
        }
        CRC32 crc = new CRC32();
        crc.update(bytes.flip());
        assertThat(crc.getValue()).isEqualTo(0x945a719L);
    }
}
