package wavenet4j.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A WAV file.
final class WavRecording implements Recording {
    private static final int BLOCK_BYTES = 1 << 16;

    /// A float beyond the largest integer scale is no sample but damage.
    private static final double LARGEST_FLOAT = 0x1p31;

    private final Path file;
    private final FileChannel channel;
    private final WavHeader header;
    private final WavFormat format;
    private long damaged;

    WavRecording(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        header = WavHeader.read(file, channel);
        format = header.format();
    }

    @Override
    public int sampleRate() {
        return format.sampleRate();
    }

    @Override
    public Decoded decode() throws IOException {
        List<String> warnings = new ArrayList<>();
        if (header.warning() != null) warnings.add(header.warning());
        float[] samples = readSamples();
        if (damaged > 0) {
            warnings.add(
                    "has %d values that are not finite or beyond any scale, read as silence"
                            .formatted(damaged));
        }
        Levels.fit(samples).ifPresent(warnings::add);
        return new Decoded(new Clip(samples, format.sampleRate()), format.channels(), warnings);
    }

    private float[] readSamples() throws IOException {
        int frameBytes = format.channels() * format.bytes();
        long frames = header.dataBytes() / frameBytes;
        if (frames > Integer.MAX_VALUE - 8) {
            throw new AudioException(
                    file, "has %d frames, too many for one clip; split it".formatted(frames));
        }
        float[] samples = new float[(int) frames];
        int blockFrames = Math.max(1, BLOCK_BYTES / frameBytes);
        ByteBuffer block =
                ByteBuffer.allocate((int) Math.min(frames, blockFrames) * frameBytes)
                        .order(format.order());
        int read = 0;
        while (read < samples.length) {
            int count = Math.min(blockFrames, samples.length - read);
            block.clear().limit(count * frameBytes);
            long at = header.dataStart() + (long) read * frameBytes;
            while (block.hasRemaining()) {
                if (channel.read(block, at + block.position()) < 0) {
                    throw new AudioException(file, "became shorter while it was read; try again");
                }
            }
            block.flip();
            for (int i = 0; i < count; i++) samples[read++] = nextFrame(block);
        }
        return samples;
    }

    private float nextFrame(ByteBuffer block) {
        double sum = 0;
        for (int i = 0; i < format.channels(); i++) sum += nextValue(block);
        return (float) (sum / format.channels());
    }

    private double nextValue(ByteBuffer block) {
        return switch (format.coding()) {
            case INTEGER -> nextInteger(block, format.bytes());
            case INTEGER_24_LOW -> nextLow24(block);
            case FLOAT -> checked(format.bytes() == 4 ? block.getFloat() : block.getDouble());
            case MU_LAW -> G711.muLaw(block.get());
            case A_LAW -> G711.aLaw(block.get());
        };
    }

    /// Shifts the value to the top of 64 bits, so that every width has the same full scale.
    private static double nextInteger(ByteBuffer block, int bytes) {
        long value = 0;
        if (bytes == 1) {
            value = (long) (block.get() ^ 0x80) << 56;
        } else if (block.order() == ByteOrder.BIG_ENDIAN) {
            for (int i = 0; i < bytes; i++) value |= (block.get() & 0xffL) << (56 - 8 * i);
        } else {
            for (int i = 0; i < bytes; i++) value = value >>> 8 | (block.get() & 0xffL) << 56;
        }
        return value * 0x1p-63;
    }

    private static double nextLow24(ByteBuffer block) {
        return (block.getInt() << 8) * 0x1p-31;
    }

    private double checked(double value) {
        if (Math.abs(value) <= LARGEST_FLOAT) return value; // false for what is not a number
        damaged++;
        return 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
