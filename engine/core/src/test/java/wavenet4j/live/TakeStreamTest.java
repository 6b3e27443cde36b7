package wavenet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import org.junit.jupiter.api.Test;

import wavenet4j.testing.Allocation;
import wavenet4j.testing.RampNetwork;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

final class TakeStreamTest {
    private static final int SAMPLES = 1000;

    private final RampNetwork ramp = new RampNetwork();
    private final TakeStream stream = new TakeStream(new LiveTake(ramp.generator(), SAMPLES));

    /// Little-endian, by hand.
    private static byte[] expected(int samples) {
        float[] amplitudes = RampNetwork.expected(0, samples, 1);
        var bytes = new byte[2 * samples];
        for (int i = 0; i < samples; i++) {
            long value = Math.min(32767, Math.round(amplitudes[i] * 32768.0));
            bytes[2 * i] = (byte) value;
            bytes[2 * i + 1] = (byte) (value >> 8);
        }
        return bytes;
    }

    @Test
    void isSixteenBitMono() {
        assertThat(stream.getFormat().toString())
                .isEqualTo(new AudioFormat(RampNetwork.RATE, 16, 1, true, false).toString());
        assertThat(stream.getFrameLength()).isEqualTo(SAMPLES);
        assertThat(new TakeStream(LiveTake.endless(ramp.generator())).getFrameLength())
                .isEqualTo(AudioSystem.NOT_SPECIFIED);
    }

    @Test
    void allOfItIsTheTake() throws IOException {
        assertThat(stream.available()).isEqualTo(2 * SAMPLES);
        assertThat(stream.readAllBytes()).isEqualTo(expected(SAMPLES));
        assertThat(stream.available()).isZero();
        assertThat(stream.read()).isEqualTo(-1);
        assertThat(stream.read(new byte[4])).isEqualTo(-1);
        assertThat(stream.skip(4)).isZero();
    }

    /// Any mixture of single bytes, odd counts and skips gives the bytes in their order.
    @Test
    void oddCountsLoseNoByte() throws IOException {
        byte[] expected = expected(SAMPLES);
        for (int seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var odd = new TakeStream(new LiveTake(new RampNetwork().generator(), SAMPLES));
            int at = 0;
            while (at < expected.length) {
                int length = 1 + random.nextInt(9);
                if (random.nextInt(4) == 0) {
                    assertThat(odd.read()).isEqualTo(expected[at++] & 0xff);
                    continue;
                }
                var bytes = new byte[length + 4];
                int count = odd.read(bytes, 2, length);
                assertThat(count).isBetween(1, length);
                if (length > 1 && at % 2 == 0) assertThat(count % 2).isZero();
                assertThat(Arrays.copyOfRange(bytes, 2, 2 + count))
                        .isEqualTo(Arrays.copyOfRange(expected, at, at + count));
                assertThat(bytes[2 + count]).isZero();
                at += count;
            }
            assertThat(odd.read()).isEqualTo(-1);
        }
        assertThat(
                        new TakeStream(new LiveTake(new RampNetwork().generator(), SAMPLES))
                                .readNBytes(777))
                .isEqualTo(Arrays.copyOf(expected, 777));
    }

    @Test
    void skippedSamplesAreGenerated() throws IOException {
        assertThat(stream.skip(601)).isEqualTo(600);
        assertThat(stream.readAllBytes())
                .isEqualTo(Arrays.copyOfRange(expected(SAMPLES), 600, 2 * SAMPLES));
        assertThat(stream.skip(2)).isZero();
    }

    @Test
    void javaSoundTakesIt() throws IOException {
        var wav = new ByteArrayOutputStream();
        AudioSystem.write(stream, AudioFileFormat.Type.WAVE, wav);
        byte[] bytes = wav.toByteArray();
        assertThat(Arrays.copyOfRange(bytes, bytes.length - 2 * SAMPLES, bytes.length))
                .isEqualTo(expected(SAMPLES));
    }

    @Test
    void javaSoundConvertsIt() throws IOException {
        var wider = new AudioFormat(RampNetwork.RATE, 24, 1, true, true);
        AudioInputStream converted = AudioSystem.getAudioInputStream(wider, stream);
        byte[] bytes = converted.readAllBytes();
        assertThat(bytes).hasSize(3 * SAMPLES);
        byte[] expected = expected(SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            assertThat(bytes[3 * i]).isEqualTo(expected[2 * i + 1]);
            assertThat(bytes[3 * i + 1]).isEqualTo(expected[2 * i]);
        }
    }

    @Test
    void markAndResetAreNotSupported() {
        assertThat(stream.markSupported()).isFalse();
        stream.mark(100);
        assertThatIOException().isThrownBy(stream::reset);
    }

    @Test
    void closingClosesTheGenerator() throws IOException {
        assertThat(stream.read(new byte[10])).isEqualTo(10);
        stream.close();
        assertThat(ramp.isClosed()).isTrue();
        assertThat(stream.read(new byte[10])).isEqualTo(-1);
        assertThat(stream.available()).isZero();
    }

    @Test
    void fullScaleFitsSixteenBits() throws IOException {
        // Level 255, at +1, comes with sample 255; 0, at -1, next.
        stream.skip(2 * 255);
        assertThat(stream.readNBytes(4)).containsExactly(0xff, 0x7f, 0x00, 0x80);
    }

    @Test
    void readingAllocatesNothing() {
        var endless = new TakeStream(LiveTake.endless(ramp.generator()));
        var bytes = new byte[1023];
        assertThat(
                        Allocation.of(() -> {
                            endless.read(bytes);
                            endless.read(bytes, 0, 1);
                            endless.read();
                            endless.skip(100);
                            endless.available();
                        }))
                .isZero();
    }
}
