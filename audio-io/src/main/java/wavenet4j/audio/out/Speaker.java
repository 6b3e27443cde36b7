package wavenet4j.audio.out;

import java.io.IOException;
import java.util.Objects;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;

/// Plays mono audio while it is generated. Playback starts once half a second is buffered, so that
/// slow first samples cause no underrun.
public final class Speaker implements AutoCloseable {
    private static final int FRAME_BYTES = 2;

    private final SourceDataLine line;
    private byte[] bytes = new byte[0];
    private boolean started;
    private long underruns;
    private volatile boolean stopped;

    /// Opens the default sound device.
    ///
    /// @throws IOException when there is none, it does not support the rate, or it is in use
    public static Speaker open(int sampleRate) throws IOException {
        try {
            return new Speaker(AudioSystem.getSourceDataLine(format(sampleRate)), sampleRate);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "this machine has no sound output for 16-bit mono at %d Hz"
                            .formatted(sampleRate),
                    e);
        } catch (LineUnavailableException e) {
            throw new IOException(
                    "the sound output of this machine is not available now: " + e.getMessage(), e);
        }
    }

    /// Opens a line, which [#close] closes.
    public Speaker(SourceDataLine line, int sampleRate) throws LineUnavailableException {
        this.line = line;
        line.open(format(sampleRate), FRAME_BYTES * sampleRate);
    }

    private static AudioFormat format(int sampleRate) {
        return new AudioFormat(sampleRate, 8 * FRAME_BYTES, 1, true, false);
    }

    /// Appends `samples[from, to)`; blocks while more than a second is buffered. Does nothing after
    /// [#stop].
    public void play(float[] samples, int from, int to) {
        Objects.checkFromToIndex(from, to, samples.length);
        if (stopped || from == to) return;
        int length = (to - from) * FRAME_BYTES;
        if (bytes.length < length) bytes = new byte[length];
        for (int i = from, at = 0; i < to; i++) {
            short value = Pcm16.of(samples[i]);
            bytes[at++] = (byte) value;
            bytes[at++] = (byte) (value >> 8);
        }
        if (started && line.available() >= line.getBufferSize()) underruns++;
        if (line.available() - length < line.getBufferSize() / 2) start();
        line.write(bytes, 0, length);
    }

    /// How often the device ran out of samples.
    public long underruns() {
        return underruns;
    }

    /// Stops playback at once and for good; may be called from any thread.
    public void stop() {
        stopped = true;
        line.stop();
        line.flush();
    }

    /// Plays the rest of the buffer, unless stopped, and releases the device.
    @Override
    public void close() {
        if (!stopped) {
            start();
            line.drain();
        }
        line.close();
    }

    private void start() {
        if (started) return;
        started = true;
        line.start();
    }
}
