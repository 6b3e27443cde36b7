package wavenet4j.audio.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import wavenet4j.audio.testing.FakeLine;

import java.util.Arrays;

import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;

final class SpeakerTest {
    private static final int RATE = 1000;

    private final FakeLine fake = new FakeLine();
    private final Speaker speaker;

    SpeakerTest() throws LineUnavailableException {
        speaker = new Speaker(fake.line(), RATE);
    }

    @Test
    void playsSixteenBitMono() {
        speaker.play(new float[] {9, 0, 0.5f, -1, 1, Float.NaN, 9}, 1, 6);
        assertThat(fake.sound()).containsExactly(0, 0, 0, 0x40, 0, 0x80, 0xff, 0x7f, 0, 0);
        assertThat(fake.format().toString())
                .contains("PCM_SIGNED", "1000.0 Hz", "16 bit", "mono", "little-endian");
    }

    @Test
    void startsWithHalfASecondBuffered() {
        var chunk = new float[100];
        for (int i = 0; i < 5; i++) speaker.play(chunk, 0, 100);
        assertThat(fake.calls()).containsExactly("open");
        speaker.play(chunk, 0, 100);
        assertThat(fake.calls()).containsExactly("open", "start");
        speaker.close();
        assertThat(fake.calls()).containsExactly("open", "start", "drain", "close");
    }

    @Test
    void playsShortClipsAndStartsOnLongChunks() throws LineUnavailableException {
        speaker.play(new float[3], 0, 3);
        speaker.close();
        assertThat(fake.calls()).containsExactly("open", "start", "drain", "close");
        var other = new FakeLine();
        new Speaker(other.line(), RATE).play(new float[5 * RATE], 0, 5 * RATE);
        assertThat(other.calls()).containsExactly("open", "start");
    }

    @Test
    void countsUnderruns() {
        var chunk = new float[400];
        for (int i = 0; i < 4; i++) speaker.play(chunk, 0, 400);
        assertThat(speaker.underruns()).isZero();
        for (int i = 0; i < 3; i++) {
            fake.playOut();
            speaker.play(chunk, 0, 400);
            speaker.play(chunk, 0, 400);
        }
        assertThat(speaker.underruns()).isEqualTo(3);
    }

    @Test
    void stopsAtOnceAndForGood() {
        var chunk = new float[800];
        Arrays.fill(chunk, 0.5f);
        speaker.play(chunk, 0, 800);
        speaker.stop();
        speaker.play(chunk, 0, 800);
        speaker.close();
        assertThat(fake.calls()).containsExactly("open", "start", "stop", "flush", "close");
        assertThat(fake.sound()).hasSize(1600);
    }

    @Test
    void reportsAMissingSoundDevice() {
        var format = fake.format();
        Assumptions.assumeFalse(
                AudioSystem.getMixerInfo().length > 0
                        && AudioSystem.isLineSupported(
                                new DataLine.Info(SourceDataLine.class, format)),
                "this machine has a sound output");
        assertThatIOException()
                .isThrownBy(() -> Speaker.open(16_000))
                .withMessage("this machine has no sound output for 16-bit mono at 16000 Hz");
    }
}
