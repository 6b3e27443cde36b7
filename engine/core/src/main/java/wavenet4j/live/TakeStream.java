package wavenet4j.live;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/// A take for readers of `javax.sound`: 16-bit signed little-endian mono PCM at the model's rate,
/// generated as it is read. Mark and reset are not supported. Closing it closes the take, and so
/// the generator, from any thread; what reads it then comes to its end.
public final class TakeStream extends AudioInputStream {
    private static final int FRAME_BYTES = 2;
    private static final int NONE = -1;

    private final LiveTake take;
    private final float[] samples = new float[LiveTake.CHUNK];
    private final byte[] single = new byte[1];
    private int half = NONE; // the second byte of a sample of which one was asked for

    /// The sound of that take.
    public TakeStream(LiveTake take) {
        super(
                InputStream.nullInputStream(),
                new AudioFormat(take.model().spec().sampleRate(), 16, 1, true, false),
                take.isEndless() ? AudioSystem.NOT_SPECIFIED : take.left());
        this.take = take;
    }

    /// The next byte, or -1 at the end.
    @Override
    public int read() {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes) {
        return read(bytes, 0, bytes.length);
    }

    /// Whole samples, as `javax.sound` has it; but one byte where just one is asked for, the other
    /// of which begins the next read. Allocates nothing.
    ///
    /// @return how many bytes, or -1 at the end
    @Override
    public int read(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) return 0;
        int at = offset;
        int end = offset + length;
        if (half != NONE) {
            bytes[at++] = (byte) half;
            half = NONE;
        } else if (length == 1) {
            int count = take.read(samples, 0, 1);
            if (count < 0) return -1;
            int value = pcm(samples[0]);
            bytes[at++] = (byte) value;
            half = value >> 8 & 0xff;
            framePos++;
        }
        while (end - at >= FRAME_BYTES) {
            int wanted = Math.min((end - at) / FRAME_BYTES, samples.length);
            int count = take.read(samples, 0, wanted);
            if (count < 0) break;
            for (int i = 0; i < count; i++) {
                int value = pcm(samples[i]);
                bytes[at++] = (byte) value;
                bytes[at++] = (byte) (value >> 8);
            }
            framePos += count;
        }
        return at == offset ? -1 : at - offset;
    }

    /// Generates samples and drops them.
    @Override
    public long skip(long bytes) {
        long left = bytes / FRAME_BYTES;
        while (left > 0) {
            int count = take.read(samples, 0, (int) Math.min(left, samples.length));
            if (count < 0) break;
            framePos += count;
            left -= count;
        }
        return (bytes / FRAME_BYTES - left) * FRAME_BYTES;
    }

    /// The bytes until the end: reading waits for nothing but the arithmetic.
    @Override
    public int available() {
        long bytes = Math.min(take.left(), Integer.MAX_VALUE / FRAME_BYTES) * FRAME_BYTES;
        return (int) bytes;
    }

    @Override
    public void close() throws IOException {
        take.close();
        super.close();
    }

    private static int pcm(float sample) {
        return Math.clamp(Math.round(sample * 32768.0), -32768, 32767);
    }
}
