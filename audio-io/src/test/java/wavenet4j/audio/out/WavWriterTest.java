package wavenet4j.audio.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.audio.Clip;
import wavenet4j.audio.DecodedAudio;
import wavenet4j.audio.Provenance;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.audio.testing.TestSounds;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.sound.sampled.AudioSystem;

class WavWriterTest {
    @TempDir Path folder;

    @Test
    void readsBackExactly() throws Exception {
        float[] samples = new float[65536];
        for (int i = 0; i < samples.length; i++) samples[i] = (i - 32768) / 32768f;
        Path file = folder.resolve("all.wav");
        try (WavWriter writer = WavWriter.to(file, 16000)) {
            writer.write(samples, 0, 1);
            writer.write(samples, 1, 40_000);
            writer.write(samples, 40_000, samples.length);
            assertThat(writer.samplesWritten()).isEqualTo(65536);
            assertThat(writer.clipped()).isZero();
        }
        assertThat(AudioReader.decode(file).warnings()).isEmpty();
        assertThat(AudioReader.read(file).samples()).isEqualTo(samples);
        assertThat(AudioReader.read(file).sampleRate()).isEqualTo(16000);
        try (var stream = AudioSystem.getAudioInputStream(file.toFile())) {
            assertThat(stream.getFrameLength()).isEqualTo(65536);
            assertThat(stream.getFormat().getSampleRate()).isEqualTo(16000);
            assertThat(stream.getFormat().getSampleSizeInBits()).isEqualTo(16);
        }
    }

    @Test
    void savesAtomically() throws Exception {
        Path file = folder.resolve("saved.wav");
        Files.writeString(file, "what stood there");
        Clip clip = TestSounds.noise(.5, 1, 8000, 1);
        WavWriter.save(clip, file);
        assertThat(AudioReader.read(file).samples())
                .hasSize(8000)
                .containsExactly(clip.samples(), within(1 / 65000f));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    static List<Provenance> provenances() {
        return List.of(Provenance.NONE, new Provenance("WaveNet4J 1", "--seed 1 --label B\u00e4r"));
    }

    /// Byte for byte, as RIFF lays out a LIST of kind INFO.
    @Test
    void tellsWhatMadeTheSound() throws Exception {
        Path file = folder.resolve("told.wav");
        var provenance = new Provenance("Net 1", "Fl\u00f6te");
        WavWriter.save(new Clip(new float[] {.5f, -.5f}, 8000), file, provenance);
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text.substring(36))
                .isEqualTo(
                        "LIST\42\0\0\0INFO"
                                + "ISFT\6\0\0\0Net 1\0"
                                + "ICMT\7\0\0\0Fl\u00c3\u00b6te\0\0"
                                + "data\4\0\0\0\0@\0\u00c0");
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4))
                .isEqualTo(bytes.length - 8);
        assertThat(AudioReader.read(file).samples()).containsExactly(.5f, -.5f);
    }

    @Test
    void boundsWhatItTells() throws Exception {
        Path file = folder.resolve("long.wav");
        var provenance = new Provenance("", "x" + "\u00e4".repeat(1_000_000) + "\0");
        try (var writer = WavWriter.to(Files.newOutputStream(file), 8000, provenance)) {
            writer.write(new float[] {.5f}, 0, 1);
        }
        assertThat(Files.size(file)).isLessThan(5000);
        DecodedAudio decoded = AudioReader.decode(file);
        assertThat(decoded.warnings()).isEmpty();
        assertThat(decoded.clip().samples()).containsExactly(.5f);
        try (var stream = AudioSystem.getAudioInputStream(file.toFile())) {
            assertThat(stream.readAllBytes()).containsExactly(0, 0x40);
        }
    }

    /// The file after each write is what a killed program would leave.
    @ParameterizedTest
    @MethodSource("provenances")
    void isValidAfterEveryWrite(Provenance provenance) throws Exception {
        Path file = folder.resolve("take.wav");
        Path left = folder.resolve("left.wav");
        float[] samples = TestSounds.noise(.9, 10, 8000, 1).samples();
        try (WavWriter writer = WavWriter.to(file, 8000, provenance)) {
            for (int from = 0; from < samples.length; from += 3000) {
                Files.deleteIfExists(left);
                Files.copy(file, left);
                DecodedAudio decoded = AudioReader.decode(left);
                assertThat(decoded.warnings()).isEmpty();
                // At most a second is not yet there, and all that is there is right.
                int there = decoded.clip().samples().length;
                assertThat(there).isBetween(from - 8000, from);
                for (int i = 0; i < there; i++) {
                    assertThat(Math.abs(decoded.clip().samples()[i] - samples[i]))
                            .isLessThan(1 / 65000f);
                }
                try (var stream = AudioSystem.getAudioInputStream(left.toFile())) {
                    assertThat(stream.getFrameLength()).isEqualTo(there);
                    assertThat(stream.readAllBytes()).hasSize(2 * there);
                }
                writer.write(samples, from, Math.min(samples.length, from + 3000));
            }
        }
        assertThat(AudioReader.read(file).samples()).hasSameSizeAs(samples);
    }

    /// Samples after the length in the header, as a program killed between the two writes leaves
    /// them.
    @Test
    void ignoresSamplesNotYetCounted() throws Exception {
        Path file = folder.resolve("torn.wav");
        try (WavWriter writer = WavWriter.to(file, 8000)) {
            writer.write(TestSounds.sine(440, .5, 1, 8000).samples(), 0, 8000);
        }
        ByteBuffer torn = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        torn.putInt(4, 36 + 8000).putInt(40, 8000);
        Files.write(file, torn.array());
        assertThat(AudioReader.read(file).samples()).hasSize(4000);
    }

    @Test
    void streamsWithoutALength() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        float[] samples = TestSounds.sine(440, .5, .1, 8000).samples();
        WavWriter writer = WavWriter.to(out, 8000);
        assertThat(out.size()).isEqualTo(44);
        writer.write(samples, 0, 500);
        assertThat(out.size()).isEqualTo(44 + 1000);
        writer.write(samples, 500, 800);
        writer.close();
        ByteBuffer header = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(header.getInt(4)).isEqualTo(-1);
        assertThat(header.getInt(40)).isEqualTo(-1);
        Path file = folder.resolve("piped.wav");
        Files.write(file, out.toByteArray());
        DecodedAudio decoded = AudioReader.decode(file);
        assertThat(decoded.warnings()).isEmpty();
        assertThat(decoded.clip().samples()).hasSize(800);
        try (var stream =
                AudioSystem.getAudioInputStream(
                        new BufferedInputStream(Files.newInputStream(file)))) {
            assertThat(stream.readAllBytes()).hasSize(1600);
        }
    }

    @Test
    void countsClippedSamples() throws Exception {
        Path file = folder.resolve("loud.wav");
        float[] samples = {1, -1, 1.01f, -3, Float.NaN, Float.POSITIVE_INFINITY, .25f};
        try (WavWriter writer = WavWriter.to(file, 8000)) {
            writer.write(samples, 0, samples.length);
            assertThat(writer.clipped()).isEqualTo(4);
        }
        float top = 32767 / 32768f;
        assertThat(AudioReader.read(file).samples())
                .containsExactly(top, -1, top, -1, 0, top, .25f);
    }

    @Test
    void replacesALongerFile() throws Exception {
        Path file = folder.resolve("again.wav");
        Files.write(file, new byte[100_000]);
        WavWriter.to(file, 8000).close();
        assertThat(Files.size(file)).isEqualTo(44);
        assertThat(AudioReader.read(file).samples()).isEmpty();
    }
}
