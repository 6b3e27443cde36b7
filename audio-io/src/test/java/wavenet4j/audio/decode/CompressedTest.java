package wavenet4j.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.AudioHeader;
import wavenet4j.audio.Clip;
import wavenet4j.audio.DecodedAudio;
import wavenet4j.audio.testing.TestSounds;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;

/// Formats that Java cannot write, from small files made by their reference encoders; each holds a
/// sine of 440 Hz at half of full scale, those of several channels one of 880 Hz at a quarter in
/// every second channel (see the README beside them).
class CompressedTest {
    @TempDir Path folder;

    static Path resource(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(CompressedTest.class.getResource(name), name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double expected(int i, int channels, int rate, int bits) {
        double first = integer(.5, 440, i, rate, bits);
        return channels == 1 ? first : (first + integer(.25, 880, i, rate, bits)) / 2;
    }

    private static double integer(double amplitude, double hertz, int i, int rate, int bits) {
        double scale = 1L << (bits - 1);
        return Math.rint(amplitude * scale * Math.sin(2 * Math.PI * hertz * i / rate)) / scale;
    }

    @ParameterizedTest
    @CsvSource({
        "mono16.flac, 1, 8000, 16, 2000",
        "stereo24.flac, 2, 16000, 24, 2000",
        "four20.flac, 4, 16000, 20, 1000",
        "mono8.flac, 1, 8000, 8, 1000",
        "mono16.oga, 1, 8000, 16, 2000"
    })
    void flacIsExact(String name, int channels, int rate, int bits, int length) throws IOException {
        AudioHeader header = AudioReader.header(resource(name));
        assertThat(header).isEqualTo(new AudioHeader(rate, (double) length / rate));
        DecodedAudio decoded = AudioReader.decode(resource(name));
        assertThat(decoded.warnings()).isEmpty();
        assertThat(decoded.channels()).isEqualTo(channels);
        assertThat(decoded.clip().sampleRate()).isEqualTo(rate);
        assertThat(decoded.clip().samples()).hasSize(length);
        for (int i = 0; i < length; i++) {
            assertThat((double) decoded.clip().samples()[i])
                    .isCloseTo(expected(i, channels, rate, bits), within(1e-7));
        }
    }

    /// LAME lowers mono by 5 %; both encoders' delays are cut, so that every sample is in place.
    @ParameterizedTest
    @CsvSource({
        "mono.mp3, 1, 22050, .95, 11025",
        "stereo-vbr.mp3, 2, 44100, 1, 22050",
        "mono.ogg, 1, 22050, 1, 11025",
        "stereo.ogg, 2, 44100, 1, 22050",
        "mono.opus, 1, 48000, 1, 24000",
        "stereo.opus, 2, 48000, 1, 24000",
        "mono.m4a, 1, 44100, 1, 22050",
        "stereo.m4a, 2, 44100, 1, 22050"
    })
    void lossyFormatsKeepLevelAndPosition(
            String name, int channels, int rate, double gain, int length) throws IOException {
        AudioHeader header = AudioReader.header(resource(name));
        assertThat(header.sampleRate()).isEqualTo(rate);
        assertThat(header.seconds()).as("with the delays").isCloseTo(0.5, within(0.08));
        DecodedAudio decoded = AudioReader.decode(resource(name));
        assertThat(decoded.warnings()).isEmpty();
        assertThat(decoded.channels()).isEqualTo(channels);
        Clip clip = decoded.clip();
        assertThat(clip.sampleRate()).isEqualTo(rate);
        assertThat(clip.samples()).hasSize(length);
        double squares = 0;
        int edge = rate / 20;
        for (int i = edge; i < length - edge; i++) {
            squares += Math.pow(clip.samples()[i] - gain * expected(i, channels, rate, 16), 2);
        }
        double noise = Math.sqrt(squares / (length - 2 * edge));
        // One sample out of place would be 40 times as much at 22,050 Hz.
        assertThat(20 * Math.log10(noise / TestSounds.rms(clip, edge, length - edge)))
                .isLessThan(name.endsWith("m4a") ? -31 : -37);
    }

    /// Opus for speech is a codec of its own, in integers; the checksum is that of libopus'
    /// samples.
    @Test
    void opusOfSpeechIsExact() throws IOException {
        Clip clip = AudioReader.read(resource("speech.opus"));
        assertThat(clip.sampleRate()).isEqualTo(48000);
        ByteBuffer integers = ByteBuffer.allocate(2 * 48000).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : clip.samples()) integers.putShort((short) (sample * 32768));
        CRC32 crc = new CRC32();
        crc.update(integers.flip());
        assertThat(crc.getValue()).isEqualTo(0xe3688110L);
    }

    /// A stream of frames does not tell what the encoder, of 1024 samples' delay, put in front.
    @Test
    void aacOfAStreamKeepsItsDelay() throws IOException {
        DecodedAudio decoded = AudioReader.decode(resource("stereo.aac"));
        assertThat(decoded.warnings()).isEmpty();
        assertThat(decoded.channels()).isEqualTo(2);
        float[] cut = AudioReader.read(resource("stereo.m4a")).samples();
        assertThat(decoded.clip().samples()).hasSize(23 * 1024);
        float[] same = Arrays.copyOfRange(decoded.clip().samples(), 1024, 1024 + cut.length);
        assertThat(Arrays.mismatch(same, cut)).isEqualTo(-1);
    }

    @Test
    void namesOtherCodecsOfMp4() {
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> AudioReader.read(resource("alac.m4a")))
                .withMessageContaining("alac.m4a: is an MP4 file of Apple Lossless");
    }

    @Test
    void mp3WithoutInfoFrameKeepsItsDelay() throws IOException {
        DecodedAudio decoded = AudioReader.decode(resource("untagged.mp3"));
        assertThat(decoded.warnings()).isEmpty();
        assertThat(decoded.clip().samples()).hasSize(22 * 576);
        assertThat(TestSounds.rms(decoded.clip(), 3000, 9000))
                .isCloseTo(.475 / Math.sqrt(2), within(.01));
    }

    @Test
    void mp3AfterOtherBytesAndTags() throws IOException {
        byte[] frames = Files.readAllBytes(resource("mono.mp3"));
        byte[] tag = ascii("ID3\4\0\0\0\0\0\5hello");
        byte[] trailer = ascii("TAG");
        byte[] junk = new byte[1000];
        byte[] all = join(tag, tag, junk, frames, Arrays.copyOf(trailer, 128));
        Path file = Files.write(folder.resolve("any.name"), all);
        assertThat(AudioReader.decode(file).clip().samples()).hasSize(11025);
        assertThat(AudioReader.decode(file).warnings()).isEmpty();
    }

    @Test
    void flacAfterATag() throws IOException {
        byte[] tag = ascii("ID3\4\0\0\0\0\0\5hello");
        byte[] flac = Files.readAllBytes(resource("mono16.flac"));
        Path file = Files.write(folder.resolve("tagged.flac"), join(tag, flac));
        assertThat(AudioReader.read(file).samples())
                .isEqualTo(AudioReader.read(resource("mono16.flac")).samples());
    }

    @Test
    void readsChainedVorbis() throws IOException {
        byte[] link = Files.readAllBytes(resource("mono.ogg"));
        Path file = Files.write(folder.resolve("chain.ogg"), join(link, link));
        float[] once = AudioReader.read(resource("mono.ogg")).samples();
        DecodedAudio twice = AudioReader.decode(file);
        assertThat(twice.warnings()).isEmpty();
        assertThat(twice.clip().samples()).hasSize(2 * once.length);
        assertThat(Arrays.copyOfRange(twice.clip().samples(), once.length, 2 * once.length))
                .isEqualTo(once);
    }

    @Test
    void warnsOfARateChangeInChainedVorbis() throws IOException {
        byte[] first = Files.readAllBytes(resource("mono.ogg"));
        byte[] second = Files.readAllBytes(resource("stereo.ogg"));
        Path file = Files.write(folder.resolve("chain.ogg"), join(first, second));
        DecodedAudio decoded = AudioReader.decode(file);
        assertThat(decoded.clip().samples()).hasSize(11025);
        assertThat(decoded.warnings()).singleElement().asString().contains("44100 Hz after 22050");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mono16.flac",
                "mono16.oga",
                "stereo-vbr.mp3",
                "stereo.ogg",
                "stereo.opus",
                "stereo.aac"
            })
    void truncatedFilesGiveThePresentSamples(String name) throws IOException {
        byte[] whole = Files.readAllBytes(resource(name));
        Path file = folder.resolve(name);
        Files.write(file, Arrays.copyOf(whole, whole.length * 9 / 10));
        DecodedAudio decoded = AudioReader.decode(file);
        assertThat(decoded.warnings()).isNotEmpty().allMatch(warning -> !warning.contains("\n"));
        float[] all = AudioReader.read(resource(name)).samples();
        assertThat(decoded.clip().samples()).hasSizeLessThan(all.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[]... parts) {
        byte[] all = new byte[0];
        for (byte[] part : parts) {
            int at = all.length;
            all = Arrays.copyOf(all, at + part.length);
            System.arraycopy(part, 0, all, at, part.length);
        }
        return all;
    }
}
